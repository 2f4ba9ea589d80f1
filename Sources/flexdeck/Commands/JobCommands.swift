import ArgumentParser
import EnergyCore
import Foundation
import Services
import Store

/// `flexdeck jobs ...`
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "List, follow, retry, cancel and clear jobs; run what is queued.",
        subcommands: [ListJobs.self, ShowJob.self, RetryJob.self, CancelJob.self, ClearJobs.self, RunJobs.self],
        defaultSubcommand: ListJobs.self)
}

struct ListJobs: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The latest jobs.")

    @OptionGroup var store: StoreOptions
    @Option(help: "How many.") var limit = 30

    func run() throws {
        let services = try Composition.services(store)
        let records = try services.context.records()
        var table = TextTable([
            .init("job"), .init("queue"), .init("state"), .init("enqueued"), .init("of"), .init("why it failed"),
        ])
        for job in try services.jobs.jobs(limit: limit, as: .host) {
            let sensor = job.sensorID.flatMap { records.sensor($0) }.map { "sensor \($0.id) \($0.name)" }
            let asset = job.assetID.flatMap { records.asset($0) }.map { "asset \($0.id) \($0.name)" }
            table.add([
                job.id, job.queue, job.state.name, job.enqueuedAt.utcText, sensor ?? asset ?? "", job.error ?? "",
            ])
        }
        print(table.text)
    }
}

struct ShowJob: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One job, with its request and its result.")

    @OptionGroup var store: StoreOptions
    @Argument(help: "Id of the job.") var id: String

    func run() throws {
        let job = try Composition.services(store).jobs.job(id, as: .host)
        print(
            "\(job.id) \(job.queue): \(job.state.name), \(Int(job.progress * 100)) % \(TextTable.printable(job.progressText))"
        )
        print("request: \(job.payload.text())")
        if let error = job.error { print("failed: \(TextTable.printable(error))") }
        if let result = job.result { print("result: \(result.text())") }
    }
}

struct RetryJob: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Queue a failed or cancelled job again.")

    @OptionGroup var store: StoreOptions
    @Argument(help: "Id of the job.") var id: String

    func run() throws {
        try Composition.services(store).jobs.retry(id, as: .host)
    }
}

struct CancelJob: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cancel", abstract: "Cancel a job.")

    @OptionGroup var store: StoreOptions
    @Argument(help: "Id of the job.") var id: String

    func run() throws {
        switch try Composition.services(store).jobs.cancel(id, as: .host) {
        case .queued, .deferred: print("Cancelled.")
        case .started: print("Asked to stop.")
        case .finished, .failed, .canceled: print("It was over already.")
        }
    }
}

struct ClearJobs: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "clear", abstract: "Forget jobs.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var force: ForceOption
    @Option(help: "Only of this queue (scheduling, forecasting).") var queue: String?
    @Flag(help: "Only failed ones.") var failed = false

    func run() throws {
        let states: [JobState] = failed ? [.failed] : [.finished, .failed, .canceled]
        try force.confirm("jobs that are \(states.map(\.name).joined(separator: ", "))")
        print("Forgot \(try Composition.services(store).jobs.clear(queue: queue, states: states, as: .host)) jobs.")
    }
}

struct RunJobs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run everything that is queued, then end.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        try Composition.services(store).jobs.runner.runQueuedJobs()
    }
}
