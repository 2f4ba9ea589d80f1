import EnergyCore
import Store

extension WorldImport {
    mutating func readSource(_ entry: WorldEntry) throws {
        let key = try entry.text("key")
        if let userKey = try entry.optionalText("user") {
            guard let user = usersByKey[userKey] else {
                throw WorldError(entry.place("user"), "there is no user with the key '\(userKey)'")
            }
            sources[key] = try transaction.ensureSource(of: user).id
            return
        }
        var source = DataSource(
            id: 0, name: try entry.text("name"), type: try entry.text("type"), model: try entry.optionalText("model"),
            version: try entry.optionalText("version"))
        source.attributes = try entry.object("attributes")
        sources[key] = try transaction.ensure(source).id
    }

    mutating func readSeries(_ entry: WorldEntry) throws {
        let sensor = try sensor(try entry.text("sensor"), at: entry.place("sensor"))
        let key = try entry.text("source")
        guard let source = sources[key] else { throw WorldError(entry.place("source"), "there is no source '\(key)'") }
        let batch = try WorldSeries(entry, sensor: sensor).batch(source: source)
        let result = try transaction.save(batch, rule: SaveRule(mayReplace: true))
        summary.beliefs += result.stored + result.replaced
    }
}
