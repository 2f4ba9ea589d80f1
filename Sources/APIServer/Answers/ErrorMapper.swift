import APIContract
import EnergyCore
import Scheduling
import Services

/// The one place that knows which status code an error of the services has.
enum ErrorMapper {
    /// The refusal for an error; nil if it is none that a client can do something about.
    static func failure(for error: any Error, _ policy: FaultPolicy) -> APIFailure? {
        switch error {
        case let failure as APIFailure: failure
        case let errors as FieldErrors: .unprocessable(policy.location, errors)
        case let error as AccessError: failure(for: error)
        case let error as NotFound: failure(for: error, policy.missing(error.kind))
        case let error as RequestError: failure(for: error)
        case let error as SignInError: failure(for: error)
        case let error as RequestRefusal: APIFailure(status: 422, body: error.responseBody)
        case let error as DataError: .rejected(403, "INVALID_REPLACEMENT", error.message, key: "results")
        default: nil
        }
    }

    private static func failure(for error: AccessError) -> APIFailure {
        switch error {
        case .unauthenticated: .unauthenticated
        case .forbidden: .forbidden
        }
    }

    private static func failure(for error: NotFound, _ missing: FaultPolicy.Missing) -> APIFailure {
        switch missing {
        case .plain: .plain(404, error.message)
        case .text(let sentence): .plain(404, sentence(error.id))
        case .field(let location, let field): .unprocessable(location, field: field, error.message)
        }
    }

    private static func failure(for error: RequestError) -> APIFailure {
        switch error {
        case .pageBeyondEnd: return .notFound
        case .consultancyNotAllowed: return .errors(401, [error.message])
        case .invalidConsultancy: return .errors(422, [error.message])
        case .duplicateUser(let detail):
            var failure = APIFailure.plain(400, error.message)
            failure.body["detail"] = .string(detail)
            return failure
        case .accountOrAsset: return .plain(422, error.message)
        case .noFields: return .unprocessable(Location.json, .string(error.message))
        case .readOnly, .unavailable: return .plain(503, error.message)
        case .busy: return .busy(error.message)
        }
    }

    private static func failure(for error: SignInError) -> APIFailure {
        switch error {
        case .unknownEmail(let email): return .errors(404, [Sentences.emailUnknown(email)])
        case .wrongPassword: return .errors(401, [Sentences.passwordMismatch])
        case .throttled(let seconds):
            var failure = APIFailure.errors(429, ["Too many failed sign-ins. Try again in \(seconds) seconds."])
            failure.headers.append(("Retry-After", "\(seconds)"))
            return failure
        }
    }

    /// What is answered when the fault is ours.
    static let internalError = APIFailure.plain(500, Sentences.internalError)
}

extension APIFailure {
    /// What is answered while others keep the server from doing what it was asked.
    static func busy(_ message: String) -> APIFailure {
        var failure = APIFailure.plain(503, message)
        failure.headers.append(("Retry-After", "5"))
        return failure
    }

    /// The answer to a change that would have had to wait for others for too long.
    static let queueTooLong = busy("Too many other changes are waiting. Try again in a moment.")
}
