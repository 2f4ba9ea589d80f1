import EnergyCore
import Services
import Synchronization
import TerminalKit

/// Which sensor's forecasts are held against what was measured.
struct ForecastErrorsQuery: Hashable, Sendable {
    var sensor: SensorID
    var belief: BeliefHorizon
    var quarter: Int64
}

/// Errors of a sensor's forecasts, found in the background: of the selected one first, then of those in sight. Who moves
/// on ends the work on what was selected before.
@MainActor
final class ForecastErrorsModel {
    nonisolated static let days = 7
    /// So many rows get a figure of their own.
    private static let mostFigures = 40

    /// The sensor that is selected now, for work that looks whether it is still wanted.
    private final class Wanted: Sendable {
        let sensor = Atomic<Int>(0)
    }

    private let wanted: Wanted
    private let selected: ViewModel<ForecastErrorsQuery, ForecastErrors>
    private let others: ViewModel<ForecastErrorsQuery, ForecastErrors>
    private var found: [SensorID: ForecastErrors] = [:]
    private var basis: ForecastErrorsQuery?
    /// Counts what was found, for those who keep pictures of it.
    private(set) var version = 0

    init() {
        let wanted = Wanted()
        self.wanted = wanted
        selected = ViewModel { query, data in
            try Self.load(query, data) { wanted.sensor.load(ordering: .relaxed) != query.sensor }
        }
        // One that cannot be read must not keep those after it from being looked at.
        others = ViewModel { (try? Self.load($0, $1) { false }) ?? ForecastErrors() }
    }

    subscript(sensor: SensorID) -> ForecastErrors? { found[sensor] }

    nonisolated private static func load(
        _ query: ForecastErrorsQuery, _ data: ConsoleData, isCancelled: () -> Bool
    ) throws -> ForecastErrors {
        try data.services.forecasts.errors(
            of: query.sensor, before: query.belief.moment(now: data.now), days: days, as: query.belief,
            caller: data.caller, isCancelled: isCancelled)
    }

    /// Asks for the errors of the selected sensor, and once they are there for one of the others after the other.
    func ask(_ sensor: SensorID, others rows: [SensorID], _ inputs: ScreenInputs) {
        let query = ForecastErrorsQuery(sensor: sensor, belief: inputs.belief, quarter: inputs.now.seconds / 900)
        if basis?.belief != query.belief || basis?.quarter != query.quarter {
            found = [:]
            version += 1
        }
        basis = query
        wanted.sensor.store(sensor, ordering: .relaxed)
        selected.ask(query, inputs)
        keep(selected)
        keep(others)
        // While past moments are played there is no time for more than the selected one.
        guard found[sensor] != nil, inputs.belief == .live else { return }
        guard let next = rows.prefix(Self.mostFigures).first(where: { found[$0] == nil }) else { return }
        var other = query
        other.sensor = next
        others.ask(other, inputs)
    }

    private func keep(_ model: ViewModel<ForecastErrorsQuery, ForecastErrors>) {
        guard let value = model.value, let query = model.answered, query.quarter == basis?.quarter,
            query.belief == basis?.belief, found[query.sensor] != value
        else { return }
        found[query.sensor] = value
        version += 1
    }

    /// A figure of the error over the horizon, so many cells wide.
    func figure(_ sensor: SensorID, width: Int, _ glyphs: GlyphSet) -> String {
        found[sensor].map { Strip.spark($0.byHorizon.prefix(48).map(\.error), width: width, glyphs: glyphs) } ?? ""
    }
}
