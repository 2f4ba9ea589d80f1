import Services

/// The program with a terminal.
struct ConsoleRun {
    let options: ConsoleOptions

    func run() async throws {}
}
