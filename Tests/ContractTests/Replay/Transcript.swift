import EnergyCore
import Foundation

/// Recorded cases of one group of endpoints.
struct Transcript {
    struct Case {
        let group: String
        let name: String
        let tags: [String]
        let steps: [JSONObject]
        let teardown: [JSONObject]
    }

    let group: String
    let cases: [Case]

    init(_ json: JSONObject) {
        let group = json["group"]?.stringValue ?? ""
        self.group = group
        cases = (json["cases"]?.arrayValue ?? []).compactMap(\.objectValue).map { json in
            func steps(_ key: String) -> [JSONObject] { (json[key]?.arrayValue ?? []).compactMap(\.objectValue) }
            return Case(
                group: group, name: json["name"]?.stringValue ?? "",
                tags: (json["tags"]?.arrayValue ?? []).compactMap(\.stringValue), steps: steps("steps"),
                teardown: steps("teardown"))
        }
    }
}

/// The files beside the tests.
enum Recordings {
    static let groups = [
        "accounts", "assets", "auth", "charts", "data", "forecasts", "kpis", "order", "preferences", "public",
        "schedules", "sensors", "stats", "status", "users",
    ]

    /// Groups whose operations are all served.
    static let served = groups

    static func transcript(_ group: String) throws -> Transcript { Transcript(try object(group)) }

    static func world() throws -> JSONObject { try object("world") }

    private static func object(_ name: String) throws -> JSONObject {
        let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Transcripts")
        guard let url, case .object(let object) = try JSONValue(parsing: [UInt8](Data(contentsOf: url))) else {
            throw ReplayError(text: "no file \(name).json")
        }
        return object
    }
}

/// Why a case cannot go on.
struct ReplayError: Error {
    let text: String
}
