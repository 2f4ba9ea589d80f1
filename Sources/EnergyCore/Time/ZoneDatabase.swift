import Glibc

/// The system's tz database: files of compiled rules, one per zone name.
package enum ZoneDatabase {
    private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]

    static func load(_ name: String) -> Zone? {
        guard isPlausible(name) else { return nil }
        for folder in folders {
            if let bytes = contents(of: folder + "/" + name), let zone = ZoneFile.parse(bytes, name: name) {
                return zone
            }
        }
        return names.contains(name) ? BuiltInZones.zone(name) : nil
    }

    /// Every zone name known here, sorted.
    package static let names: [String] = {
        for folder in folders {
            if let text = contents(of: folder + "/tzdata.zi") {
                let found = zoneNames(inSource: text)
                if !found.isEmpty { return found }
            }
        }
        return BuiltInZones.names
    }()

    /// Keeps paths inside the database.
    private static func isPlausible(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 64, !name.hasPrefix("/"), !name.hasSuffix("/") else { return false }
        if name.hasPrefix("posix/") || name.hasPrefix("right/") || name == "localtime" || name == "posixrules" {
            return false
        }
        return name.utf8.allSatisfy { byte in
            isDigit(byte) || byte &- 65 < 26 || byte &- 97 < 26 || "/_+-".utf8.contains(byte)
        }
    }

    /// Zones and links of the compact source file: `Z name ...` and `L target name`.
    private static func zoneNames(inSource bytes: [UInt8]) -> [String] {
        var names: Set<String> = ["UTC"]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
            if words.count >= 2, words[0].elementsEqual("Z".utf8) {
                names.insert(String(decoding: words[1], as: UTF8.self))
            } else if words.count >= 3, words[0].elementsEqual("L".utf8) {
                names.insert(String(decoding: words[2], as: UTF8.self))
            }
        }
        return names.sorted()
    }

    private static func contents(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
            // The largest file of the database has 120 kB; whatever is bigger is something else.
            if bytes.count > 1_000_000 { return nil }
        }
        return bytes.isEmpty ? nil : bytes
    }
}
