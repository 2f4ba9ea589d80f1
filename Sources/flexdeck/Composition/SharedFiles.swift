import Foundation

/// Where the files that come with the program are: themes and sample data.
enum SharedFiles {
    /// The first folder of that name among the places where it can be installed, or nil.
    static func folder(_ name: String, environment: [String: String] = ProcessInfo.processInfo.environment) -> String? {
        candidates(environment).map { "\($0)/\(name)" }.first { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        }
    }

    /// The place named in the environment, the checkout the program was built in, beside an installed program, the system's.
    private static func candidates(_ environment: [String: String]) -> [String] {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let checkout = (0..<4).reduce(into: [program]) { path, _ in
            path.append(path[path.count - 1].deletingLastPathComponent())
        }
        return (environment["FLEXDECK_SHARE"].map { [$0] } ?? []) + checkout.map(\.path)
            + [program.appendingPathComponent("../share/flexdeck").standardized.path, "/usr/share/flexdeck"]
    }
}
