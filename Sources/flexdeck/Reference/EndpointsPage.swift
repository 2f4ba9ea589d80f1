import APIServer
import EnergyCore
import Logging
import Services
import Store

/// All operations of the API, by its own description.
enum EndpointsPage {
    /// - Throws: `StoreError`, when there is no memory for an empty store.
    static var text: String {
        get throws {
            let logger = Logger(label: "flexdeck") { _ in SilentLog() }
            let services = FlexServices(
                store: try Store(path: ":memory:"), settings: ServiceSettings(), clock: SystemClock(), logger: logger)
            let description = APIResponder.build(services: services, settings: APISettings(), logger: logger).openAPI
            return text(of: description)
        }
    }

    private static func text(of description: JSONValue) -> String {
        let schemas = description["components"]?["schemas"]?.objectValue ?? [:]
        var lines = ["# The endpoints of the API", ""]
        lines += ["Body fields in parentheses may be left out. More in `flexdeck help rest-api`.", ""]
        for tag in (description["tags"]?.arrayValue ?? []).compactMap({ $0["name"]?.stringValue }) {
            lines += ["## \(tag)", "", "| operation | | takes |", "|---|---|---|"]
            for (path, item) in description["paths"]?.objectValue ?? [:] {
                for (method, operation) in item.objectValue ?? [:] where operation["tags"]?.arrayValue == [.string(tag)]
                {
                    let takes = (parameters(operation) + bodyFields(operation, schemas)).joined(separator: ", ")
                    let summary = operation["summary"]?.stringValue ?? ""
                    lines.append(
                        "| `\(method.uppercased()) \(path)` | \(summary) | \(takes.isEmpty ? "" : takes + " ")|")
                }
            }
            lines.append("")
        }
        return lines.dropLast().joined(separator: "\n") + "\n"
    }

    /// Names of what stands in the query.
    private static func parameters(_ operation: JSONValue) -> [String] {
        (operation["parameters"]?.arrayValue ?? []).filter { $0["in"] == "query" }
            .compactMap { $0["name"]?.stringValue.map { "`\($0)`" } }
    }

    /// Names of the fields of the body, those in parentheses that need not be there.
    private static func bodyFields(_ operation: JSONValue, _ schemas: JSONObject) -> [String] {
        guard let content = operation["requestBody"]?["content"]?.objectValue?.first(where: { _ in true })?.value else {
            return []
        }
        var schema = content["schema"] ?? .null
        if let name = schema["$ref"]?.stringValue?.split(separator: "/").last {
            schema = schemas[String(name)] ?? .null
        }
        let required = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
        return (schema["properties"]?.objectValue ?? [:]).map { name, _ in
            required.contains(name) ? "`\(name)`" : "(`\(name)`)"
        }
    }
}
