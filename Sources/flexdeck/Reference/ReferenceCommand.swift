import ArgumentParser

/// `flexdeck reference PAGE`: pages that are made from the program's own tables.
struct ReferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Print a reference page made from the program itself.")

    enum Page: String, ExpressibleByArgument, CaseIterable {
        case keys, settings, endpoints, man, processes
        case flexModel = "flex-model"
        case flexContext = "flex-context"
    }

    @Argument var page: Page

    func run() async throws {
        switch page {
        case .keys: print(await KeysPage.text, terminator: "")
        case .settings: print(SettingsPage.text, terminator: "")
        case .endpoints: print(try EndpointsPage.text, terminator: "")
        case .flexModel, .flexContext, .processes:
            print(FlexPages.page(page.rawValue, from: Manual().page(page.rawValue) ?? ""), terminator: "")
        case .man: print(ManPage.text, terminator: "")
        }
    }
}
