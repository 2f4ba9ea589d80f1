/// The names by which an answer tells where in the request a fault lies.
package enum Location {
    package static let json = "json"
    package static let query = "query"
    package static let path = "path"
    /// Query and body of sensor data requests and of forecast triggers.
    package static let sensorData = "combined_sensor_data_description"
    /// Path and form of an upload.
    package static let upload = "combined_sensor_data_upload"
    /// Path and body of an asset's schedule trigger, and the query of a schedule.
    package static let argumentsAndJSON = "args_and_json"
    /// The field name of faults that concern several fields.
    package static let schema = "_schema"
}
