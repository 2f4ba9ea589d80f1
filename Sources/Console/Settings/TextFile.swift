import Glibc

/// Small text files of the console: settings, keys, themes, place, exports.
package enum TextFile {
    /// The error of the system in its own words.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package var path: String
        package var reason: String

        package var description: String { "\(path): \(reason)" }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(path: path, reason: String(cString: strerror(errno)))
    }

    /// The whole file; nil when there is none.
    package static func read(_ path: String) throws(Failure) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure(path)
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            if count == 0 { break }
            bytes += buffer[0..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes beside the file and then renames, so that a crash leaves the old file or the new one.
    package static func write(_ text: String, to path: String) throws(Failure) {
        // A device, pipe or link must stay what it is: only a plain file is replaced by a new one.
        let isReplaced = isPlainOrAbsent(path)
        let temporary = isReplaced ? path + ".new" : path
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBufferPointer { Glibc.write(file, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                let problem = failure(path)
                close(file)
                if isReplaced { unlink(temporary) }
                throw problem
            }
            bytes = bytes.dropFirst(written)
        }
        fsync(file)
        close(file)
        guard !isReplaced || rename(temporary, path) == 0 else { throw failure(path) }
    }

    /// Whether there is an ordinary file of that name.
    package static func isPlain(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func isPlainOrAbsent(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }

    /// Removes a file; one that is not there is fine.
    package static func remove(_ path: String) { unlink(path) }

    /// Makes a folder and those above it.
    package static func makeFolder(_ path: String) {
        var built = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            built += "/" + part
            mkdir(built, 0o700)
        }
    }

    /// The names of the files in a folder, sorted.
    package static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
