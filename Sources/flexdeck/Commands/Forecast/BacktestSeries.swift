import EnergyCore
import Forecasting
import Foundation

/// The values of one series of a back-test on a regular grid.
struct BacktestSeries {
    private let entry: BacktestManifest.Entry
    private let start: Instant
    private var values: [Double]
    private var regressors: [[Double]]

    /// Reads `time,value[,regressor...]`; empty cells and absent rows are missing values.
    init(_ entry: BacktestManifest.Entry) throws {
        self.entry = entry
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: entry.file)), as: UTF8.self)
        var lines = text.split(whereSeparator: \.isNewline)
        guard !lines.isEmpty else { throw CommandFailure("\(entry.file) is empty.") }
        let header = lines.removeFirst().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let columns = try (["value"] + entry.regressors).map { name in
            guard let column = header.firstIndex(of: name) else {
                throw CommandFailure("\(entry.file) has no column '\(name)'.")
            }
            return column
        }
        var times: [Instant] = []
        var rows: [[Double]] = []
        for line in lines {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard let cell = cells.first else { continue }
            times.append(try Instant(parsing: String(cell)))
            rows.append(columns.map { $0 < cells.count ? Double(cells[$0]) ?? .nan : .nan })
        }
        guard let first = times.min(), let last = times.max() else {
            throw CommandFailure("\(entry.file) has no rows.")
        }
        let step = entry.resolution.microseconds
        var table = [[Double]](
            repeating: [Double](repeating: .nan, count: Int((last - first).microseconds / step) + 1),
            count: columns.count)
        for (time, row) in zip(times, rows) {
            let index = Int((time - first).microseconds / step)
            for (column, value) in row.enumerated() { table[column][index] = value }
        }
        start = first
        values = table[0]
        regressors = Array(table.dropFirst())
    }

    /// What is known at an origin, with the regressors over the horizon.
    func input(before origin: Instant, history: TimeSpan?) -> ForecastInput {
        let step = entry.resolution.microseconds
        let known = min(max(Int((origin - start).microseconds / step), 0), values.count)
        let horizon = Int(entry.horizon.microseconds / step)
        let first = history.map { max(0, known - Int($0.microseconds / step)) } ?? 0
        let zone = entry.zone
        // An origin after the last row leaves a silence, which the forecaster must bridge.
        let silence = max(0, Int((origin - start).microseconds / step) - known)
        var input = ForecastInput(
            start: start + entry.resolution * first, resolution: entry.resolution,
            values: Array(values[first..<known]) + Array(repeating: .nan, count: silence), horizon: horizon,
            utcOffset: { .seconds(Int64(zone.offset(at: $0))) })
        let end = known + silence + horizon
        input.regressors = zip(entry.regressors, regressors).map { name, column in
            let padding = [Double](repeating: .nan, count: max(0, end - column.count))
            return Regressor(name: name, values: Array((column + padding)[first..<end]))
        }
        return input
    }
}
