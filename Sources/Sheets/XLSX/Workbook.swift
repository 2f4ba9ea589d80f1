/// What one must know of a workbook to read its first worksheet.
struct Workbook {
    let archive: ZipArchive
    /// Name of the worksheet's part.
    private(set) var sheet = ""
    /// Texts that cells refer to by number.
    private(set) var sharedTexts: [[UInt8]] = []
    /// Which cell styles show numbers as dates.
    private(set) var dateStyles: Set<Int> = []
    /// Days are counted from 1904 instead of 1900.
    private(set) var countsFrom1904 = false

    private static let smallPartLimit = 4_000_000
    private static let textsLimit = 128_000_000
    static let sheetLimit = 1_000_000_000

    init(_ source: SheetSource) throws(SheetFault) {
        archive = try ZipArchive(source)
        let main = try mainPart()
        let book = WorkbookPart()
        try read(main, into: book, limit: Workbook.smallPartLimit)
        countsFrom1904 = book.countsFrom1904
        let folder = main.split(separator: "/").dropLast().joined(separator: "/")
        let relations = try relations(of: main)
        guard let id = book.firstSheet, let target = relations.target(ofID: id) else {
            throw SheetFault("the workbook has no worksheet")
        }
        sheet = Workbook.path(target, in: folder)
        if let styles = relations.target(ofType: "styles") {
            let part = StylesPart()
            try read(Workbook.path(styles, in: folder), into: part, limit: Workbook.smallPartLimit)
            dateStyles = part.dateStyles
        }
        if let texts = relations.target(ofType: "sharedStrings") {
            let part = SharedTextsPart()
            try read(Workbook.path(texts, in: folder), into: part, limit: Workbook.textsLimit)
            sharedTexts = part.texts
        }
    }

    private func mainPart() throws(SheetFault) -> String {
        let relations = RelationsPart()
        try read("_rels/.rels", into: relations, limit: Workbook.smallPartLimit)
        return relations.target(ofType: "officeDocument").map { Workbook.path($0, in: "") } ?? "xl/workbook.xml"
    }

    private func relations(of part: String) throws(SheetFault) -> RelationsPart {
        var names = part.split(separator: "/").map(String.init)
        let file = names.popLast() ?? ""
        let relations = RelationsPart()
        try read(
            (names + ["_rels", file + ".rels"]).joined(separator: "/"), into: relations, limit: Workbook.smallPartLimit)
        return relations
    }

    /// Parts that are not there are as good as empty ones.
    private func read(_ name: String, into handler: any XMLHandler, limit: Int) throws(SheetFault) {
        guard let bytes = try archive.content(of: name, limit: limit) else { return }
        try XMLReader.read(bytes, name: name, handler)
    }

    /// A target is absolute or relative to the folder of the part that names it.
    private static func path(_ target: String, in folder: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        var names = folder.split(separator: "/").map(String.init)
        for name in target.split(separator: "/") {
            if name == ".." { _ = names.popLast() } else if name != "." { names.append(String(name)) }
        }
        return names.joined(separator: "/")
    }
}
