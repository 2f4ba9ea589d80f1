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
        FieldErrors.add(text, at: path[...], to: &tree)
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

    /// In place: a message may have as many faults as fields, and copying what is there for each would take for ever.
    private static func add(_ text: String, at path: ArraySlice<String>, to tree: inout JSONObject) {
        let rest = path.dropFirst()
        tree.modify(path.first ?? wholeInput) { value in
            // Each part is taken out before it is changed, so that it has no other owner and is not copied.
            if rest.isEmpty, var texts = value.arrayValue {
                value = .null
                texts.append(.string(text))
                value = .array(texts)
            } else if var inner = value.objectValue {
                value = .null
                add(text, at: rest.isEmpty ? [wholeInput] : rest, to: &inner)
                value = .object(inner)
            } else if rest.isEmpty {
                value = .array([.string(text)])
            } else {
                var inner = JSONObject()
                if !value.isNull { inner[wholeInput] = value }
                add(text, at: rest, to: &inner)
                value = .object(inner)
            }
        }
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
