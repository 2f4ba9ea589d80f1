import EnergyCore
import Services
import TerminalKit

/// When prices are lowest and highest in a window: what an operator looks at them for.
enum PriceNote {
    /// A stretch of prices that differ little from the lowest or the highest.
    struct Stretch: Hashable, Sendable {
        var start: Instant
        var end: Instant
        var low: Double
        var high: Double
    }

    /// The stretches around the lowest and the highest price; nil where prices do not differ.
    static func stretches(_ samples: [SeriesSample]) -> (cheap: Stretch, dear: Stretch)? {
        guard let low = samples.indices.min(by: { samples[$0].mean < samples[$1].mean }),
            let high = samples.indices.max(by: { samples[$0].mean < samples[$1].mean }),
            samples[low].mean < samples[high].mean
        else { return nil }
        let margin = 0.2 * (samples[high].mean - samples[low].mean)
        return (
            stretch(samples, around: low) { $0 <= samples[low].mean + margin },
            stretch(samples, around: high) { $0 >= samples[high].mean - margin }
        )
    }

    private static func stretch(_ samples: [SeriesSample], around index: Int, _ belongs: (Double) -> Bool) -> Stretch {
        var (first, last) = (index, index)
        while first > 0, samples[first - 1].end == samples[first].start, belongs(samples[first - 1].mean) { first -= 1 }
        while last + 1 < samples.count, samples[last].end == samples[last + 1].start, belongs(samples[last + 1].mean) {
            last += 1
        }
        let means = samples[first...last].map(\.mean)
        return Stretch(
            start: samples[first].start, end: samples[last].end, low: means.min() ?? 0, high: means.max() ?? 0)
    }

    /// `cheap 12:00-15:00 9..17`, and the same for the highest; `cheap 12-15 h` where room is short.
    @MainActor
    static func spans(_ panel: PanelData, _ inputs: ScreenInputs, withFigures: Bool) -> [Span] {
        let view = inputs.chart
        let samples = panel.lines.first?.samples.filter { $0.end > view.start && $0.start < view.end }
        guard let samples, let found = stretches(samples) else { return [] }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        func text(_ word: String, _ stretch: Stretch) -> Span {
            let from = format.short(stretch.start)
            let isOneDay = format.day(stretch.start) == format.day(stretch.end - TimeSpan(microseconds: 1))
            let until = isOneDay ? format.minute(stretch.end) : format.short(stretch.end)
            guard withFigures else {
                let isWhole = isOneDay && [from, until].allSatisfy { $0.hasSuffix(":00") && $0.count == 5 }
                let hours = isWhole ? "\(from.dropLast(3))-\(until.dropLast(3)) h" : "\(from)-\(until)"
                return Span("   \(word) \(hours)", .secondary)
            }
            let figures = [stretch.low, stretch.high].map { NumberFormat.significant($0) }
            let range = figures[0] == figures[1] ? figures[0] : "\(figures[0])..\(figures[1])"
            return Span("   \(word) \(from)-\(until) \(range)", .secondary)
        }
        return [text("cheap", found.cheap), text("dear", found.dear)]
    }
}
