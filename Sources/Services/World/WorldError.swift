/// What is wrong with a world file, and where.
package struct WorldError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Place in the file, as `assets[3].sensors[0].unit`.
    package let path: String
    package let reason: String

    package init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }

    package var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}
