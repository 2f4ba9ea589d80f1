import APIContract

/// What is left of the API versions that were taken out of service.
enum SunsetVersions {
    private static let documentation = "https://flexmeasures.readthedocs.io/latest/api/introduction.html"

    /// 410 for paths of old versions, nil for others.
    static func answer(_ path: String) -> APIAnswer? {
        let parts = path.split(separator: "/")
        guard parts.count >= 2, parts[0] == "api", parts[1].hasPrefix("v1") || parts[1].hasPrefix("v2") else {
            return nil
        }
        let version = parts[1].dropFirst().replacing("_", with: ".")
        let number = version.contains(".") ? String(version) : version + ".0"
        let message =
            "API version \(number) has been sunset. Please upgrade to API version 3.0. See \(documentation) for more"
            + " information."
        return APIAnswer(APIFailure.plain(410, message))
            .header("Deprecation", "Tue, 13 Dec 2022 23:59:59 GMT")
            .header("Sunset", "Sun, 30 Apr 2023 23:59:59 GMT")
            .header("Link", "<\(documentation)>; rel=\"deprecation\"; type=\"text/html\"")
            .header("Link", "<\(documentation)>; rel=\"sunset\"; type=\"text/html\"")
    }
}
