/// What can be wrong with files of sample data.
package enum SampleDataError: Error, Hashable, CustomStringConvertible {
    case badRow(file: String, line: Int, reason: String)
    case missing(file: String, folder: String)
    case badWorld(reason: String)

    package var description: String {
        switch self {
        case .badRow(let file, let line, let reason): "\(file), line \(line): \(reason)"
        case .missing(let file, let folder):
            "'\(file)' is not in \(folder). Name the folder with --sample-data, or make it with 'flexdeck demo --write FOLDER'."
        case .badWorld(let reason): "world.json of the sample data: \(reason)"
        }
    }
}
