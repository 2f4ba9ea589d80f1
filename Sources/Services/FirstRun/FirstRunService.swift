import EnergyCore

/// Makes a first site from a few answers, so that a newcomer sees a plan at once.
package struct FirstRunService: Sendable {
    let context: ServiceContext
    let world: WorldService
    let schedules: ScheduleService

    /// What was made.
    package struct Outcome: Hashable, Sendable {
        package var site: AssetID
        package var battery: AssetID
        /// The job of the first plan.
        package var job: JobID
    }

    /// Whether there is nothing in the store yet.
    package var isDue: Bool {
        // Asked before the first picture: it must not wait for all records.
        get throws { try !context.store.read { try $0.hasAssets() } }
    }

    /// Stores the site with battery, PV, prices and estimates, and asks for a day's plan of the battery. For admins.
    /// - Throws: `FieldErrors` when there is an asset of that name.
    package func build(_ site: FirstSite, as caller: Caller) throws -> Outcome {
        guard caller.isAdmin else { throw AccessError.forbidden }
        if try context.records().children(of: nil).contains(where: { $0.name == site.name }) {
            throw FieldErrors("name", "there is a site '\(site.name)' already")
        }
        let zone = Zone.named(context.settings.timezone) ?? .utc
        let now = context.clock.now
        _ = try world.importWorld(FirstSiteWorld(site: site, zone: zone, now: now).json, as: caller)
        let records = try context.records()
        guard let place = records.children(of: nil).first(where: { $0.name == site.name }),
            let battery = records.children(of: place.id).first(where: { $0.name == "Battery" }),
            let power = records.sensors(of: battery.id).first(where: { $0.name == "power" })
        else { throw NotFound(.asset, id: site.name) }
        let message: JSONObject = [
            "start": .string(Instant(seconds: now.seconds / 900 * 900).text(in: zone)), "duration": "PT24H",
            "flex-model": ["soc-at-start": .string("\(site.battery / 2) kWh")],
        ]
        let job = try schedules.trigger(message, for: .sensor(power.id), as: caller)
        return Outcome(site: place.id, battery: battery.id, job: job)
    }
}
