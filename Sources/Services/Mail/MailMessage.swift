import EnergyCore
import FoundationEssentials
import Store

/// A mail as it travels.
struct MailMessage {
    let sender: String
    let recipient: String
    /// Header and body, lines ending in CR LF.
    let text: String

    init(_ mail: OutgoingMail, settings: ServiceSettings.Mail, now: Instant) {
        sender = settings.senderAddress
        recipient = mail.recipient
        let host = settings.senderAddress.split(separator: "@").last ?? "localhost"
        let header = [
            "From: \(Self.encoded(settings.senderName)) <\(settings.senderAddress)>",
            "To: <\(Self.oneLine(mail.recipient))>",
            "Subject: \(Self.encoded(mail.subject))",
            "Date: \(now.httpText.replacing("GMT", with: "+0000"))",
            "Message-ID: <\(RandomText.hexDigits(32))@\(host)>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
        ]
        text = (header + ["", Self.body(mail.text)]).joined(separator: "\r\n") + "\r\n"
    }

    /// Header values must not start lines of their own.
    private static func oneLine(_ text: String) -> String {
        String(text.filter { !$0.isNewline && $0 != "\0" })
    }

    private static func encoded(_ text: String) -> String {
        let text = oneLine(text)
        if text.allSatisfy(\.isASCII) { return text }
        return "=?utf-8?B?\(Data(text.utf8).base64EncodedString())?="
    }

    private static func body(_ text: String) -> String {
        Data(text.utf8).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
    }
}

/// Why a mail could not be sent.
struct MailError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
