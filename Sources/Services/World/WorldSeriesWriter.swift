import EnergyCore
import Store

/// Takes the beliefs of a sensor apart into series of a world file.
struct WorldSeriesWriter {
    let sensor: Sensor
    let path: String

    /// The name by which series refer to a source.
    static func key(of source: DataSourceID) -> String { "source-\(source)" }

    /// Beliefs that share source, probability and either horizon or belief time, in one entry as long as gaps are short.
    func entries(in transaction: ReadTransaction) throws -> [JSONValue] {
        let columns = try transaction.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live))
        var groups: [Group: [(start: Int64, value: Double)]] = [:]
        var order: [Group] = []
        for index in 0..<columns.count {
            let belief = columns[index]
            let group = Group(
                source: belief.sourceID, horizon: belief.horizon, probability: belief.cumulativeProbability)
            if groups[group] == nil { order.append(group) }
            groups[group, default: []].append((columns.starts[index], belief.value))
        }
        return order.flatMap { group in runs(groups[group] ?? []).map { entry($0, group) } }
    }

    private struct Group: Hashable {
        let source: DataSourceID
        let horizon: TimeSpan
        let probability: Double
    }

    private struct Run {
        var start: Int64
        var step: TimeSpan
        var values: [JSONValue]
    }

    /// Cuts a series where it leaves the grid or where a gap is longer than its nulls are worth.
    private func runs(_ points: [(start: Int64, value: Double)]) -> [Run] {
        let step = step(of: points)
        let zone = Zone.named(sensor.timezone) ?? .utc
        let isDaily = step > .zero && step.microseconds % TimeSpan.days(1).microseconds == 0
        let days = Int(step.microseconds / TimeSpan.days(1).microseconds)
        var runs: [Run] = []
        var next: Int64 = 0
        for point in points {
            var skipped = 0
            while !runs.isEmpty && step > .zero && skipped < Self.longestGap && next < point.start {
                next = isDaily ? zone.adding(days: days, to: Instant(seconds: next)).seconds : next + step.seconds
                skipped += 1
            }
            if runs.isEmpty || next != point.start || step == .zero {
                runs.append(Run(start: point.start, step: step, values: []))
                next = point.start
            } else {
                runs[runs.count - 1].values += [JSONValue](repeating: .null, count: skipped)
            }
            runs[runs.count - 1].values.append(.double(point.value))
            next = isDaily ? zone.adding(days: days, to: Instant(seconds: next)).seconds : next + step.seconds
        }
        return runs
    }

    private static let longestGap = 200

    /// The sensor's resolution; for instantaneous sensors the shortest distance that occurs.
    private func step(of points: [(start: Int64, value: Double)]) -> TimeSpan {
        if sensor.resolution > .zero { return sensor.resolution }
        let distances = zip(points, points.dropFirst()).map { $1.start - $0.start }.filter { $0 > 0 }
        return .seconds(distances.min() ?? 0)
    }

    private func entry(_ run: Run, _ group: Group) -> JSONValue {
        var entry: JSONObject = [
            "sensor": .string(path), "source": .string(Self.key(of: group.source)),
            "start": .string(Instant(seconds: run.start).utcText),
            "horizon": .string(group.horizon.isoText(.days, signed: true)),
        ]
        if sensor.resolution == .zero { entry["resolution"] = .string(run.step.isoText(.days)) }
        if group.probability != 0.5 { entry["cumulative_probability"] = .double(group.probability) }
        entry["values"] = .array(run.values)
        return .object(entry)
    }
}

extension TimeSpan {
    fileprivate var seconds: Int64 { microseconds / 1_000_000 }
}
