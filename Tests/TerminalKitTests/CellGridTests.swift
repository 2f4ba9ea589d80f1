import Testing

@testable import TerminalKit

@Suite("Cell grids")
struct CellGridTests {
    private func grid(_ columns: Int, _ rows: Int = 1) -> CellGrid {
        CellGrid(size: GridSize(columns: columns, rows: rows))
    }

    @Test("control characters never reach the terminal")
    func control() {
        var grid = grid(20)
        grid.write("a\u{1B}[31mb\u{7}\u{9B}c\u{0}\u{7F}", x: 0, y: 0, limit: 20, style: .plain)
        #expect(grid.line(0) == "a?[31mb??c??")
        for cell in grid.row(0) { #expect(cell.scalar == 0 || cell.scalar >= 32) }
    }

    @Test("tabs and line ends become blanks, direction marks vanish")
    func blanks() {
        var grid = grid(20)
        grid.write("a\tb\nc\u{202E}d\u{200B}\u{FEFF}e", x: 0, y: 0, limit: 20, style: .plain)
        #expect(grid.line(0) == "a b cde")
    }

    @Test("wide characters take two cells and never stand half")
    func wide() {
        var grid = grid(5)
        grid.write("日本語", x: 0, y: 0, limit: 5, style: .plain)
        #expect(grid.line(0) == "日本")
        #expect(grid[1, 0].isContinuation)
        grid.set("x", x: 1, y: 0, style: .plain)
        #expect(grid.line(0) == " x本")
        grid.set("y", x: 2, y: 0, style: .plain)
        #expect(grid.line(0) == " xy")
    }

    @Test("combining marks join their base; two are kept, more are left out")
    func combining() {
        var grid = grid(5)
        grid.write("e\u{301}\u{302}\u{303}f", x: 0, y: 0, limit: 5, style: .plain)
        #expect(grid[0, 0].mark1 == 0x301)
        #expect(grid[0, 0].mark2 == 0x302)
        #expect(grid[1, 0].scalar == 102)
        grid.write("\u{301}x", x: 3, y: 0, limit: 5, style: .plain)
        #expect(grid[3, 0].scalar == 120)
    }

    @Test("writing outside is ignored", arguments: [-3, 0, 4, 9])
    func outside(x: Int) {
        var grid = grid(5, 2)
        for y in [-1, 0, 1, 2] { grid.write("日本語abc", x: x, y: y, limit: 99, style: .plain) }
        #expect(grid.lines.count == 2)
        #expect(grid.lines.allSatisfy { TextWidth.of($0) <= 5 })
    }

    @Test("the difference holds exactly the changed runs")
    func difference() {
        var old = grid(10, 2)
        old.write("hello", x: 0, y: 0, limit: 10, style: .plain)
        var new = old
        #expect(new.runs(since: old).isEmpty)
        new.write("j", x: 0, y: 0, limit: 10, style: .plain)
        new.write("日", x: 4, y: 1, limit: 10, style: .plain)
        let runs = new.runs(since: old)
        #expect(runs.map(\.x) == [0, 4])
        #expect(runs.map(\.scalars) == [[106], [0x65E5]])
        #expect(new.runs(since: nil).map(\.scalars.count).reduce(0, +) == 19)
    }

    @Test("applying the runs of random changes gives the new grid")
    func randomDifferences() {
        var random = SeededRandom(seed: 7)
        let words = ["a", "日", "e\u{301}", "xyz", "本日", " "]
        for _ in 0..<200 {
            var old = grid(12, 3)
            var new = old
            for _ in 0..<6 {
                let word = words[random.below(words.count)]
                let (x, y) = (random.below(12), random.below(3))
                old.write(word, x: x, y: y, limit: 12, style: .plain)
                if random.below(2) == 0 { new.write(word, x: random.below(12), y: y, limit: 12, style: .plain) }
            }
            var redrawn = old
            for run in new.runs(since: old) {
                var text = String.UnicodeScalarView()
                for value in run.scalars { text.append(Unicode.Scalar(value) ?? "?") }
                redrawn.write(String(text), x: run.x, y: run.y, limit: 12, style: run.style)
            }
            #expect(redrawn.lines == new.lines)
        }
    }

    @Test("texts are cut with an ellipsis, padded and wrapped by cells")
    func texts() {
        #expect(TextWidth.truncated("Harbour depot", to: 8, ellipsis: "~") == "Harbour~")
        #expect(TextWidth.truncated("日本語", to: 4, ellipsis: "…") == "日…")
        #expect(TextWidth.padded("7", to: 3, align: .right, ellipsis: "~") == "  7")
        #expect(TextWidth.wrapped("one two three", to: 7) == ["one two", "three"])
        #expect(TextWidth.wrapped("abcdefghij", to: 4) == ["abcd", "efgh", "ij"])
    }
}

/// A small generator with a fixed seed, so that failures repeat.
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    }

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }
}
