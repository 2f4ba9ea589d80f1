extension StoredZip {
    /// A workbook whose worksheet is these bytes.
    static func workbook(sheet: [UInt8]) -> [UInt8] {
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        var zip = StoredZip()
        zip.add("xl/workbook.xml", Array("<w><sheets><sheet id=\"s1\"/></sheets></w>".utf8))
        let relations =
            "<r><Relationship Id=\"s1\" Type=\"\(relation)worksheet\" Target=\"s.xml\"/>"
            + "<Relationship Id=\"s2\" Type=\"\(relation)styles\" Target=\"t.xml\"/></r>"
        zip.add("xl/_rels/workbook.xml.rels", Array(relations.utf8))
        zip.add("xl/t.xml", Array("<s><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></s>".utf8))
        zip.add("xl/s.xml", sheet)
        return zip.finished
    }
}
