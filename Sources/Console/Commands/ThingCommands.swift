/// Commands that name an asset, sensor, account or schedule.
@MainActor
enum ThingCommands {
    static let all: [ConsoleCommand] = []
}
