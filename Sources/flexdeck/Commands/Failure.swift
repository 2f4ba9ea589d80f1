import EnergyCore
import Services
import Store

/// Errors of the services as lines for the command line.
enum Failure {
    /// What happened, and what to do about it where that is known.
    static func lines(for error: any Error) -> [String] {
        switch error {
        case let error as StoreError: [error.description, error.advice]
        case let error as FieldErrors: error.texts.map { ($0.path + [$0.text]).joined(separator: ": ") }
        case let error as NotFound: [error.message]
        case let error as RequestError: [error.message]
        case AccessError.unauthenticated: ["The user is not known or not active."]
        case AccessError.forbidden: ["The user may not do that."]
        default: ["\(error)"]
        }
    }
}

/// Something that a command cannot do, in a sentence of its own.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
