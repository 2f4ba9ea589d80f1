import EnergyCore
import Services
import TerminalKit

/// What the Alarms screen depends on.
struct AlarmsQuery: Hashable, Sendable {
    var account: AccountID?
    var belief: BeliefHorizon
    var minute: Int64
    var zone: Zone
}

/// Everything that needs attention, with what to do about it.
struct AlarmsModel: Hashable, Sendable {
    var alarms: [AlarmRow] = []
    var list: ListModel

    @Sendable
    static func load(_ query: AlarmsQuery, _ data: ConsoleData) throws -> AlarmsModel {
        let alarms = try data.alarms.list(account: query.account, belief: query.belief, data).rows
        let format = TimeFormat(zone: query.zone, now: data.now)
        let columns = [
            TableColumn("p", "P", width: 1), TableColumn("state", "state", width: 7),
            TableColumn("since", "since", width: 12),
            TableColumn("lasted", "lasted", width: 7, align: .right, rank: 2),
            TableColumn("what", "what", width: 30, grow: 3),
            TableColumn("where", "where", width: 16, grow: 1), TableColumn("owner", "owner", width: 10, rank: 3),
        ]
        let rows = alarms.map { alarm in
            let role: Role =
                alarm.state == .shelved
                ? .secondary : alarm.priority == .warning ? .warning : alarm.state == .new ? .alarm : .alarmAcknowledged
            let owner = alarm.shelvedUntil.map { "until \(format.short($0))" } ?? alarm.owner
            return RowModel(
                id: alarm.id,
                cells: [
                    "p": Span(alarm.priority.letter, role), "state": Span(alarm.state.rawValue),
                    "since": Span(alarm.since.map { format.short($0) } ?? "", .secondary),
                    "lasted": Span(alarm.since.map { TimeFormat.age(data.now - $0) } ?? ""), "what": Span(alarm.text),
                    "where": Span(alarm.place), "owner": Span(owner, .secondary),
                ], sortKeys: ["lasted": alarm.since.map { -$0.microseconds }.map(Double.init) ?? 0],
                needsAttention: alarm.state == .new)
        }
        var list = ListModel(title: "ALARMS", columns: columns, rows: rows)
        list.path = ["Alarms"]
        list.emptyText = "nothing needs attention"
        let active = alarms.filter(\.isActive)
        let urgent = active.filter { $0.priority == .alarm }.count
        let lastHour = active.filter { alarm in alarm.since.map { data.now - $0 < .hours(1) } ?? false }.count
        list.footer =
            "\(urgent) active, \(active.count - urgent) warnings, \(alarms.count - active.count) shelved, rate "
            + "\(lastHour)/h (good: under 6/h)"
        return AlarmsModel(alarms: alarms, list: list)
    }
}

/// Reached from everywhere with `A`.
@MainActor
final class AlarmsScreen: ListScreen {
    static let id = ScreenID.alarms
    private let model = ViewModel<AlarmsQuery, AlarmsModel>(AlarmsModel.load)
    private let chart = ViewModel<SensorDetailQuery, SensorDetailModel>(SensorDetailModel.load)
    var pane = ListPane()
    var detailState = ListState()
    var focus = 0
    var isPaneAlone = false

    var tab: ScreenID { .overview }
    var listModel: ListModel? { model.value?.list }
    var listFailure: ErrorText? { model.failure }
    var selectedAlarm: AlarmRow? { model.value?.alarms.first { $0.id == selectedRow?.id } }
    var chosenAlarms: [AlarmRow] {
        let ids = Set(chosenRows.map(\.id))
        return model.value?.alarms.filter { ids.contains($0.id) } ?? []
    }

    /// The sensor where data are what is missing, so that F, U and Enter are about it.
    var subject: Subject? {
        if let alarm = selectedAlarm, alarm.kind == .stale, let sensor = alarm.sensor { return .sensor(sensor) }
        return selectedAlarm?.asset.map { .asset($0) }
    }

