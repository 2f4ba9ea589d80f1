/// Why a call was refused before its content mattered. Neither case says more than that: reasons help attackers.
package enum AccessError: Error, Hashable, Sendable {
    /// No credentials, or ones that are unknown, expired or revoked, or of an inactive user.
    case unauthenticated
    /// Known, but not allowed.
    case forbidden
}

/// Why a sign-in with e-mail address and password failed.
package enum SignInError: Error, Hashable, Sendable {
    case unknownEmail(String)
    case wrongPassword
    /// Too many failures in a row; worth another try after so many seconds.
    case throttled(retryAfterSeconds: Int)
}
