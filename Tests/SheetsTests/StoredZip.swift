/// Builds zip archives without compression, for workbooks that no spreadsheet would write.
struct StoredZip {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    mutating func add(_ name: String, _ text: String) {
        let content = Array(text.utf8)
        var header: [UInt8] = []
        header += StoredZip.little(20, 2) + [0, 0, 0, 0, 0, 0, 0, 0]
        header += StoredZip.little(UInt64(StoredZip.checksum(content)), 4)
        header += StoredZip.little(UInt64(content.count), 4) + StoredZip.little(UInt64(content.count), 4)
        header += StoredZip.little(UInt64(name.utf8.count), 2) + [0, 0]
        let position = UInt64(bytes.count)
        bytes += [0x50, 0x4B, 3, 4] + header + Array(name.utf8) + content
        directory += [0x50, 0x4B, 1, 2] + StoredZip.little(20, 2) + header
        directory += [UInt8](repeating: 0, count: 10) + StoredZip.little(position, 4) + Array(name.utf8)
        count += 1
    }

    var finished: [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        end += StoredZip.little(UInt64(count), 2) + StoredZip.little(UInt64(count), 2)
        end += StoredZip.little(UInt64(directory.count), 4) + StoredZip.little(UInt64(bytes.count), 4) + [0, 0]
        return bytes + directory + end
    }

    private static func little(_ number: UInt64, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }

    /// CRC-32 as zip wants it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }
}

/// A workbook with one worksheet of these rows (their XML).
func workbook(
    rows: String, shared: [String] = [], date1904: Bool = false, dtd: String = ""
) -> [UInt8] {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    var zip = StoredZip()
    zip.add(
        "_rels/.rels",
        "<Relationships><Relationship Id=\"a\" Type=\"\(relation)officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    )
    zip.add(
        "xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><workbookPr date1904=\"\(date1904 ? 1 : 0)\"/><sheets><sheet name=\"x\" r:id=\"s1\"/></sheets></workbook>"
    )
    zip.add(
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"s1\" Type=\"\(relation)worksheet\" Target=\"worksheets/first.xml\"/>"
            + "<Relationship Id=\"s2\" Type=\"\(relation)styles\" Target=\"styles.xml\"/>"
            + "<Relationship Id=\"s3\" Type=\"\(relation)sharedStrings\" Target=\"/xl/texts.xml\"/></Relationships>")
    zip.add(
        "xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-407]d\\.\\ mmm\"/>"
            + "<numFmt numFmtId=\"171\" formatCode=\"0.0 &quot;days&quot;\"/></numFmts>"
            + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs></styleSheet>"
    )
    zip.add("xl/texts.xml", "<sst>" + shared.map { "<si>\($0)</si>" }.joined() + "</sst>")
    zip.add("xl/worksheets/first.xml", dtd + "<worksheet><sheetData>\(rows)</sheetData></worksheet>")
    return zip.finished
}