    var detailsComeFirst: Bool { true }
    /// What the sensor recorded, so that a gap is seen as a gap.
    var detailPanels: [PanelData] { selectedAlarm?.sensor == nil ? [] : chart.value?.panels ?? [] }

    var detailLines: [DetailLine] {
        guard let alarm = selectedAlarm else { return [] }
        return [
            .heading("WHAT TO DO   \(alarm.place)"), DetailLine("Consequence  \(alarm.consequence)"),
            DetailLine("First check  \(alarm.firstCheck)"), DetailLine("Then         \(alarm.nextStep)"),
            DetailLine("Detail       \(alarm.detail)", .secondary),
        ]
    }

    func update(_ inputs: ScreenInputs) {
        model.ask(
            AlarmsQuery(
                account: inputs.place.account, belief: inputs.belief, minute: inputs.now.seconds / 60, zone: inputs.zone
            ), inputs)
        fitRows()
        guard let sensor = selectedAlarm?.sensor else { return }
        chart.ask(SensorDetailQuery(sensor, inputs), inputs)
    }

    func openRow(_ row: RowModel, _ inputs: ScreenInputs) -> [Intent] {
        guard let alarm = selectedAlarm else { return [] }
        if let job = alarm.job { return [.open(.jobs, nil), .select(.jobs, job)] }
        guard let asset = alarm.asset else { return [] }
        let place = Place(account: inputs.place.account, asset: asset)
        return [.open(alarm.kind == .stale ? .status : alarm.kind == .noPlan ? .schedules : .graphs, place)]
    }

    static let actions: [Action] = [
        .on(
            AlarmsScreen.self, "acknowledge", "acknowledge", keys: ["a"], hint: "acknowledge", writes: true,
            when: available
        ) { screen, _ in
            let alarms = screen.chosenAlarms.filter { $0.kind != .noPlan }
            guard !alarms.isEmpty else {
                return [.message("this warning ends with the next schedule; shelve it if it is known")]
            }
            return [
                AlarmWork.intent("acknowledge", alarms) { data in
                    let deed = try data.services.alarms.acknowledge(alarms.map(\.id), as: data.caller)
                    let what = alarms.count == 1 ? ": \(alarms[0].text)" : " \(alarms.count) alarms"
                    return (deed, "acknowledged\(what)")
                }
            ]
        },
        .on(
            AlarmsScreen.self, "shelve", "shelve until a time", keys: ["H"], hint: "shelve", writes: true,
            when: available
        ) { screen, situation in
            let alarms = screen.chosenAlarms.filter { $0.kind != .noPlan }
            guard !alarms.isEmpty else { return [.message("this warning cannot be shelved; t makes a plan")] }
            let inputs = situation.inputs
            return [
                .overlay(
                    PromptOverlay(label: "shelve until (18:00, tomorrow 6, +2h):", text: "+2h") { text in
                        guard let moment = MomentText.parse(text, now: inputs.now, zone: inputs.zone),
                            moment > inputs.now
                        else {
                            return [.message("\"\(text)\" is not a time to come")]
                        }
                        return [
                            AlarmWork.intent("shelve", alarms) { data in
                                let deed = try data.services.alarms.shelve(
                                    alarms.map(\.id), until: moment, as: data.caller)
                                let format = TimeFormat(zone: inputs.zone, now: inputs.now)
                                return (deed, "shelved until \(format.short(moment))")
                            }
                        ]
                    })
            ]
        },
        .on(AlarmsScreen.self, "history", "details", keys: ["i"], when: available) { screen, _ in
            guard let alarm = screen.selectedAlarm else { return [] }
            return [
                .overlay(
                    TextOverlay(
                        title: "ALARM",
                        lines: [alarm.text, "", alarm.detail, "", alarm.consequence, alarm.firstCheck, alarm.nextStep]))
            ]
        },
    ]

    private static func available(_ screen: AlarmsScreen, _ situation: Situation) -> Availability {
        screen.selectedAlarm == nil ? .unavailable("no alarm is selected") : .available
    }
}
