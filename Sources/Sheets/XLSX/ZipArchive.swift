import CZip

/// The parts of a zip file, with limits against archives that unpack to more than anybody would upload.
final class ZipArchive {
    private let archive: OpaquePointer
    /// libzip reads from this memory as long as the archive is open.
    private let memory: UnsafeMutableBufferPointer<UInt8>?

    init(_ source: SheetSource) throws(SheetFault) {
        switch source {
        case .file(let path):
            var code: Int32 = 0
            guard let opened = zip_open(path, ZIP_RDONLY, &code) else {
                throw SheetFault("the workbook cannot be opened (zip error \(code))")
            }
            archive = opened
            memory = nil
        case .bytes(let bytes):
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            _ = copy.initialize(from: bytes)
            var fault = zip_error_t()
            zip_error_init(&fault)
            guard let buffer = zip_source_buffer_create(copy.baseAddress, zip_uint64_t(copy.count), 0, &fault) else {
                copy.deallocate()
                throw SheetFault("the workbook cannot be opened")
            }
            guard let opened = zip_open_from_source(buffer, ZIP_RDONLY, &fault) else {
                zip_source_free(buffer)
                copy.deallocate()
                throw SheetFault("the workbook cannot be opened: it is no zip archive or damaged")
            }
            archive = opened
            memory = copy
        }
    }

    deinit {
        zip_discard(archive)
        memory?.deallocate()
    }

    func contains(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

    /// A part as a whole; nil if there is none of that name.
    func content(of name: String, limit: Int) throws(SheetFault) -> [UInt8]? {
        guard contains(name) else { return nil }
        let part = try ZipPart(self, name: name, limit: limit)
        var bytes: [UInt8] = []
        while let chunk = try part.next() { bytes += chunk }
        return bytes
    }

    fileprivate func open(_ name: String) -> OpaquePointer? { zip_fopen(archive, name, 0) }

    fileprivate func size(of name: String) -> Int? {
        var status = zip_stat_t()
        zip_stat_init(&status)
        guard zip_stat(archive, name, 0, &status) == 0 else { return nil }
        return Int(exactly: status.size)
    }
}

/// One part, unpacked piece by piece.
final class ZipPart {
    /// Keeps the archive open.
    private let archive: ZipArchive
    private let file: OpaquePointer
    private let name: String
    private let limit: Int
    private(set) var position = 0
    let size: Int

    init(_ archive: ZipArchive, name: String, limit: Int) throws(SheetFault) {
        guard let file = archive.open(name) else { throw SheetFault("the workbook has no readable part \(name)") }
        self.archive = archive
        self.file = file
        self.name = name
        self.limit = limit
        size = archive.size(of: name) ?? 0
        guard size <= limit else {
            throw SheetFault("the workbook is too large: its part \(name) unpacks to \(size) bytes")
        }
    }

    deinit {
        zip_fclose(file)
    }

    func next() throws(SheetFault) -> [UInt8]? {
        var count = zip_int64_t(0)
        let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, filled in
            count = zip_fread(file, buffer.baseAddress, 65_536)
            filled = max(0, Int(count))
        }
        guard count >= 0 else { throw SheetFault("the workbook is damaged in its part \(name)") }
        if count == 0 { return nil }
        position += chunk.count
        // The size stated in the archive may be a lie.
        guard position <= limit else { throw SheetFault("the workbook is too large: its part \(name) does not end") }
        return chunk
    }
}
