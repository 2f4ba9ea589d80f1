import EnergyCore
import Store

/// Outgoing mail: every mail is a row of the outbox first, and leaves it if a transport is configured.
package struct MailService: Sendable {
    let context: ServiceContext
    let delivery: MailDelivery

    init(context: ServiceContext) {
        self.context = context
        delivery = MailDelivery(context: context)
    }

    /// The latest mails, newest first. For admins and the host.
    package func outbox(limit: Int, as caller: Caller) throws -> [OutgoingMail] {
        guard caller.readsEverything else { throw AccessError.forbidden }
        return try context.store.read { try $0.mails(limit: limit) }
    }

    /// Tries to send what waits, on a thread of its own.
    package func deliverSoon() {
        delivery.start()
    }

    /// The two mails of a password reset, in the transaction of the reset.
    func postReset(of user: User, link: String, in transaction: WriteTransaction) throws {
        let platform = context.settings.platformName
        let now = context.clock.now
        let address = "\(context.settings.publicURL)/reset/\(link)"
        try transaction.insert(
            OutgoingMail(
                recipient: user.email, subject: "Your \(platform) password has been reset.",
                text: """
                    Hello \(user.username),

                    the password of your \(platform) account has been reset. You get a second mail with a link to
                    choose a new one.
                    """, createdAt: now))
        try transaction.insert(
            OutgoingMail(
                recipient: user.email, subject: "Password reset instructions for your \(platform) account.",
                text: """
                    Hello \(user.username),

                    choose a new password here, within one day:

                    \(address)
                    """, createdAt: now))
    }
}
