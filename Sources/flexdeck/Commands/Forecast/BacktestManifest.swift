import EnergyCore
import Foundation

/// The list of series of a back-test.
struct BacktestManifest {
    /// One series and from where to forecast it.
    struct Entry {
        var name: String
        var file: String
        var zone: Zone
        var resolution: TimeSpan
        var firstOrigin: Instant
        var origins: Int
        var originStep: TimeSpan
        var horizon: TimeSpan
        var regressors: [String]
    }

    let series: [Entry]

    init(path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard let list = try JSONValue(parsing: bytes)["series"]?.arrayValue else {
            throw CommandFailure("\(path) has no list 'series'.")
        }
        series = try list.map { try Self.entry($0, folder: folder) }
    }

    private static func entry(_ value: JSONValue, folder: String) throws -> Entry {
        guard let name = value["series"]?.stringValue else {
            throw CommandFailure("A series of the manifest has no name.")
        }
        func number(_ field: String) throws -> Int {
            guard let number = value[field]?.intValue, number > 0 else {
                throw CommandFailure("Series \(name) needs a positive '\(field)'.")
            }
            return number
        }
        guard let start = value["first_origin"]?.stringValue, let firstOrigin = try? Instant(parsing: start) else {
            throw CommandFailure("Series \(name) needs a 'first_origin' such as 2016-06-20T00:00Z.")
        }
        let zoneName = value["timezone"]?.stringValue ?? "UTC"
        guard let zone = Zone.named(zoneName) else {
            throw CommandFailure("Series \(name): no time zone '\(zoneName)'.")
        }
        return Entry(
            name: name, file: folder + "/\(name).csv", zone: zone,
            resolution: .minutes(Int64(try number("resolution_minutes"))), firstOrigin: firstOrigin,
            origins: try number("n_origins"), originStep: .hours(Int64(try number("origin_step_hours"))),
            horizon: .hours(Int64(try number("horizon_hours"))),
            regressors: (value["regressors"]?.arrayValue ?? []).compactMap(\.stringValue))
    }
}
