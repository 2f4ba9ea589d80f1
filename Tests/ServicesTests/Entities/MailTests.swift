import EnergyCore
import Foundation
import Logging
import Store
import Synchronization
import TestSupport
import Testing

@testable import Services

@Suite("Mail")
struct MailTests {
    private func post(_ house: TestHouse, subject: String = "Grüße") throws {
        try house.store.write {
            _ = try $0.insert(
                OutgoingMail(
                    recipient: "ann@example.com", subject: subject, text: "Hello\n.\nend", createdAt: house.clock.now))
        }
    }

    @Test("a command gets the whole message, and the outbox knows that it went")
    func command() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/mail"
        let house = try TestHouse { $0.mail.transport = .command(["/bin/sh", "-c", "cat > \(file)"]) }
        try post(house)
        house.services.mails.delivery.deliver()
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("To: <ann@example.com>\nSubject: =?utf-8?B?R3LDvMOfZQ==?=\n"))
        let body = try #require(text.split(separator: "\n").last.flatMap { Data(base64Encoded: String($0)) })
        #expect(String(decoding: body, as: UTF8.self) == "Hello\n.\nend")
        let mail = try #require(try house.services.mails.outbox(limit: 1, as: .host).first)
        #expect(mail.sentAt == house.clock.now)
    }

    @Test("a failure is kept with the mail, which is tried five times")
    func failure() throws {
        let house = try TestHouse { $0.mail.transport = .command(["/bin/false"]) }
        try post(house)
        for _ in 0..<7 { house.services.mails.delivery.deliver() }
        let mail = try #require(try house.services.mails.outbox(limit: 1, as: .host).first)
        #expect(mail.sentAt == nil)
        #expect(mail.attempts == 5)
        #expect(mail.error?.hasPrefix("the mail command failed") == true)
    }

    @Test("a relay gets sender, recipient and message", .timeLimit(.minutes(1)))
    func smtp() throws {
        let relay = try FakeRelay()
        let house = try TestHouse {
            $0.mail.transport = .smtp(host: "127.0.0.1", port: relay.port, username: "u", password: "p")
        }
        try post(house, subject: "Plain")
        house.services.mails.delivery.deliver()
        let lines = relay.lines()
        #expect(
            Array(lines.prefix(5)) == [
                "EHLO localhost", "AUTH PLAIN AHUAcA==", "MAIL FROM:<no-reply@example.com>",
                "RCPT TO:<ann@example.com>", "DATA",
            ])
        #expect(lines.contains("Subject: Plain"))
        #expect(lines.suffix(2) == [".", "QUIT"])
        #expect(try house.services.mails.outbox(limit: 1, as: .host).first?.sentAt != nil)
    }
}

/// A mail server that takes one mail, on a thread of its own, and remembers what it was told.
private final class FakeRelay: Sendable {
    let port: Int
    private let heard = Mutex<[String]>([])
    private let bell = Bell()
    private let isDone = Mutex(false)

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listener, $0, size)
                _ = listen(listener, 1)
                _ = getsockname(listener, $0, &size)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        OwnThread.start { self.serve(listener) }
    }

    /// What the relay was told, once the other side has hung up.
    func lines() -> [String] {
        _ = bell.wait { isDone.withLock { $0 ? true : nil } }
        return heard.withLock { $0 }
    }

    private func serve(_ listener: Int32) {
        let connection = accept(listener, nil, nil)
        say(connection, "220 hello")
        var isMessage = false
        var buffer = ""
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(connection, &bytes, bytes.count, 0)
            guard count > 0 else { break }
            buffer += String(decoding: bytes.prefix(count), as: UTF8.self)
            while let end = buffer.firstRange(of: "\r\n") {
                let line = String(buffer[..<end.lowerBound])
                buffer.removeSubrange(..<end.upperBound)
                heard.withLock { $0.append(line) }
                if isMessage, line != "." { continue }
                isMessage = line == "DATA"
                say(connection, answer(line))
            }
        }
        close(connection)
        close(listener)
        bell.ring { isDone.withLock { $0 = true } }
    }

    private func answer(_ line: String) -> String {
        switch line.prefix(4) {
        case "EHLO": "250-relay\r\n250 AUTH PLAIN"
        case "AUTH": "235 fine"
        case "DATA": "354 go on"
        case "QUIT": "221 bye"
        default: "250 fine"
        }
    }

    private func say(_ connection: Int32, _ text: String) {
        let bytes = Array((text + "\r\n").utf8)
        _ = send(connection, bytes, bytes.count, 0)
    }
}
