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
