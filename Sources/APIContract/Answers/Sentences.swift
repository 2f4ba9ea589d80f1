/// The sentences of answers that clients read or compare, word for word.
package enum Sentences {
    package static let processed = "Request has been processed."
    package static let unauthenticated =
        "You could not be properly authenticated for this content or functionality."
    package static let forbidden = "You cannot be authorized for this content or functionality."
    package static let notFound =
        "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again."
    package static let methodNotAllowed = "The method is not allowed for the requested URL."
    package static let malformedBody = "The browser (or proxy) sent a request that this server could not understand."
    package static let notJSON = "Not a JSON."
    package static let tooLarge = "The data value transmitted exceeds the capacity limit."
    package static let internalError =
        "The server encountered an internal error and was unable to complete your request."
    package static let passwordMismatch = "User password does not match."
    package static let accountOrAsset = "Please provide either an account or an asset ID, not both"
    package static let duplicateUser = "Duplicate user already exists"
    package static let alreadyReceived =
        "Some of the data has already been received and successfully processed."
    package static let replacement =
        "Some of the data represents a replacement, which is reserved for customized servers. If you are hosting"
        + " FlexMeasures, you can enable replacements by setting FLEXMEASURES_ALLOW_DATA_OVERWRITE=True in the"
        + " configuration settings. Alternatively, update the prior in your request."
    package static let defaultViewUpdated = "Default asset view updated successfully."
    package static let legendPositionUpdated = "Default legend position updated successfully."
    package static let versions =
        "For these API versions a public endpoint is available, listing its service. For example: /api/v3_0."
        + " An authentication token can be requested at: /api/requestAuthToken"
    package static let unknownForecast = "No known forecast for this time period."
    package static let severalForecasts =
        "The forecasting job led to forecasts over different periods. Please query an individual period by calling"
        + " this endpoint with one of the listed job IDs"

    package static func emailUnknown(_ email: String) -> String {
        "User with email '\(HTMLText.escaped(email))' does not exist"
    }
    package static func unknownUDIEvent(_ id: String) -> String {
        "The requested UDI event (id = \(id), type = job) is not known."
    }
}
