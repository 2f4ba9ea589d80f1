/// What is wrong with a request or a setting, field by field, in the words of the API.
///
/// Collected rather than thrown at the first fault: `throwIfAny` ends a validation.
package struct FieldErrors: Error, Hashable, Sendable {
    /// Field to list of texts, or to a nested object of the same shape.
    package private(set) var tree: JSONObject

    /// The field under which faults appear that concern several fields.
    package static let wholeInput = "_schema"

    package init() {
        tree = JSONObject()
    }

    package init(_ path: [String], _ text: String) {
        self.init()
        add(path, text)
    }

    package init(_ field: String, _ text: String) {
        self.init([field], text)
    }

    package var isEmpty: Bool { tree.isEmpty }

    /// Adds a text under a field, given by its path from the outermost name.
    package mutating func add(_ path: [String], _ text: String) {
        tree = FieldErrors.adding(text, at: path[...], to: tree)
    }

    package mutating func add(_ field: String, _ text: String) {
        add([field], text)
    }

    /// Adds everything of `others`, below `path`.
    package mutating func merge(_ others: FieldErrors, under path: [String] = []) {
        for (leaf, text) in others.texts { add(path + leaf, text) }
    }

    package func merging(_ others: FieldErrors, under path: [String] = []) -> FieldErrors {
        var result = self
        result.merge(others, under: path)
        return result
    }

    /// The same faults below a further field.
    package func nested(under path: [String]) -> FieldErrors {
        FieldErrors().merging(self, under: path)
    }

    package func throwIfAny() throws(FieldErrors) {
        if !isEmpty { throw self }
    }

    /// Every text with its path, in order.
    package var texts: [(path: [String], text: String)] { FieldErrors.texts(in: tree, path: []) }

    private static func adding(_ text: String, at path: ArraySlice<String>, to tree: JSONObject) -> JSONObject {
        var tree = tree
        let field = path.first ?? wholeInput
        let rest = path.dropFirst()
        switch tree[field] {
        case .array(let texts) where rest.isEmpty:
            tree[field] = .array(texts + [.string(text)])
        case .object(let inner):
            tree[field] = .object(adding(text, at: rest.isEmpty ? [wholeInput] : rest, to: inner))
        case .array(let texts):
            var inner = JSONObject()
            inner[wholeInput] = .array(texts)
            tree[field] = .object(adding(text, at: rest, to: inner))
        default:
            tree[field] = rest.isEmpty ? .array([.string(text)]) : .object(adding(text, at: rest, to: JSONObject()))
        }
        return tree
    }

    private static func texts(in tree: JSONObject, path: [String]) -> [(path: [String], text: String)] {
        var found: [(path: [String], text: String)] = []
        for (key, value) in tree {
            switch value {
            case .object(let inner): found += texts(in: inner, path: path + [key])
            case .array(let texts):
                for case .string(let text) in texts { found.append((path: path + [key], text: text)) }
            default: break
            }
        }
        return found
    }
}

extension FieldErrors: CustomStringConvertible {
    /// One line per fault: `flex-model.soc-at-start: Not a valid number.`
    package var description: String {
        texts.map { $0.path.joined(separator: ".") + ": " + $0.text }.joined(separator: "\n")
    }
}
