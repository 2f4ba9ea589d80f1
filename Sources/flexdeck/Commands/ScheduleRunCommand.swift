import ArgumentParser
import EnergyCore
import Foundation
import Scheduling
import Services

/// `flexdeck schedule run --sensor ID` or `--asset ID`
struct ScheduleRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Schedule a device or a site, and record the plan.",
        discussion: "Fields that are not given come from the asset and those above it, as in the console and the API.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Id of the power sensor of one device.") var sensor: Int?
    @Option(help: "Id of the asset whose devices are planned together.") var asset: Int?
    @Option(help: "Start (ISO 8601); now, on the clock's quarter, unless given.") var start: String?
    @Option(help: "Length (ISO 8601).") var duration: String?
    @Option(help: "Step (ISO 8601).") var resolution: String?
    @Option(help: "Use only what was known then (ISO 8601).") var prior: String?
    @Option(name: .customLong("soc-at-start"), help: "State of charge at the start, as \"20 kWh\".") var stateOfCharge:
        String?
    @Option(name: .customLong("flex-model"), help: "JSON, or the name of a file with JSON.") var flexModel: String?
    @Option(name: .customLong("flex-context"), help: "JSON, or the name of a file with JSON.") var flexContext: String?
    @Flag(name: .customLong("dry-run"), help: "Compute and show the plan, record nothing.") var isDryRun = false

    func run() throws {
        guard let target = target else { throw ValidationError("Give either --sensor or --asset.") }
        let services = try Composition.services(store)
        let message = try message(services)
        if isDryRun {
            let preview = try services.schedules.preview(message, for: target, as: .host)
            for output in preview.steps.flatMap(\.outputs) { print("sensor \(output.sensor.id): \(output.values)") }
            return
        }
        let job = try services.schedules.trigger(message, for: target, as: .host)
        try services.jobs.runner.runQueuedJobs()
        let info = try services.schedules.info(job, as: .host)
        guard info.job.state == .finished else {
            throw CommandFailure("Job \(job) \(info.job.state.name): \(info.job.error ?? "")")
        }
        print(
            "Job \(job) has planned \(info.sensors.count) sensors for \(info.cost.map { "\($0)" } ?? "--") \(info.currency ?? "")."
        )
        for (name, cost) in info.costs { print("  \(TextTable.printable(name)): \(cost)") }
    }

    private var target: ScheduleService.Target? {
        switch (sensor, asset) {
        case (let sensor?, nil): .sensor(sensor)
        case (nil, let asset?): .asset(asset)
        default: nil
        }
    }

    private func message(_ services: FlexServices) throws -> JSONObject {
        let now = services.clock.now.seconds
        var message: JSONObject = ["start": .string(start ?? Instant(seconds: now / 900 * 900).utcText)]
        message["duration"] = duration.map { .string($0) }
        message["resolution"] = resolution.map { .string($0) }
        message["prior"] = prior.map { .string($0) }
        message["flex-context"] = try flexContext.map(json)
        var model = try flexModel.map(json)
        if let stateOfCharge {
            guard var fields = (model ?? .object(JSONObject())).objectValue else {
                throw ValidationError("--soc-at-start goes with one device; in a list write it into each entry.")
            }
            fields["soc-at-start"] = .string(stateOfCharge)
            model = .object(fields)
        }
        message["flex-model"] = model
        return message
    }

    private func json(_ text: String) throws -> JSONValue {
        if text.hasPrefix("{") || text.hasPrefix("[") { return try JSONValue(parsing: text) }
        return try WorldFile.read(text)
    }
}
