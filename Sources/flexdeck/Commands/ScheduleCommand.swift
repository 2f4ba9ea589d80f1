import ArgumentParser

/// `flexdeck schedule ...`
struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Plan flexible devices.",
        subcommands: [ScheduleRunCommand.self, ScheduleSolveCommand.self])
}
