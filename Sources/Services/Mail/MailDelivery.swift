import EnergyCore
import Logging
import Store
import Synchronization

/// Empties the outbox, one mail after the other, on a thread of its own.
final class MailDelivery: Sendable {
    /// After so many failures a mail is left in the outbox for people to see.
    private static let mostAttempts = 5

    private let context: ServiceContext
    private let isRunning = Mutex(false)

    init(context: ServiceContext) {
        self.context = context
    }

    func start() {
        guard context.settings.mail.transport != .outboxOnly, !context.settings.readOnly else { return }
        let isFirst = isRunning.withLock { running in
            defer { running = true }
            return !running
        }
        guard isFirst else { return }
        OwnThread.start {
            self.deliver()
            self.isRunning.withLock { $0 = false }
        }
    }

    /// Tries every waiting mail once.
    func deliver() {
        do {
            let waiting = try context.store.read {
                try $0.unsentMails(triedLessThan: Self.mostAttempts, limit: 100)
            }
            for mail in waiting { try send(mail) }
        } catch {
            context.logger.warning("The outbox is out of reach", metadata: ["error": "\(error)"])
        }
    }

    private func send(_ mail: OutgoingMail) throws {
        let message = MailMessage(mail, settings: context.settings.mail, now: context.clock.now)
        var failure: String?
        do {
            switch context.settings.mail.transport {
            case .outboxOnly: return
            case .command(let words): try MailCommand.run(words, message.text)
            case .smtp(let host, let port, let username, let password):
                try SMTPClient.send(
                    message, to: host, port: port, credentials: username.map { ($0, password ?? "") })
            }
        } catch {
            failure = "\(error)"
            context.logger.warning("A mail could not be sent", metadata: ["mail": "\(mail.id)", "error": "\(error)"])
        }
        try context.write { try $0.noteDelivery(of: mail.id, at: context.clock.now, error: failure) }
    }
}
