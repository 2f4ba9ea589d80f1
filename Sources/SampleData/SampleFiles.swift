import EnergyCore
import Foundation

/// The sample as it lies in a folder: `world.json`, and tables below `series/`.
package struct SampleFiles: Sendable {
    package let world: JSONValue
    package let tables: [String: SampleTable]

    package init(_ generated: SampleWorld) {
        world = generated.world
        tables = Dictionary(uniqueKeysWithValues: generated.tables.map { ($0.name, $0) })
    }

    /// Reads a folder that `write(to:)` has made.
    /// - Throws: `SampleDataError`.
    package init(folder: String) throws {
        let bytes = try Self.contents("world.json", in: folder)
        do {
            world = try JSONValue(parsing: bytes)
        } catch {
            throw SampleDataError.badWorld(reason: "\(error)")
        }
        let series = try FileManager.default.contentsOfDirectory(atPath: folder + "/series").filter {
            $0.hasSuffix(".csv")
        }
        tables = try Dictionary(
            uniqueKeysWithValues: series.map { file in
                let name = String(file.dropLast(4))
                let text = String(decoding: try Self.contents("series/\(file)", in: folder), as: UTF8.self)
                return (name, try SampleTable(name: name, csv: text))
            })
    }

    /// Writes the files; existing ones are replaced.
    package func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder + "/series", withIntermediateDirectories: true)
        try Data(worldText.utf8).write(to: URL(fileURLWithPath: folder + "/world.json"))
        for table in tables.values {
            try Data(table.csv.utf8).write(to: URL(fileURLWithPath: "\(folder)/series/\(table.name).csv"))
        }
    }

    /// One line an entry, so that a change shows as one line.
    package var worldText: String {
        guard case .object(let members) = world else { return world.text() }
        let parts = members.map { key, value -> String in
            guard case .array(let items) = value else { return "\"\(key)\": \(value.text())" }
            return "\"\(key)\": [\n  " + items.map { $0.text() }.joined(separator: ",\n  ") + "\n]"
        }
        return "{\n" + parts.joined(separator: ",\n") + "\n}\n"
    }

    private static func contents(_ file: String, in folder: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)") else {
            throw SampleDataError.missing(file: file, folder: folder)
        }
        return [UInt8](data)
    }
}
