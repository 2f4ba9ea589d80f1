import Foundation
import Synchronization

/// The built program, serving on a free port until it is told to end.
package final class ServingProgram: Sendable {
    package let port: UInt16
    private let process: ChildProcess
    private let log: String
    /// Once it has ended its number may belong to another process.
    private let hasEnded = Mutex(false)

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Starts `flexdeck --serve` on a store and waits until it listens.
    package init(database: String, arguments: [String] = []) throws {
        log = database + ".log"
        process = try ChildProcess(
            [BuiltProgram.path, "--serve", "--db", database, "--port", "0"] + arguments,
            environment: BuiltProgram.environment(), errors: log)
        port = try Self.waitForPort(log, process)
    }

    /// A program that was started by other means and says so in a log.
    package init(_ process: ChildProcess, log: String) throws {
        self.log = log
        self.process = process
        port = try Self.waitForPort(log, process)
    }

    deinit {
        guard !hasEnded.withLock({ $0 }) else { return }
        process.send(SIGKILL)
        process.wait()
    }

    /// What the program said so far.
    package var events: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    /// How many sockets for clients it has, and how many of them programs which it starts would get.
    package var sockets: (all: Int, inherited: Int) {
        // Files of no stated size are cut off by the usual ways to read them.
        let bytes = (try? FileHandle(forReadingAtPath: "/proc/net/tcp")?.readToEnd()) ?? nil
        let table = String(decoding: bytes ?? Data(), as: UTF8.self)
        let ending = ":" + String(repeating: "0", count: max(0, 4 - String(port, radix: 16).count))
        let own = table.split(separator: "\n").map { $0.split(separator: " ") }
            .filter { $0.count > 9 && $0[1].hasSuffix(ending + String(port, radix: 16, uppercase: true)) }
            .map { "socket:[\($0[9])]" }
        let folder = "/proc/\(process.pid)/"
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: folder + "fd")) ?? []
        let sockets = descriptors.filter { descriptor in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "fd/" + descriptor)
            return target.map(own.contains) == true
        }
        let inherited = sockets.filter { descriptor in
            let info = try? String(contentsOfFile: folder + "fdinfo/" + descriptor, encoding: .utf8)
            let flags = info?.split(separator: "\n").first { $0.hasPrefix("flags:") }
            let value = flags.flatMap { Int($0.split(separator: "\t").last ?? "", radix: 8) } ?? 0
            return value & 0o2000000 == 0
        }
        return (sockets.count, inherited.count)
    }

    /// Opens a connection that says nothing, until it is closed.
    package func silentConnection() throws -> Int32 { try connection() }

    /// Asks it to read its settings again.
    package func reload() { process.send(SIGHUP) }

    /// Sends a signal and waits for the end; returns the exit status.
    package func end(with signal: Int32) -> Int32 {
        process.send(signal)
        let status = process.wait()
        hasEnded.withLock { $0 = true }
        return status
    }

    /// One request on a connection of its own; returns status and body.
    package func request(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String = ""
    ) throws -> (status: Int, body: String) {
        let answer = try exchange(method, path, headers: headers, body: body)
        return (answer.status, answer.body)
    }

    /// The same, with the status line and headers of the answer.
    package func exchange(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String = ""
    ) throws -> (status: Int, head: String, body: String) {
        let socket = try connection()
        defer { close(socket) }
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if !body.isEmpty {
            if headers["Content-Type"] == nil { text += "Content-Type: application/json\r\n" }
            text += "Content-Length: \(body.utf8.count)\r\n"
        }
        text += "\r\n" + body
        let bytes = Array(text.utf8)
        guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw Failure(description: "cannot send")
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &buffer, buffer.count, 0), count > 0 { answer += buffer[..<count] }
        let parts = String(decoding: answer, as: UTF8.self).components(separatedBy: "\r\n\r\n")
        guard let status = parts[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure(description: "no answer to \(method) \(path)")
        }
        return (status, parts[0], parts.dropFirst().joined(separator: "\r\n\r\n"))
    }

    private func connection() throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure(description: "cannot connect to port \(port)") }
        return socket
    }

    /// Both forms of the log say the event `listen`, and the address as `url`.
    private static func portOfListening(_ line: Substring) -> UInt16? {
        guard line.contains("listen"), let scheme = line.firstRange(of: "http://") else { return nil }
        let parts = line[scheme.upperBound...].split(separator: ":")
        return parts.dropFirst().first.flatMap { UInt16($0.prefix(while: \.isNumber)) }
    }

    private static func waitForPort(_ log: String, _ process: ChildProcess) throws -> UInt16 {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline, process.isRunning {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if let port = text.split(separator: "\n").lazy.compactMap(portOfListening).first { return port }
            usleep(2000)
        }
        throw Failure(
            description: "the program does not listen: \((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")")
    }
}
