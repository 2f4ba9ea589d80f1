/// `workbook.xml`: the first worksheet and the day count.
final class WorkbookPart: XMLHandler {
    private(set) var firstSheet: String?
    private(set) var countsFrom1904 = false

    func open(_ element: XMLElement) {
        if element.name == "sheet", firstSheet == nil {
            firstSheet = element.text("id")
        } else if element.name == "workbookPr" {
            let flag = element.text("date1904")
            countsFrom1904 = flag == "1" || flag == "true"
        }
    }

    func close(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// A `.rels` part: which part is what.
final class RelationsPart: XMLHandler {
    private var relations: [(id: String, type: String, target: String)] = []

    func target(ofID id: String) -> String? { relations.first { $0.id == id }?.target }
    func target(ofType type: String) -> String? { relations.first { $0.type.hasSuffix("/" + type) }?.target }

    func open(_ element: XMLElement) {
        guard element.name == "Relationship", let id = element.text("Id"), let type = element.text("Type"),
            let target = element.text("Target")
        else { return }
        relations.append((id, type, target))
    }

    func close(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// `styles.xml`: which cell styles are dates.
final class StylesPart: XMLHandler {
    private(set) var dateStyles: Set<Int> = []
    private var dateFormats: Set<Int> = []
    private var isInCellFormats = false
    private var styleCount = 0

    func open(_ element: XMLElement) {
        if element.name == "numFmt" {
            if let id = element.int("numFmtId"), let code = element.text("formatCode"), StylesPart.isDate(code) {
                dateFormats.insert(id)
            }
        } else if element.name == "cellXfs" {
            isInCellFormats = true
        } else if element.name == "xf", isInCellFormats {
            let format = element.int("numFmtId") ?? 0
            if StylesPart.isBuiltInDate(format) || dateFormats.contains(format) { dateStyles.insert(styleCount) }
            styleCount += 1
        }
    }

    func close(_ name: XMLName) {
        if name == "cellXfs" { isInCellFormats = false }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    private static func isBuiltInDate(_ format: Int) -> Bool {
        (14...22).contains(format) || (27...36).contains(format) || (45...47).contains(format)
            || (50...58).contains(format)
    }

    /// A format shows a date if it has a letter of dates outside quotes, escapes and brackets.
    static func isDate(_ code: String) -> Bool {
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        // Only the first of up to four sections matters.
        for character in code.prefix(while: { $0 != ";" }) {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if isBracketed {
                isBracketed = character != "]"
            } else {
                switch character {
                case "\\", "_", "*": isEscaped = true
                case "\"": isQuoted = true
                case "[": isBracketed = true
                case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S": return true
                default: break
                }
            }
        }
        return false
    }
}

/// `sharedStrings.xml`: texts by number. Phonetic hints are left out.
final class SharedTextsPart: XMLHandler {
    private(set) var texts: [[UInt8]] = []
    private var current: [UInt8] = []
    private var isInText = false
    private var isInHint = false

    func open(_ element: XMLElement) {
        if element.name == "si" {
            current = []
        } else if element.name == "rPh" {
            isInHint = true
        } else if element.name == "t" {
            isInText = !isInHint
        }
    }

    func close(_ name: XMLName) {
        if name == "si" {
            texts.append(current)
        } else if name == "rPh" {
            isInHint = false
        } else if name == "t" {
            isInText = false
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInText { current.append(contentsOf: bytes) }
    }
}
