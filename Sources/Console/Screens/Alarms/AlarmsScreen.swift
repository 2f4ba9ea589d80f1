import EnergyCore
import Services
import TerminalKit

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
    var detailPanels: [PanelData] { shownSensor == nil ? [] : chart.value?.panels ?? [] }

    private var shownSensor: SensorID? {
        guard let id = selectedRow?.id else { return nil }
        return model.value?.cleared[id].flatMap(\.staleSensor) ?? selectedAlarm?.sensor
    }

    private(set) var detailLines: [DetailLine] = []

    private func lines(_ format: TimeFormat) -> [DetailLine] {
        guard let model = model.value, let id = selectedRow?.id else { return [] }
        if let record = model.cleared[id] {
            let went = record.clearedAt.map {
                "  went \(format.full($0)), after \(TimeFormat.age($0 - record.raisedAt))"
            }
            return [
                .heading("IT IS OVER   \(record.place)  \(record.title)"),
                DetailLine("Came         \(format.full(record.raisedAt))\(went ?? "")"),
                DetailLine("Last times   \(model.past.lastTimes(record.subject, format))"),
            ]
        }
        guard let alarm = selectedAlarm else { return [] }
        return [
            .heading("WHAT TO DO   \(alarm.place)"), DetailLine("Consequence  \(alarm.consequence)"),
            DetailLine("First check  \(alarm.firstCheck)"), DetailLine("Then         \(alarm.nextStep)"),
            DetailLine("Last time    \(model.past.lastTimes(alarm.subject, format))", .secondary),
            DetailLine("Detail       \(alarm.detail)", .secondary),
        ]
    }

    /// How many came, and which come most: under the rest where there is room.
    func footing(in size: GridSize) -> Int { size.rows >= 30 ? 9 : 0 }

    func drawFooting(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        guard let past = model.value?.past else { return }
        let (rate, talkers) = rect.splitBottom(2)
        AlarmRate(past: past).draw(on: &canvas, in: rate, inputs)
        canvas.titleRule("WORST TALKERS  7 days", in: talkers.row(0))
        canvas.text(past.talkersText(width: talkers.width - 2), x: talkers.x + 1, y: talkers.y + 1)
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage {
        var page = listPage(inputs)
        let isUrgent = model.value?.alarms.contains { $0.isActive && $0.priority == .alarm } ?? false
        if isUrgent { page.severity = .alarm }
        if let past = model.value?.past {
            page.lines.append(AlarmRate(past: past).sentence(inputs))
            page.lines.append("worst talkers of 7 days: \(past.talkersText(width: 500))")
        }
        return page
    }

    func update(_ inputs: ScreenInputs) {
        model.ask(
            AlarmsQuery(
                account: inputs.place.account, belief: inputs.belief, minute: inputs.now.seconds / 60, zone: inputs.zone
            ), inputs)
        pane.fit(rows)
        detailLines = lines(TimeFormat(zone: inputs.zone, now: inputs.now))
        fitRows()
        guard let sensor = shownSensor else { return }
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
        ) { screen, situation in
            let alarms = screen.chosenAlarms.filter { $0.kind != .noPlan }
            if let refusal = refusal(alarms, situation.inputs) { return [refusal] }
            guard !alarms.isEmpty else {
                return [.message("this warning ends with the next schedule; shelve it if it is known")]
            }
            return withNote(alarms) { note in
                [
                    AlarmWork.intent("acknowledge", alarms) { data in
                        let deed = try data.services.alarms.acknowledge(
                            alarms.map(\.id), note: note, as: data.caller)
                        let what = alarms.count == 1 ? ": \(alarms[0].text)" : " \(alarms.count) alarms"
                        return (deed, "acknowledged\(what)")
                    }
                ]
            }
        },
        .on(
            AlarmsScreen.self, "shelve", "shelve until a time", keys: ["H"], hint: "shelve", writes: true,
            when: available
        ) { screen, situation in
            let alarms = screen.chosenAlarms.filter { $0.kind != .noPlan }
            guard !alarms.isEmpty else { return [.message("this warning cannot be shelved; t makes a plan")] }
            let inputs = situation.inputs
            if let refusal = refusal(alarms, inputs) { return [refusal] }
            return [
                .overlay(
                    PromptOverlay(label: "shelve until (18:00, tomorrow 6, +2h):", text: "+2h") { text in
                        guard let moment = MomentText.parse(text, now: inputs.now, zone: inputs.zone),
                            moment > inputs.now
                        else {
                            return [.message("\"\(text)\" is not a time to come")]
                        }
                        return withNote(alarms) { note in
                            [
                                AlarmWork.intent("shelve", alarms) { data in
                                    let deed = try data.services.alarms.shelve(
                                        alarms.map(\.id), until: moment, note: note, as: data.caller)
                                    let format = TimeFormat(zone: inputs.zone, now: inputs.now)
                                    return (deed, "shelved until \(format.short(moment))")
                                }
                            ]
                        }
                    })
            ]
        },
        .on(AlarmsScreen.self, "history", "details and history", keys: ["i"], hint: "history", when: available) {
            screen, situation in
            screen.history(TimeFormat(zone: situation.inputs.zone, now: situation.inputs.now)).map { [.overlay($0)] }
                ?? []
        },
    ]

    private func history(_ format: TimeFormat) -> TextOverlay? {
        guard let alarm = selectedAlarm else { return nil }
        let count = model.value?.past.seen[alarm.subject] ?? 1
        let times = model.value?.past.before[alarm.subject, default: []] ?? []
        var lines = [alarm.text, "", alarm.detail, "", alarm.consequence, alarm.firstCheck, alarm.nextStep, ""]
        lines.append(
            (count > 1 ? "seen \(count) times" : "seen once") + " in 30 days" + (times.isEmpty ? "" : "; before:"))
        lines += times.map { record in
            let end = record.clearedAt.map { " - \(format.full($0)), \(TimeFormat.age($0 - record.raisedAt))" } ?? ""
            return "  \(format.full(record.raisedAt))\(end)"
        }
        return TextOverlay(title: "ALARM", lines: lines)
    }

    /// Nobody is asked for times and notes that cannot be kept.
    private static func refusal(_ alarms: [AlarmRow], _ inputs: ScreenInputs) -> Intent? {
        guard let records = inputs.records else { return nil }
        let isAllowed = alarms.allSatisfy { alarm in
            guard let asset = alarm.asset.flatMap(records.asset) else { return true }
            return AccessPolicy.allows(inputs.data.caller, to: .update, records.resource(asset))
        }
        return isAllowed ? nil : .failure(ErrorText(AccessError.forbidden))
    }

    /// What is urgent is not put aside without being asked why.
    private static func withNote(_ alarms: [AlarmRow], _ then: @escaping @MainActor (String) -> [Intent]) -> [Intent] {
        guard alarms.contains(where: { $0.priority == .alarm }) else { return then("") }
        return [.overlay(PromptOverlay(label: "note for the others (Enter alone: none):") { then($0.trimmed) })]
    }

    private static func available(_ screen: AlarmsScreen, _ situation: Situation) -> Availability {
        screen.selectedAlarm == nil ? .unavailable("no alarm is selected") : .available
    }
}
