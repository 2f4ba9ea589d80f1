import EnergyCore
import Services

/// An error as the message line says it: what happened, and what to do about it.
package struct ErrorText: Hashable, Sendable {
    package var line: String
    package var detail: [String]
    /// A few words for the header when it is the store itself that fails; nil for everything else.
    package var trouble: String?

    package init(line: String, detail: [String] = []) {
        self.line = line
        self.detail = detail
    }

    package init(_ error: any Error) {
        switch error {
        case AccessError.forbidden: self.init(line: "not allowed: your roles do not permit this")
        case AccessError.unauthenticated: self.init(line: "sign in first (:login)")
        case SignInError.unknownEmail, SignInError.wrongPassword: self.init(line: "e-mail or password is wrong")
        case SignInError.throttled(let seconds): self.init(line: "too many failures; try again in \(seconds) s")
        case let error as UndoError: self.init(line: error.message)
        case let error as NotFound: self.init(line: error.message)
        case let error as RequestError: self.init(line: error.message)
        case let error as FieldErrors:
            let texts = Self.texts(of: .object(error.tree), path: "")
            self.init(line: texts.first ?? "not valid", detail: texts)
        default: self.init(line: StoreTrouble.message(for: error) ?? Self.words(of: error))
        }
        trouble = StoreTrouble.words(for: error)
    }

    /// `field: text` for every leaf.
    private static func texts(of value: JSONValue, path: String) -> [String] {
        switch value {
        case .string(let text): return [path.isEmpty ? text : "\(path): \(text)"]
        case .array(let items): return items.flatMap { texts(of: $0, path: path) }
        case .object(let members):
            return members.flatMap { texts(of: $0.value, path: path.isEmpty ? $0.key : "\(path).\($0.key)") }
        default: return []
        }
    }

    private static func words(of error: any Error) -> String {
        let text = String(describing: error).split(separator: "\n").first.map(String.init) ?? "failed"
        return text.isEmpty ? "failed" : text
    }
}

extension FieldErrors {
    /// The first text of every field, by the field's name or path.
    var byField: [String: String] {
        var result: [String: String] = [:]
        func collect(_ value: JSONValue, _ path: String) {
            switch value {
            case .string(let text): if result[path] == nil { result[path] = text }
            case .array(let items): for item in items { collect(item, path) }
            case .object(let members):
                for (key, value) in members { collect(value, path.isEmpty ? key : "\(path).\(key)") }
            default: break
            }
        }
        collect(.object(tree), "")
        return result
    }
}
