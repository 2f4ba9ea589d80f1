import EnergyCore
import Services

/// Why data are fresh or stale, short enough for a table: ages are rounded as people say them.
enum StalenessText {
    /// Readings without a fixed step count as late from the first second on; an hour is what a person would call late.
    static func isTrouble(_ verdict: Staleness, of sensor: Sensor) -> Bool {
        guard verdict.isStale, case .measured = verdict.grounds, sensor.resolution == .zero else {
            return verdict.isStale
        }
        return (verdict.staleness ?? .zero) >= .hours(1)
    }

    static func brief(_ verdict: Staleness) -> String {
        let age = verdict.staleness ?? .zero
        switch verdict.grounds {
        case .noData: return "nothing recorded"
        case .ended: return "ended, nothing lies ahead"
        case .outlook(let needed):
            return verdict.isStale
                ? "needs \(TimeFormat.age(.zero - needed)) ahead" : "reaches far enough"
        case .measured(let allowed):
            if age < .zero { return "known \(TimeFormat.age(.zero - age)) ahead" }
            let limit = allowed == .zero ? "" : "limit \(TimeFormat.age(allowed))"
            if !verdict.isStale { return limit.isEmpty ? "fresh" : limit }
            return limit.isEmpty ? "silent" : "silent, \(limit)"
        }
    }

    /// A sentence for details.
    static func sentence(_ verdict: Staleness) -> String {
        let age = verdict.staleness ?? .zero
        switch verdict.grounds {
        case .noData: return "nothing is recorded"
        case .ended: return "nothing is known about the time ahead, though this source should tell"
        case .outlook(let needed):
            return "the last value is \(TimeFormat.age(.zero - age)) ahead; "
                + (verdict.isStale ? "it should be" : "it need be only") + " \(TimeFormat.age(.zero - needed)) ahead"
        case .measured(let allowed):
            if age < .zero { return "the last value is \(TimeFormat.age(.zero - age)) ahead" }
            return "the last value is \(TimeFormat.age(age)) old"
                + (allowed == .zero ? "" : "; it may be \(TimeFormat.age(allowed)) old")
        }
    }
}
