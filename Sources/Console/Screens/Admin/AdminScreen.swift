import EnergyCore
import Services
import TerminalKit

/// Accounts, users, the outbox and the server.
@MainActor
final class AdminScreen: ListScreen {
    static let id = ScreenID.admin
    private let model = ViewModel<AdminQuery, AdminModel>(AdminModel.load)
    private let detail = ViewModel<AdminDetailQuery, AdminDetail>(AdminDetail.load)
    private(set) var adminTab = AdminTab.accounts
    var pane = ListPane()
    var detailState = ListState()
    var focus = 0
    var isPaneAlone = false

    var listModel: ListModel? {
        guard var list = model.value?.list else { return nil }
        let tabs = AdminTab.allCases.map { $0 == adminTab ? "[\($0.rawValue)]" : $0.rawValue }.joined(separator: " ")
        let title = list.title
        list.title = "\(tabs)   \(title)"
        return list
    }

    var listFailure: ErrorText? { model.failure }
    var detailLines: [DetailLine] { adminTab == .accounts ? detail.value?.lines ?? [] : [] }
    var selectedID: Int? { selectedRow.flatMap { Int($0.id) } }
    /// The selected token: its id and whose it is.
    var selectedToken: (id: String, user: String)? {
        guard adminTab == .tokens, let row = selectedRow else { return nil }
        return (row.id, row.text("user"))
    }

    var subject: Subject? {
        switch adminTab {
        case .accounts: selectedID.map { .account($0) }
        case .users: selectedID.map { .user($0) }
        default: nil
        }
    }

    func update(_ inputs: ScreenInputs) {
        model.ask(
            AdminQuery(tab: adminTab, zone: inputs.zone, minute: inputs.now.seconds / 60, apiText: inputs.apiText),
            inputs)
        if adminTab == .accounts, let account = selectedID {
            detail.ask(
                AdminDetailQuery(
                    account: account, zone: inputs.zone, minute: inputs.now.seconds / 60, apiText: inputs.apiText),
                inputs)
        }
        fitRows()
    }

    var tabHint: String? { "tab" }

    /// The account of the selected user.
    func account(_ inputs: ScreenInputs) -> AccountID? {
        selectedID.flatMap { inputs.records?.users[$0]?.accountID }
    }

    func moveTab(_ step: Int) -> Bool {
        let all = AdminTab.allCases
        adminTab = all[((all.firstIndex(of: adminTab) ?? 0) + step + all.count) % all.count]
        pane = ListPane()
        return true
    }

    func openRow(_ row: RowModel, _ inputs: ScreenInputs) -> [Intent] {
        guard adminTab == .accounts, let id = selectedID else { return [] }
        return [.open(.overview, Place(account: id, asset: nil))]
    }

    static let actions: [Action] = [
        .on(AdminScreen.self, "add", "add an account or a user", keys: ["a"], hint: "add", writes: true) {
            screen, situation in
            switch screen.adminTab {
            case .accounts: [.overlay(AdminForms.newAccount(situation.inputs))]
            case .users: [.overlay(AdminForms.newUser(situation.inputs, account: screen.account(situation.inputs)))]
            default: [.message("nothing can be added here")]
            }
        },
        .on(
            AdminScreen.self, "modify", "modify", keys: ["m"], hint: "modify", writes: true,
            when: { screen, _ in
                screen.subject == nil ? .unavailable("select an account or a user") : .available
            }
        ) { screen, situation in
            AdminForms.modify(screen.subject, situation.inputs).map { [.overlay($0)] } ?? []
        },
        .on(
            AdminScreen.self, "delete", "delete, or revoke the token (asks)", keys: ["d"], hint: "delete", writes: true,
            when: { screen, _ in
                screen.subject == nil && screen.selectedToken == nil
                    ? .unavailable("select an account, a user or a token") : .available
            }
        ) { screen, situation in
            screen.selectedToken.map { AdminForms.revoke($0) } ?? AdminForms.delete(screen.subject, situation.inputs)
        },
        .on(
            AdminScreen.self, "password", "send a mail to set a new password", keys: ["P"], hint: "password",
            writes: true,
            when: { screen, _ in
                screen.adminTab == .users && screen.selectedID != nil
                    ? .available : .unavailable("select a user: ] goes to the tab Users")
            }
        ) { screen, _ in
            guard let id = screen.selectedID else { return [] }
            return [
                .work(
                    title: "password reset",
                    Work { data in
                        try data.services.users.resetPassword(of: id, as: data.caller)
                        return "the old password is void; a mail with a link is in the outbox"
                    })
            ]
        },
        .on(AdminScreen.self, "token", "make a token for the API", keys: ["T"], hint: "token", writes: true) {
            _, situation in
            [.overlay(AdminForms.token(situation.inputs))]
        },
        .on(AdminScreen.self, "settings", "settings of the console", keys: ["c"]) { _, _ in [.action("settings")] },
    ]
}
