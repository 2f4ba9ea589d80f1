import ArgumentParser

@main
struct FlexDeck: AsyncParsableCommand {
    func run() async throws {}
}
