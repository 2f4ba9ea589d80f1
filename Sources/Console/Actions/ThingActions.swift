import EnergyCore
import Services
import TerminalKit

/// The same letter means the same on every screen, wherever there is such a thing.
@MainActor
enum ThingActions {
    static let all: [Action] = [
        Action(
            "schedule.trigger", "trigger a schedule, preview first", keys: ["t"], hint: "trigger", group: .things,
            when: { situation in
                asset(situation) == nil ? .unavailable("select a site or device first") : .available
            }
        ) { situation in
            asset(situation).map { [.push(TriggerScreen(asset: $0))] } ?? []
        },
        Action(
            "forecast.trigger", "trigger a forecast", keys: ["F"], hint: "forecast", group: .things, writes: true,
            when: { situation in
                sensor(situation) == nil ? .unavailable("select a sensor, or an asset with a power sensor") : .available
            }
        ) { situation in
            guard let sensor = sensor(situation) else { return [] }
            let place = situation.inputs.records?.asset(sensor.assetID)?.name ?? ""
            return [.overlay(ForecastForm.overlay(sensor, place: place, situation.inputs))]
        },
        Action(
            "upload", "upload data into the sensor", keys: ["U"], group: .things, writes: true,
            when: { situation in
                if case .sensor = situation.screen.subject {
                    .available
                } else {
                    .unavailable("select a sensor first: Status (4) lists them")
                }
            }
        ) { situation in
            guard case .sensor(let id) = situation.screen.subject, let sensor = situation.inputs.records?.sensor(id)
            else { return [] }
            return [.overlay(UploadForm.overlay(sensor, situation.inputs))]
        },
        Action(
            "schedule.what-if", "what-if: variants of a schedule for this device", keys: ["w"], hint: "what-if",
            group: .things,
            when: { situation in
                situation.screenID == .compare ? .unavailable("these are variants; a adds one") : hasDevice(situation)
            }
        ) { situation in
            device(situation).map { [.push(CompareScreen(variants: [Variant(name: "now", draft: $0)]))] } ?? []
        },
        Action(
            "schedule.explain", "explain a schedule for this device", keys: ["x"], group: .things, when: hasDevice
        ) { situation in
            device(situation).map { [.push(ExplainScreen(draft: $0, title: $0.title))] } ?? []
        },
        Action("default-view", "make this screen my first one", keys: ["D"], group: .things) { situation in
            let name = situation.screenID.rawValue
            return [.settings { $0.startScreen = name }, .message("the console starts on \(name)")]
        },
    ]

    /// A request for the selected device as it stands, for a day from now on.
    private static func device(_ situation: Situation) -> ScheduleDraft? {
        guard let records = situation.inputs.records, let asset = asset(situation).flatMap({ records.asset($0) }),
            asset.flexModel?.objectValue?.isEmpty == false
        else { return nil }
        return ScheduleRequestText.fresh(asset, records, situation.inputs)
    }

    private static func hasDevice(_ situation: Situation) -> Availability {
        device(situation) != nil
            ? .available : .unavailable("select a device with a flex-model; on a site t opens the form, F7 compares")
    }

    /// The selected sensor, or the power sensor of the selected asset.
    static func sensor(_ situation: Situation) -> Sensor? {
        guard let records = situation.inputs.records else { return nil }
        if case .sensor(let id)? = situation.screen.subject { return records.sensor(id) }
        guard case .asset(let id)? = situation.screen.subject else { return nil }
        return records.sensors(of: id).first { Unit.isPower($0.unit) }
    }

    /// The asset that the selected thing is or belongs to.
    static func asset(_ situation: Situation) -> AssetID? {
        switch situation.screen.subject {
        case .asset(let id): id
        case .sensor(let id): situation.inputs.records?.sensor(id)?.assetID
        default: situation.inputs.place.asset
        }
    }
}
