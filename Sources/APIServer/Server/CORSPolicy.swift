/// Which web pages may read answers.
struct CORSPolicy: Sendable {
    let origins: [String]
    let supportsCredentials: Bool

    /// The headers for an answer to a page of this origin; none if it is not allowed.
    func headers(origin: String?) -> [(name: String, value: String)] {
        guard let origin, origins.contains("*") || origins.contains(origin) else { return [] }
        var headers = [("Access-Control-Allow-Origin", origin), ("Vary", "Origin")]
        if supportsCredentials { headers.append(("Access-Control-Allow-Credentials", "true")) }
        return headers
    }

    /// The headers that answer a preflight.
    func preflightHeaders(origin: String?, requested: String?) -> [(name: String, value: String)] {
        var headers = headers(origin: origin)
        guard !headers.isEmpty else { return [] }
        headers.append(("Access-Control-Allow-Methods", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"))
        if let requested { headers.append(("Access-Control-Allow-Headers", requested)) }
        return headers
    }
}
