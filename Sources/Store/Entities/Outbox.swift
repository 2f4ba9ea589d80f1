import EnergyCore
import GRDB

/// A mail that was sent, or waits for it.
package struct OutgoingMail: Hashable, Sendable {
    package var id: Int
    package var recipient: String
    package var subject: String
    package var text: String
    package var createdAt: Instant
    package var sentAt: Instant?
    package var attempts: Int
    /// Why the last try failed.
    package var error: String?

    package init(recipient: String, subject: String, text: String, createdAt: Instant) {
        id = 0
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.createdAt = createdAt
        attempts = 0
    }
}

extension ReadTransaction {
    /// The latest mails, newest first.
    package func mails(limit: Int) throws -> [OutgoingMail] {
        try mails(where: "", order: "id DESC", limit: limit)
    }

    /// Mails that were not sent yet and were tried less often than that, oldest first.
    package func unsentMails(triedLessThan attempts: Int, limit: Int) throws -> [OutgoingMail] {
        try mails(where: "WHERE sent_at IS NULL AND attempts < \(attempts)", order: "id", limit: limit)
    }

    private func mails(where condition: String, order: String, limit: Int) throws -> [OutgoingMail] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, recipient, subject, text, created_at, sent_at, attempts, error
                FROM outgoing_mail \(condition) ORDER BY \(order) LIMIT ?
                """, arguments: [limit])
        return rows.map { row in
            var mail = OutgoingMail(
                recipient: row[1], subject: row[2], text: row[3], createdAt: Instant(microseconds: row[4]))
            mail.id = row[0]
            mail.sentAt = Instant(column: row[5])
            mail.attempts = row[6]
            mail.error = row[7]
            return mail
        }
    }
}

extension WriteTransaction {
    /// Puts a mail into the outbox. Returns its id.
    @discardableResult
    package func insert(_ mail: OutgoingMail) throws -> Int {
        try database.execute(
            sql: "INSERT INTO outgoing_mail (recipient, subject, text, created_at) VALUES (?, ?, ?, ?)",
            arguments: [mail.recipient, mail.subject, mail.text, mail.createdAt.microseconds])
        note(.settings)
        return Int(database.lastInsertedRowID)
    }

    /// Notes one try to send a mail; without an error it counts as sent.
    package func noteDelivery(of mail: Int, at moment: Instant, error: String?) throws {
        try database.execute(
            sql: "UPDATE outgoing_mail SET attempts = attempts + 1, error = ?, sent_at = ? WHERE id = ?",
            arguments: [error, error == nil ? moment.microseconds : nil, mail])
        note(.settings)
    }
}
