/// Paths of assets and sensors: names from the top down, joined by slashes. A slash or backslash that belongs to a name
/// follows a backslash.
enum WorldPath {
    /// A name as a part of a path.
    static func part(_ name: String) -> String {
        guard name.contains(where: { $0 == "/" || $0 == "\\" }) else { return name }
        return name.replacing("\\", with: "\\\\").replacing("/", with: "\\/")
    }

    /// The path of these names.
    static func path(_ names: some Sequence<String>) -> String {
        names.map(part).joined(separator: "/")
    }

    /// The names of a path.
    static func names(_ path: String) -> [String] {
        var names = [""]
        var isEscaped = false
        for character in path {
            switch character {
            case "\\" where !isEscaped: isEscaped = true
            case "/" where !isEscaped: names.append("")
            default:
                names[names.count - 1].append(character)
                isEscaped = false
            }
        }
        return names
    }
}
