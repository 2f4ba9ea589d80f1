import FoundationEssentials

/// Files of one folder, by plain names.
struct LocalFiles {
    let folder: String

    /// nil if there is no such file, or if the name leads out of the folder.
    func read(_ name: String) -> [UInt8]? {
        guard !name.isEmpty, !name.contains("/"), !name.hasPrefix("."), !name.contains("\0") else { return nil }
        guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { return nil }
        return Array(data)
    }

    static func contentType(_ name: String) -> String {
        switch name.split(separator: ".").last {
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "html": "text/html; charset=utf-8"
        case "json", "map": "application/json"
        case "png": "image/png"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}
