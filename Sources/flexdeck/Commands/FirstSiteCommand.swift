import ArgumentParser
import EnergyCore
import Foundation
import Services

/// `flexdeck first-site`: what the console asks on an empty store, for scripts.
struct FirstSiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "first-site", abstract: "Make a site with battery, PV and prices, and plan its battery.",
        discussion: """
            What is not given has the value that the console suggests. Consumption and PV are estimated for two weeks; \
            record measurements and prices to replace the estimates.
            """)

    @OptionGroup var store: StoreOptions
    @Option(help: "Name of the site.") var name: String?
    @Option(help: "kWh a year.") var yearlyUse: String?
    @Option(help: "kWh that the battery holds.") var battery: String?
    @Option(help: "kW of PV; 0: none.") var pv: String?
    @Option(help: "EUR/kWh from 7:00 to 23:00.") var dayPrice: String?
    @Option(help: "EUR/kWh by night.") var nightPrice: String?
    @Option(help: "EUR/kWh for what is fed in.") var feedInPrice: String?

    func run() throws {
        let given: [(String, String?)] = [
            ("name", name), ("yearly-use", yearlyUse), ("battery", battery), ("pv", pv), ("day-price", dayPrice),
            ("night-price", nightPrice), ("feed-in-price", feedInPrice),
        ]
        let answers = Dictionary(uniqueKeysWithValues: given.compactMap { name, text in text.map { (name, $0) } })
        let site = try FirstSite(answers: answers)
        let services = try Composition.services(store)
        let made = try services.firstRun.build(site, as: .host)
        try services.jobs.runner.runQueuedJobs()
        let info = try services.schedules.info(made.job, as: .host)
        guard info.job.state == .finished else {
            throw CommandFailure("The site was made, but its plan failed: \(info.job.error ?? "")")
        }
        let cost = info.cost.map { String(format: "%.2f", $0) } ?? "--"
        print(
            "Made site \(made.site) with battery \(made.battery); the next 24 hours are planned for \(cost) \(info.currency ?? "")."
        )
    }
}
