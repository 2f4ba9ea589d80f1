import EnergyCore
import Sheets
import TestSupport
import Testing

/// The rows of a sheet as texts, with their lines.
private func rows(_ bytes: [UInt8]) throws -> [(line: Int, cells: [String])] {
    var rows: [(line: Int, cells: [String])] = []
    try SheetReader.forEachRow(of: .bytes(bytes)) { row throws(SheetFault) in
        rows.append((row.line, (0..<row.count).map { describe(row, $0) }))
    }
    return rows
}

private func describe(_ row: borrowing SheetRow, _ index: Int) -> String {
    switch row.kind(index) {
    case .empty: ""
    case .text: row.text(index)
    case .number: NumberText.text(row.number(index))
    case .datetime: Instant(microseconds: row.localMicroseconds(index)).naiveText
    }
}

@Suite struct CSVReaderTests {
    private func cells(_ text: String) throws -> [[String]] { try rows(Array(text.utf8)).map(\.cells) }

    @Test("commas, semicolons and tabs separate", arguments: [",", ";", "\t"])
    func separators(separator: String) throws {
        let text = "a\(separator)b\n1\(separator)2\n"
        #expect(try cells(text) == [["a", "b"], ["1", "2"]])
    }

    @Test("a comma inside values does not make a comma-separated file")
    func decimalComma() throws {
        #expect(try cells("t;v\n2024-05-01;1,5\n") == [["t", "v"], ["2024-05-01", "1,5"]])
        #expect(try cells("t\tv\n2024-05-01\t1,5\n") == [["t", "v"], ["2024-05-01", "1,5"]])
        #expect(try cells("time,power; kW\n1,2\n") == [["time", "power; kW"], ["1", "2"]])
    }

    @Test("quotes hold separators, line ends and quotes")
    func quotes() throws {
        #expect(try cells("\"a,\"\"b\"\"\",\"c\nd\"\n 1 , \"2\" \n") == [["a,\"b\"", "c\nd"], ["1", "2"]])
        #expect(throws: SheetFault("a quote is not closed", line: 2)) { try cells("a,b\n\"1,2\n") }
    }

    @Test("line ends of every system, blank lines and a byte order mark are fine")
    func lineEnds() throws {
        for end in ["\n", "\r\n", "\r"] {
            let text = "\u{FEFF}a,b\(end)\(end)1,2\(end)3,4"
            let found = try rows(Array(text.utf8))
            #expect(found.map(\.cells) == [["a", "b"], ["1", "2"], ["3", "4"]])
            #expect(found.map(\.line) == [1, 3, 4])
        }
        #expect(try cells("") == [])
        #expect(try cells("\n\n") == [])
    }

    @Test("text that is not UTF-8 is refused with the place")
    func encoding() throws {
        let latin = Array("tijd,kW ".utf8) + [0xE0] + Array("\n1,2\n".utf8)
        let reason = "'utf-8' codec can't decode byte 0xe0 in position 8: invalid continuation byte"
        #expect(throws: SheetFault(reason)) { try rows(latin) }
        #expect(throws: SheetFault("'utf-8' codec can't decode byte 0xff in position 0: invalid start byte")) {
            try rows([0xFF, 0xFE, 0x61, 0])
        }
        #expect(throws: SheetFault("'utf-8' codec can't decode byte 0xe2 in position 2: unexpected end of data")) {
            try rows([0x61, 0x2C, 0xE2, 0x82])
        }
        #expect(try cells("é,€\n") == [["é", "€"]])
    }

    @Test("rows that cross the pieces of a file stay whole")
    func pieces() throws {
        var random = SeededGenerator(seed: 9)
        var text = ""
        var expected: [[String]] = []
        for _ in 0..<8000 {
            let row = (0..<3).map { _ in
                String(
                    repeating: ["é", ",", "\"", "\n", "x", " "].randomElement(using: &random) ?? "",
                    count: Int.random(in: 0...4, using: &random)) + "€"
            }
            expected.append(row)
            text += row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
        }
        #expect(try rows(Array(text.utf8)).map(\.cells) == expected)
    }
}

@Suite struct WorkbookReaderTests {
    @Test("cells of every kind come out, gaps included")
    func kinds() throws {
        let bytes = workbook(
            rows: """
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>in</t><t>line</t></is></c></row>
                <row r="3"><c r="A3" s="1"><v>45413.25</v></c><c r="B3" s="2"><v>45413</v></c><c r="C3" s="3"><v>2.5</v></c></row>
                <row><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c t="str"><v>sum</v></c><c><v>1E-3</v></c></row>
                <row r="9"/>
                """,
            shared: ["<r><t>sha</t></r><r><t>red</t></r><rPh><t>hint</t></rPh>"])
        let found = try rows(bytes)
        #expect(found.map(\.line) == [1, 3, 4])
        #expect(found[0].cells == ["shared", "", "inline"])
        #expect(found[1].cells == ["2024-05-01T06:00:00", "2024-05-01T00:00:00", "2.5"])
        #expect(found[2].cells == ["", "TRUE", "sum", "0.001"])
    }

    @Test("days may count from 1904")
    func date1904() throws {
        let bytes = workbook(rows: "<row><c s=\"1\"><v>43951</v></c></row>", date1904: true)
        #expect(try rows(bytes).map(\.cells) == [["2024-05-01T00:00:00"]])
    }

    @Test("damaged and hostile workbooks are refused")
    func hostile() throws {
        #expect(throws: SheetFault.self) { try rows([0x50, 0x4B, 3, 4, 0, 0, 0, 0]) }
        #expect(throws: SheetFault.self) { try rows([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) }
        #expect(throws: SheetFault.self) { try rows(workbook(rows: "<row><c></row>")) }
        let bomb = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\">]>"
        #expect(throws: SheetFault.self) {
            try rows(workbook(rows: "<row><c t=\"str\"><v>&b;</v></c></row>", dtd: bomb))
        }
        #expect(throws: SheetFault.self) { try rows(workbook(rows: "<row><c r=\"ZZZZ1\"><v>1</v></c></row>")) }
        let whole = workbook(rows: "<row><c><v>1</v></c></row>")
        for cut in stride(from: 8, to: whole.count, by: 97) { _ = try? rows(Array(whole[..<cut])) }
    }
}
