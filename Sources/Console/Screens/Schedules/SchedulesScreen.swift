import EnergyCore
import Services
import TerminalKit

/// The plans of all devices of a place, and the jobs that made them.
@MainActor
final class SchedulesScreen: ListScreen {
    static let id = ScreenID.schedules
    private let model = ViewModel<SchedulesQuery, SchedulesModel>(SchedulesModel.load)
    private let charts = ViewModel<GraphsQuery, ScheduleCharts>(ScheduleCharts.load)
    private var lines: [DetailLine] = []
    var pane = ListPane()
    var detailState = ListState()
    var focus = 0
    var isPaneAlone = false

    var listModel: ListModel? { model.value?.list }
    var listFailure: ErrorText? { model.failure }
    var detailLines: [DetailLine] { lines }
    var detailPanels: [PanelData] {
        guard selectedAsset != nil, var panels = charts.value?.panels else { return [] }
        // Where room is short, the stock is one row of bars and the power keeps the rest.
        if isLow, panels.count > 1 {
            for index in panels.indices where Unit.isEnergy(panels[index].unit) { panels[index].isStrip = true }
        }
        return panels
    }
    private var isLow = false
    var selectedJob: Job? { selectedRow.flatMap { model.value?.jobs[$0.id] } }
    var selectedDevice: Asset? { selectedRow.flatMap { model.value?.devices[$0.id] } }
    private var records: Directory?

    private var selectedAsset: AssetID? {
        selectedDevice?.id
            ?? selectedJob.flatMap { job in job.assetID ?? job.sensorID.flatMap { records?.sensor($0)?.assetID } }
    }

    var subject: Subject? { selectedAsset.map { .asset($0) } }
    var focusKind: PaneKind { focus == 1 && !detailPanels.isEmpty ? .chart : .list }

    func update(_ inputs: ScreenInputs) {
        records = inputs.records
        isLow = inputs.body.rows < 30
        model.ask(
            SchedulesQuery(
                asset: inputs.place.asset, belief: inputs.belief, zone: inputs.zone, minute: inputs.now.seconds / 60),
            inputs)
        fitRows()
        lines = selectedJob.map { JobText.details($0, place: selectedRow?.text("for") ?? "", inputs) } ?? []
        guard let asset = selectedAsset else { return }
        let columns = max(1, ChartRenderer.columns(width: inputs.body.columns))
        charts.ask(
            GraphsQuery(
                asset: asset, belief: inputs.belief, start: inputs.chart.start, end: inputs.chart.end,
                step: inputs.chart.step(columns: columns)),
            inputs)
    }

    func openRow(_ row: RowModel, _ inputs: ScreenInputs) -> [Intent] {
        if let job = selectedJob, job.state == .failed { return [.open(.jobs, nil), .select(.jobs, job.id)] }
        return selectedAsset.map { [.open(.graphs, Place(account: inputs.place.account, asset: $0))] } ?? []
    }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        if focus == 1, let text = PanelStack(panels: detailPanels).readOut(inputs) { return text }
        guard selectedAsset != nil, let note = charts.value?.note, !note.isEmpty else { return nil }
        return note
    }

    func copyText() -> String? { selectedJob?.id ?? selectedRow?.text("remarks") }

    func copyDetail(_ inputs: ScreenInputs) -> String? {
        guard let job = selectedJob, let draft = records.flatMap({ ScheduleRequestText.draft(job, $0) }) else {
            return nil
        }
        return CurlText.post(draft.path, JSONValue.object(draft.message).text())
    }

    /// The request behind the selected row: that of the job, or a fresh one for a device.
    func draft(_ inputs: ScreenInputs) -> ScheduleDraft? {
        guard let records else { return nil }
        if let job = selectedJob { return ScheduleRequestText.draft(job, records) }
        return selectedDevice.flatMap { ScheduleRequestText.fresh($0, records, inputs) }
    }

    /// The requests of all marked rows.
    func markedDrafts(_ inputs: ScreenInputs) -> [Variant] {
        guard let records else { return [] }
        return rows.filter { pane.marked.contains($0.id) }.compactMap { row in
            model.value?.jobs[row.id].flatMap { job in
                ScheduleRequestText.draft(job, records).map { Variant(name: "#\(job.number)", draft: $0) }
            }
        }
    }

    private static func hasRequest(_ screen: SchedulesScreen, _ situation: Situation) -> Availability {
        screen.draft(situation.inputs) == nil ? .unavailable("select a device or a schedule first") : .available
    }

    static let actions: [Action] = [
        .on(
            SchedulesScreen.self, "trigger", "trigger a schedule, prefilled from this one", keys: ["t"],
            hint: "trigger",
            when: { screen, situation in
                ThingActions.asset(situation) == nil ? .unavailable("select a device first") : .available
            }
        ) { screen, situation in
            guard let asset = ThingActions.asset(situation) else { return [] }
            let message = screen.selectedJob?.payload["message"]?.objectValue ?? JSONObject()
            return [.push(TriggerScreen(asset: asset, prefill: ScheduleRequestText.prefill(message)))]
        },
        .on(
            SchedulesScreen.self, "explain", "explain: why it looks like this", keys: ["x"], hint: "explain",
            when: hasRequest
        ) { screen, situation in
            screen.draft(situation.inputs).map { draft in
                let title = screen.selectedJob.map { "#\($0.number)" } ?? draft.title
                return [.push(ExplainScreen(draft: draft, title: title))]
            } ?? []
        },
        .on(
            SchedulesScreen.self, "what-if", "what-if; with two marked: compare", keys: ["w"], hint: "what-if",
            when: hasRequest
        ) { screen, situation in
            let marked = screen.markedDrafts(situation.inputs)
            if marked.count >= 2 { return [.push(CompareScreen(variants: Array(marked.prefix(4))))] }
            if screen.pane.marked.count >= 2 {
                return [.message("compared are schedules with a number: their requests are kept; Esc takes marks away")]
            }
            return screen.draft(situation.inputs).map { draft in
                [
                    .push(
                        CompareScreen(variants: [
                            Variant(name: screen.selectedJob.map { "#\($0.number)" } ?? "now", draft: draft)
                        ]))
                ]
            } ?? []
        },
        .on(
            SchedulesScreen.self, "retry", "run the job again", keys: ["R"], writes: true,
            when: { screen, _ in
                screen.selectedJob?.state.isOver == true
                    ? .available : .unavailable("select a schedule whose job has ended")
            }
        ) { screen, _ in
            guard let job = screen.selectedJob else { return [] }
            return [
                .follow(title: "schedule #\(job.number)") { data in
                    try data.services.jobs.retry(job.id, as: data.caller)
                    return job.id
                }
            ]
        },
        .on(
            SchedulesScreen.self, "cancel", "cancel the job", keys: ["K"], writes: true,
            when: { screen, _ in
                screen.selectedJob.map { !$0.state.isOver } == true
                    ? .available : .unavailable("select a schedule that waits or runs")
            }
        ) { screen, _ in
            guard let job = screen.selectedJob else { return [] }
            return [
                .work(
                    title: "cancel",
                    Work { data in
                        try data.services.jobs.cancel(job.id, as: data.caller)
                        return "job \(job.number) was canceled"
                    })
            ]
        },
    ]
}
