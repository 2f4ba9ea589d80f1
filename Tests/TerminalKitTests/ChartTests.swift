import Testing

@testable import TerminalKit

@Suite("Charts")
struct ChartTests {
    private func picture(
        _ panel: ChartPanel, width: Int, height: Int, glyphs: Glyphs = .unicode, axis: ChartAxis? = nil
    )
        -> [String]
    {
        var canvas = Canvas(
            size: GridSize(columns: width, rows: height), theme: Theme.mono.resolved(depth: .none), glyphs: glyphs)
        ChartRenderer(axis: axis ?? ChartAxis(count: width - 6)).draw(panel, on: &canvas, in: canvas.bounds)
        return canvas.grid.lines
    }

    private func panel(_ values: [Double?], line: ChartLine = .measured) -> ChartPanel {
        ChartPanel(
            title: [], series: [ChartSeries(name: "x", line: line, columns: values.map { $0.map { ChartBucket($0) } })])
    }

    @Test("a step line holds its value and turns where the new one begins")
    func steps() {
        let lines = picture(panel([0, 0, 2, 2, 1, 1]), width: 12, height: 3)
        #expect(lines == ["    2┤  ╭─╮", "    1┤  │ ╰─", "    0┤──╯┈┈┈"])
    }

    @Test("a plan in ASCII is drawn with = and +, its negative part shaded")
    func asciiPlan() {
        var chart = panel([1, 1, -1, -1, 1], line: .plan)
        chart.series[0].shadesNegative = true
        let lines = picture(chart, width: 11, height: 3, glyphs: .ascii)
        #expect(lines == ["    1+==+ +", "    0+..|.|", "   -1+  +=+"])
    }

    @Test("a gap has no line and a mark on the bottom row", arguments: [[nil, 1.0, 1], [1, nil, 1], [1, 1, nil]])
    func gaps(values: [Double?]) {
        var chart = panel(values)
        chart.series[0].marksGaps = true
        let lines = picture(chart, width: 9, height: 3)
        let marks = lines.joined().filter { $0 == "·" }.count
        #expect(marks == (values[1] == nil ? 1 : 0))
    }

    @Test(
        "odd data neither crash nor invent anything",
        arguments: [
            [], [nil, nil, nil], [5.0], [0, 0, 0], [1e9, -1e9], [1e-6, 2e-6], [.nan, .infinity, 1], [-3, -2],
            [7, 7, 7, 7, 7, 7, 7], [-1e-300, 1e-300], [.greatestFiniteMagnitude, -.greatestFiniteMagnitude],
        ] as [[Double?]], [1, 2, 3, 8])
    func odd(values: [Double?], height: Int) {
        for width in [1, 2, 6, 7, 8, 40] {
            for style in [ChartStyle.lines, .bars] {
                var chart = panel(values)
                chart.style = style
                let lines = picture(chart, width: width, height: height)
                #expect(lines.count == height)
            }
        }
    }

    @Test("columns hold long samples and join short ones into span and mean")
    func columns() {
        let mapper = ColumnMapper(start: 0, step: 10, count: 4)
        let long = mapper.columns(of: [ChartSample(start: 0, end: 30, value: 5)])
        #expect(long.map { $0?.mean } == [5, 5, 5, nil])
        let short = mapper.columns(of: [
            ChartSample(start: 0, end: 5, value: 1), ChartSample(start: 5, end: 10, value: 3),
            ChartSample(start: 20, end: 25, value: .nan),
        ])
        #expect(short[0] == ChartBucket(minimum: 1, maximum: 3, mean: 2))
        #expect(short[2] == nil)
        let weighted = mapper.columns(of: [
            ChartSample(start: 0, end: 9, value: 0), ChartSample(start: 9, end: 10, value: 10),
        ])
        #expect(weighted[0]?.mean == 1)
        let uneven = mapper.columns(of: [
            ChartSample(start: 0, end: 8, value: 1), ChartSample(start: 8, end: 16, value: 9),
        ])
        #expect(uneven[0].map { abs($0.maximum - $0.minimum) < 1e-9 } == true, "no two of them lie in one column")
        let border = mapper.columns(of: [ChartSample(start: 10, end: 20, value: 2)])
        #expect(border.map { $0?.mean } == [nil, 2, nil, nil])
        #expect(mapper.columns(of: [ChartSample(start: -50, end: -10, value: 2)]).allSatisfy { $0 == nil })
    }

