import EnergyCore
import Services
import TerminalKit

/// One line of a panel: a sensor's data of one kind.
package struct PanelLine: Hashable, Sendable {
    package var name: String
    package var sensor: SensorID
    package var kind: SeriesKind
    package var line: ChartLine
    /// Moments instead of intervals: state of charge, temperature.
    package var isInstant: Bool
    package var samples: [SeriesSample]
    package var ranges: [SeriesRange] = []
    /// Whether the sensor has a fixed step, so that missing values can be told.
    package var marksGaps = false
    /// Who gave the values, when it is one.
    package var source = ""
    /// Whether it was computed from other sensors' data: it is no data of the sensor.
    package var isComputed = false

    /// The value that holds at a moment; of readings the last one within an hour before.
    package func sample(at moment: Instant) -> SeriesSample? {
        guard let index = samples.lastIndex(where: { $0.start <= moment }) else { return nil }
        let found = samples[index]
        if isInstant { return moment - found.start <= .hours(1) ? found : nil }
        return moment < found.end ? found : nil
    }
}

/// A value that is wanted at a moment.
package struct PanelMark: Hashable, Sendable {
    package var time: Instant
    package var value: Double
}

/// The data of one panel, in one unit.
package struct PanelData: Hashable, Sendable {
    package var title: String
    package var unit: String
    package var lines: [PanelLine]
    package var limits: [ChartLimit] = []
    /// Single points: targets.
    package var marks: [PanelMark] = []
    package var includesZero = true
    package var isPrice = false
    /// Drawn low, as bars, whatever it is about.
    package var isStrip = false
    /// `+ consumption` where the sign has a meaning.
    package var signNote = ""
    /// What else the title says, such as a limit too far away to be drawn.
    package var note = ""

    /// A panel of lines that were computed.
    package init(title: String, unit: String, lines: [PanelLine], isPrice: Bool = false) {
        self.title = title
        self.unit = unit
        self.lines = lines
        self.isPrice = isPrice
    }

    /// The panel of some sensors, from what the services gave.
    package init(_ shown: ShownPanel, _ series: [SeriesData], names: [SensorID: String]) {
        title = shown.title
        let found = shown.sensors.compactMap { sensor in series.first { $0.sensor.id == sensor.id } }
        let common = Unit.smallestCommon(found.map(\.sensor.unit))
        unit = common.unit == "a.u." ? (found.first?.sensor.unit ?? "") : common.unit
        lines = []
        let first = found.first?.sensor
        for (index, data) in found.enumerated() {
            var factor = common.factors.indices.contains(index) ? common.factors[index] : 1
            // One chart has one direction, that of its first sensor.
            if Unit.dimensionWord(unit) == "power", let first,
                data.sensor.consumptionIsPositive != first.consumptionIsPositive
            {
                factor = -factor
            }
            for part in data.parts {
                lines.append(
                    Self.line(
                        part, data.sensor, factor: factor, index: index,
                        name: found.count > 1 ? names[data.sensor.id] : nil))
            }
        }
        let word = Unit.dimensionWord(unit) ?? ""
        isPrice = Unit.isPrice(unit)
        includesZero = word != "temperature"
        if word == "power", let first { signNote = first.consumptionIsPositive ? Self.consumption : Self.production }
        scaleUnit()
    }

    static let consumption = "+ consumption"
    static let production = "+ production"

    private static func line(_ part: SeriesPart, _ sensor: Sensor, factor: Double, index: Int, name: String?)
        -> PanelLine
    {
        let kindName =
            switch part.kind {
            case .measured: "measured"
            case .forecast: "forecast"
            case .plan: "plan"
            }
        let line: ChartLine =
            switch part.kind {
            case .measured: index == 0 ? .measured : .other
            case .forecast: .forecast
            case .plan: .plan
            }
        var samples = part.samples
        var ranges = part.ranges
        if factor != 1 {
            samples = samples.map { $0.scaled(by: factor) }
            ranges = ranges.map { $0.scaled(by: factor) }
        }
        return PanelLine(
            name: name.map { part.kind == .measured ? $0 : "\($0) \(kindName)" } ?? kindName, sensor: sensor.id,
            kind: part.kind,
            line: line, isInstant: sensor.resolution == .zero, samples: samples, ranges: ranges,
            marksGaps: part.kind == .measured && sensor.resolution > .zero,
            source: part.sources.count == 1 ? part.sources[0].name : "")
    }

    /// One prefix for the whole chart, by its largest value.
    private mutating func scaleUnit() {
        let steps: [String: (next: String, from: Double)] = [
            "W": ("kW", 1e4), "kW": ("MW", 1e4), "Wh": ("kWh", 1e4), "kWh": ("MWh", 1e5),
        ]
        let largest = lines.flatMap { $0.samples.map { max(abs($0.minimum), abs($0.maximum)) } }.max() ?? 0
        guard let step = steps[unit], largest >= step.from else { return }
        unit = step.next
        scale(by: 1e-3)
    }

    private mutating func scale(by factor: Double) {
        for index in lines.indices {
            lines[index].samples = lines[index].samples.map { $0.scaled(by: factor) }
            lines[index].ranges = lines[index].ranges.map { $0.scaled(by: factor) }
        }
        for index in limits.indices { limits[index].value *= factor }
        for index in marks.indices { marks[index].value *= factor }
    }

    private static let prefixes: [ConsoleSettings.Units: (from: [String: Double], power: String, energy: String)] = [
        .kilo: (["W": 1e-3, "MW": 1e3, "GW": 1e6, "Wh": 1e-3, "MWh": 1e3, "GWh": 1e6], "kW", "kWh"),
        .mega: (["W": 1e-6, "kW": 1e-3, "GW": 1e3, "Wh": 1e-6, "kWh": 1e-3, "GWh": 1e3], "MW", "MWh"),
    ]

    /// Only what begins in a window: whoever reads charts is given the values around it, too.
    func within(_ window: Range<Instant>) -> PanelData {
        var panel = self
        for index in lines.indices {
            panel.lines[index].samples = lines[index].samples.filter { window.contains($0.start) }
            panel.lines[index].ranges = lines[index].ranges.filter { window.contains($0.start) }
        }
        return panel
    }

    /// In the units and the direction that the user has chosen.
    func wanted(_ settings: ConsoleSettings) -> PanelData {
        var panel = self
        if let target = Self.prefixes[settings.units], let factor = target.from[unit] {
            panel.unit = unit.hasSuffix("h") ? target.energy : target.power
            panel.scale(by: factor)
        }
        let note: String? =
            switch settings.sign {
            case .recorded: nil
            case .consumption: Self.consumption
            case .production: Self.production
            }
        if let note, !signNote.isEmpty, signNote != note {
            panel.signNote = note
            panel.scale(by: -1)
        }
        return panel
    }
}
