import ArgumentParser

@main
struct FlexDeck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "flexdeck", subcommands: [DemoCommand.self])
    func run() async throws {}
}