    @Test("moments are joined unless they are too far apart")
    func instants() {
        let mapper = ColumnMapper(start: 0, step: 10, count: 6)
        let near = mapper.columns(ofInstants: [(0, 0), (50, 50)], longest: 60)
        #expect(near.map { $0?.mean } == [0, 15, 25, 35, 45, 50])
        let far = mapper.columns(ofInstants: [(0, 0), (50, 50)], longest: 40)
        #expect(far.map { $0?.mean } == [0, nil, nil, nil, nil, 50])
    }

    @Test("ticks are round, fall on rows and there are at least two", arguments: [3, 4, 5, 7, 10, 13, 20])
    func ticks(rows: Int) {
        for (low, high) in [(0.0, 1.0), (-480, 512), (100, 1000), (0.0123, 0.0456), (-9, -3), (0, 96)] {
            let scale = ChartScale.fitting(low: low, high: high, rows: rows, includesZero: true)
            #expect(scale.ticks.count >= 2)
            #expect(scale.top >= max(0, high) - 1e-9 && scale.bottom <= min(0, low) + 1e-9)
            #expect(scale.ticks.contains { $0.value == 0 })
            if rows >= 7 { for (a, b) in zip(scale.ticks, scale.ticks.dropFirst()) { #expect(b.row - a.row >= 2) } }
            for tick in scale.ticks { #expect(scale.row(of: tick.value) == tick.row) }
        }
    }

    @Test("now-line and cursor stand under the lines; the cursor's head on top")
    func timeLines() {
        let axis = ChartAxis(
            count: 5, ticks: [.init(column: 0, label: "00:00"), .init(column: 2, label: "x")], now: 3, cursor: 1)
        let lines = picture(panel([0, 0, 0, 0, 0, 1]), width: 11, height: 3, axis: axis)
        #expect(lines[0].contains("▼ ┊"))
        #expect(lines[2].hasPrefix("  0.0┤─────"))
    }

    @Test("bars show small values, missing ones stay empty, negative ones hang down")
    func bars() {
        var chart = panel([8, 4, 0.01, nil, 0])
        chart.style = .bars
        #expect(picture(chart, width: 11, height: 1) == ["    8 █▄▁"])
        var negative = panel([4, -4])
        negative.style = .bars
        #expect(picture(negative, width: 8, height: 2) == ["    4 █", "   -4  ▒"])
    }

    @Test("numbers are written for people")
    func numbers() {
        #expect(NumberFormat.significant(1234.5) == "1235")
        #expect(NumberFormat.significant(0.04567) == "0.0457")
        #expect(NumberFormat.significant(-12.34) == "-12.3")
        #expect(NumberFormat.significant(1.5e9) == "1.5e9")
        #expect(NumberFormat.significant(.nan) == "--")
        #expect(NumberFormat.fixed(-0.001, decimals: 2) == "0.00")
        #expect(NumberFormat.fixed(2.345, decimals: 0) == "2")
        #expect(NumberFormat.fixed(0.05, decimals: 2) == "0.05")
    }

    @Test("histograms count every finite value once")
    func histogram() {
        let histogram = Histogram(values: [0, 0.5, 1, 5, 10, .nan], bins: 5)
        #expect(histogram.bins.reduce(0) { $0 + $1.count } == 5)
        #expect(Histogram(values: [], bins: 5).bins.isEmpty)
        #expect(Histogram(values: [3, 3], bins: 5).bins.count == 1)
    }

    @Test("spark lines fit their width in every glyph set", arguments: GlyphSet.allCases)
    func sparks(glyphs: GlyphSet) {
        for width in [0, 1, 7, 12] {
            #expect(Strip.spark([1, 2, nil, 4], width: width, glyphs: glyphs).count == width)
            #expect(Strip.spark([], width: width, glyphs: glyphs).count == width)
        }
        #expect(Strip.spark([0, 7], width: 2, glyphs: .ascii) == ".#")
    }
}
