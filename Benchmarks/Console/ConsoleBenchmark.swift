import EnergyCore
import Foundation
import TestSupport

/// Measures the console as its operator feels it: the real program on a pseudo terminal of 160 x 45, over a store of 100
/// sites, 5,000 sensors and 50 million beliefs, beside what each quantity should (target) and may (ceiling) cost.
///
/// `ConsoleBenchmark PROGRAM [FOLDER [PART ...]]`, the parts being those of `Part`; without any, all. The store (0.5 GB) stays in the folder and is brought up to date with the next run.
/// Ends with 1 when something costs more than it may.
@main
struct ConsoleBenchmark {
    let program: String
    let store: LargeStore
    let emptyStore: String
    var report = Report()

    /// What can be measured alone.
    enum Part: String, CaseIterable {
        case start, keys, idle, news, load
    }

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let program = arguments.first else { throw BenchmarkFailure("usage: ConsoleBenchmark PROGRAM [FOLDER]") }
        let folder = arguments.dropFirst().first ?? NSTemporaryDirectory() + "/flexdeck-console-benchmark"
        let store = try LargeStore(folder: folder)
        try store.prepare()
        let scratch = try TemporaryFolder()
        var benchmark = ConsoleBenchmark(program: program, store: store, emptyStore: scratch.path + "/empty.db")
        let parts = try arguments.dropFirst(2).map { name in
            guard let part = Part(rawValue: name) else { throw BenchmarkFailure("there is no part \(name)") }
            return part
        }
        Report.heading()
        for part in parts.isEmpty ? Part.allCases : parts { try benchmark.measure(part) }
        guard benchmark.report.overruns.isEmpty else { exit(1) }
    }

    private init(program: String, store: LargeStore, emptyStore: String) {
        self.program = program
        self.store = store
        self.emptyStore = emptyStore
    }

    private mutating func measure(_ part: Part) throws {
        switch part {
        case .start: try measureStart()
        case .keys: try measureKeys()
        case .idle: try measureIdle()
        case .news: try measureNews()
        case .load: try measureUnderLoad()
        }
    }

    private mutating func measureKeys() throws {
        let console = try RunningConsole(program, store: store.path, seen: "Site 001")
        try measureLists(console)
        try measureScreens(console)
        try measureCharts(console)
        try measureFilter(console)
        report.add("memory after all of this", console.memory, "MB", target: 60, ceiling: 150)
        try console.quit()
    }

    private mutating func measureStart() throws {
        var (first, empty, large, filled) = (Samples(), Samples(), Samples(), Samples())
        for _ in 0..<5 {
            let console = try RunningConsole(program, store: emptyStore, seen: "Overview")
            empty.add(console.pictured)
            try console.quit()
        }
        for _ in 0..<5 {
            // What devices will do stands where nothing stood before their plans were read.
            let console = try RunningConsole(program, store: store.path, seen: "Site 001", then: "charge 200 kW")
            first.add(console.firstByte)
            large.add(console.pictured)
            filled.add(console.filled)
            try console.quit()
        }
        report.add("start: first byte", first.median, "ms", target: 25, ceiling: 60)
        report.add("start: first picture, empty store", empty.median, "ms", target: 40, ceiling: 100)
        report.add("start: first picture, large store", large.median, "ms", target: 80, ceiling: 200)
        report.add("start: the same with all figures", filled.median, "ms", target: 200, ceiling: 300)
    }

    /// Moves up and down lists of 100 sites, of 5,000 sensors, and the tree of all assets.
    private mutating func measureLists(_ console: RunningConsole) throws {
        for (key, name) in [("1", "100 sites"), ("4", "5,000 sensors"), ("2", "700 assets")] {
            _ = try console.press(key, quiet: 1)
            var (times, bytes) = (Samples(), Samples())
            for index in 0..<120 {
                let answer = try console.press(index % 40 < 25 ? "j" : "k", quiet: 0.02)
                times.add(answer.first)
                bytes.add(Double(answer.bytes))
            }
            report.add("key in a list, \(name): p50", times.median, "ms", target: 2, ceiling: 16)
            report.add("key in a list, \(name): p95", times.percentile(0.95), "ms", target: 8, ceiling: 16)
            report.add("bytes for moving the selection, \(name)", bytes.median, "B", target: 400, ceiling: 3000)
        }
    }

    private mutating func measureScreens(_ console: RunningConsole) throws {
        let screens = Array("1234567890").map(String.init)
        for key in screens { _ = try console.press(key, quiet: 0.7) }
        var all = Samples()
        var slowest = (key: "", time: 0.0)
        for _ in 0..<3 {
            for key in screens {
                let time = try console.press(key, quiet: 0.25).last
                all.add(time)
                if time > slowest.time { slowest = (key, time) }
            }
        }
        report.add("another screen, complete: p50", all.median, "ms", target: 15, ceiling: 50)
        report.add("another screen, complete: slowest (\(slowest.key))", slowest.time, "ms", target: 15, ceiling: 50)
    }

    /// A year of five minutes at a grid connection.
    private mutating func measureCharts(_ console: RunningConsole) throws {
        for character in ":graphs Site 001" { _ = try console.press(String(character), quiet: 0.02) }
        _ = try console.press("\r", quiet: 1)
        for _ in 0..<8 { _ = try console.press("-", quiet: 0.5) }
        var times = Samples()
        for key in ["[", "]", "{", "}", "+", "-", "[", "[", "]", "]", "+", "+", "-", "-"] {
            times.add(try console.press(key, quiet: 0.3).last)
        }
        report.add("zoom or pan over a year of 5 minutes: p50", times.median, "ms", target: 20, ceiling: 60)
        report.add("zoom or pan over a year of 5 minutes: slowest", times.percentile(1), "ms", target: 20, ceiling: 60)
    }

    private mutating func measureFilter(_ console: RunningConsole) throws {
        _ = try console.press("1", quiet: 0.5)
        _ = try console.press("4", quiet: 1)
        _ = try console.press("/", quiet: 0.2)
        var times = Samples()
        for character in "meter 3 hall" { times.add(try console.press(String(character), quiet: 0.1).last) }
        report.add("filter of 5,000 rows, a character: p50", times.median, "ms", target: 5, ceiling: 16)
        report.add("filter of 5,000 rows, a character: slowest", times.percentile(1), "ms", target: 5, ceiling: 16)
        _ = try console.press("\u{1B}", quiet: 0.3)
        _ = try console.press("\u{1B}", quiet: 0.3)
    }

    private mutating func measureIdle() throws {
        let console = try RunningConsole(program, store: store.path, seen: "Site 001", showsSeconds: true)
        _ = try console.press("1", quiet: 1)
        let seconds = 10.0
        func cost(_ meanwhile: (Int) throws -> Void) rethrows -> (processor: Double, bytes: Double) {
            _ = console.terminal.read(quiet: 0.5, limit: 2)
            let before = console.processorTime
            var bytes = 0
            for second in 0..<Int(seconds) {
                try meanwhile(second)
                bytes += console.terminal.read(quiet: 1, limit: 1, until: "\u{0}").bytes.count
            }
            return ((console.processorTime - before) / seconds * 100, Double(bytes) / seconds)
        }
        let still = cost { _ in }
        report.add("idle, clock on: processor", still.processor, "%", target: 0.2, ceiling: 1)
        report.add("idle, clock on: bytes a second", still.bytes, "B", target: 40, ceiling: 200)
        let gateway = try Gateway(store)
        let live = try cost { try gateway.tell(60 + Double($0)) }
        report.add("idle, one value a second: processor", live.processor, "%", target: 0.2, ceiling: 1)
        try gateway.close()
        try console.quit()
    }

    /// How long after another process has stored a value the picture shows it.
    private mutating func measureNews() throws {
        let console = try RunningConsole(program, store: store.path, seen: "Site 001")
        let gateway = try Gateway(store)
        for (key, name) in [("1", "overview"), ("3", "charts of a site")] {
            _ = try console.press(key, quiet: 1.5)
            var times = Samples()
            for index in 0..<6 {
                // Not in step with whoever looks twice a second, nor with the clock.
                let seen = try console.follow(after: 1.5 + Double(index) * 0.13) { try gateway.tell(index % 2 == 0 ? 20 : 95) }
                times.add(seen)
            }
            report.add("value of another process seen, \(name): slowest", times.percentile(1), "ms", target: 600, ceiling: 1000)
        }
        try gateway.close()
        try console.quit()
    }

    /// Typing while the same program answers 500 requests a second.
    private mutating func measureUnderLoad() throws {
        let port = 20_000 + Int(getpid()) % 20_000
        let console = try RunningConsole(
            program, store: store.path, seen: "Site 001", arguments: ["--port", String(port)])
        let load = try RequestLoad(port: port, each: 0.002)
        var times = Samples()
        for index in 0..<150 { times.add(try console.press(index % 40 < 25 ? "j" : "k", quiet: 0.02).first) }
        let rate = load.stop()
        report.add("key while serving \(Int(rate)) requests a second: p95", times.percentile(0.95), "ms", target: 16, ceiling: 30)
        try console.quit()
    }
}
