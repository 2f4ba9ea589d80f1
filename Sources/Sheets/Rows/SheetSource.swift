import Glibc

/// Where the bytes of a sheet are; can be read more than once.
package enum SheetSource: Sendable {
    case bytes([UInt8])
    case file(path: String)

    /// The size in bytes; 0 if a file is not there.
    package var size: Int {
        switch self {
        case .bytes(let bytes): return bytes.count
        case .file(let path):
            var status = stat()
            return stat(path, &status) == 0 ? Int(status.st_size) : 0
        }
    }

    /// The first bytes, enough to tell a workbook from a text.
    func head(_ count: Int = 8) throws(SheetFault) -> [UInt8] {
        if case .bytes(let bytes) = self { return Array(bytes.prefix(count)) }
        let reader = try ChunkReader(self, chunkSize: count)
        return try reader.next() ?? []
    }
}

/// Reads a source piece by piece.
final class ChunkReader {
    private let source: SheetSource
    private let chunkSize: Int
    private let file: UnsafeMutablePointer<FILE>?
    private var position = 0

    init(_ source: SheetSource, chunkSize: Int = 65_536) throws(SheetFault) {
        self.source = source
        self.chunkSize = chunkSize
        if case .file(let path) = source {
            guard let opened = fopen(path, "rb") else {
                throw SheetFault("the file cannot be opened: \(String(cString: strerror(errno)))")
            }
            file = opened
        } else {
            file = nil
        }
    }

    deinit {
        if let file { fclose(file) }
    }

    /// The next bytes; nil at the end.
    func next() throws(SheetFault) -> [UInt8]? {
        if let file {
            let chunk = [UInt8](unsafeUninitializedCapacity: chunkSize) { buffer, count in
                count = fread(buffer.baseAddress, 1, chunkSize, file)
            }
            if chunk.isEmpty {
                guard ferror(file) == 0 else { throw SheetFault("the file cannot be read to its end") }
                return nil
            }
            return chunk
        }
        guard case .bytes(let bytes) = source, position < bytes.count else { return nil }
        let end = min(position + chunkSize, bytes.count)
        defer { position = end }
        return Array(bytes[position..<end])
    }
}
