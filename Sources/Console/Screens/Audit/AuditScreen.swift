import EnergyCore
import Services
import TerminalKit

/// What the Audit screen depends on.
struct AuditQueryModel: Hashable, Sendable {
    var account: AccountID?
    var asset: AssetID?
    var zone: Zone
}

/// Who changed what, newest first.
struct AuditModel: Hashable, Sendable {
    var records: [AuditRecord]
    var list: ListModel

    @Sendable
    static func load(_ query: AuditQueryModel, _ data: ConsoleData) throws -> AuditModel {
        let records = try data.records()
        let account = query.account ?? data.caller.accountID
        let scope: AuditScope = query.asset.map { .asset($0) } ?? account.map { .account($0) } ?? .everything
        var page = AuditQuery()
        page.newestFirst = true
        page.page = 1
        page.pageSize = 500
        let found = try data.services.audit.log(scope, page, as: data.caller)
        let format = TimeFormat(zone: query.zone, now: data.now)
        let rows = found.records.map { record in
            RowModel(
                id: String(record.id),
                cells: [
                    "id": Span(String(record.id), .secondary), "time": Span(format.fine(record.at)),
                    "who": Span(record.activeUserName ?? "operator"),
                    "what": Span(record.event.replacing("\n", with: "; ")),
                    "on": Span(
                        record.assetID.flatMap { records.asset($0)?.name } ?? record.accountID.flatMap {
                            records.accounts[$0]?.name
                        } ?? ""),
                ], sortKeys: ["id": Double(record.id), "time": Double(record.at.microseconds)])
        }
        let columns = [
            TableColumn("id", "#", width: 6, align: .right, rank: 1), TableColumn("time", "time", width: 12),
            TableColumn("who", "who", width: 14), TableColumn("what", "what", width: 28, grow: 3),
            TableColumn("on", "on", width: 16, grow: 1),
        ]
        var list = ListModel(title: "AUDIT LOG", columns: columns, rows: rows)
        list.path = (query.asset.flatMap { records.asset($0)?.name }.map { [$0] } ?? []) + ["Audit log"]
        list.emptyText = "nothing was changed yet"
        list.facts = found.total > rows.count ? "the latest of \(found.total)" : ""
        if let account, query.asset == nil { list.facts += "   account \(records.accounts[account]?.name ?? "")" }
        return AuditModel(records: found.records, list: list)
    }
}

/// Who, when, what; and undo.
@MainActor
final class AuditScreen: ListScreen {
    static let id = ScreenID.audit
    private let model = ViewModel<AuditQueryModel, AuditModel>(AuditModel.load)
    private var lines: [DetailLine] = []
    private(set) var isWhole = false
    var pane = ListPane()
    var detailState = ListState()
    var focus = 0
    var isPaneAlone = false

    var listModel: ListModel? { model.value?.list }
    var listFailure: ErrorText? { model.failure }
    var detailLines: [DetailLine] { lines }
    var selectedRecord: AuditRecord? { model.value?.records.first { String($0.id) == selectedRow?.id } }

    func update(_ inputs: ScreenInputs) {
        model.ask(
            AuditQueryModel(
                account: inputs.place.account, asset: isWhole ? nil : inputs.place.asset, zone: inputs.zone), inputs)
        fitRows()
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        lines = selectedRecord.map { Self.details($0, format) } ?? []
    }

    private static func details(_ record: AuditRecord, _ format: TimeFormat) -> [DetailLine] {
        let difference = AuditDifference.lines(record.event)
        let what = record.event.split(separator: "\n").map(String.init)
        let user = record.activeUserID.map { " (user \($0))" } ?? ""
        return [
            .heading("ENTRY \(record.id)"),
            DetailLine("who    \(record.activeUserName ?? "the operator on the machine")\(user)"),
            DetailLine("when   \(format.full(record.at)), \(TimeFormat.age(format.now - record.at)) ago"),
            DetailLine("what   \(what.first ?? "")"),
        ] + (difference.isEmpty ? what.dropFirst().map { DetailLine("       \($0)") } : difference) + [
            DetailLine(
                "undo   u takes back what was changed or deleted in the last 10 minutes; a new entry is added, "
                    + "nothing is erased", .secondary)
        ]
    }

    func toggleWhole() { isWhole.toggle() }

    static let actions: [Action] = [
        .on(AuditScreen.self, "whole", "this asset, or the whole log", keys: ["w"], hint: "whole log") { screen, _ in
            screen.toggleWhole()
            return [.message(screen.isWhole ? "the whole log" : "the log of this asset")]
        }
    ]
}
