import APIContract
import EnergyCore

/// The fields of requests for sensor data and of posts. They may come in the query, in a JSON body, or in both; the
/// query wins. A body that is no JSON counts as empty.
struct SensorDataFields {
    private(set) var object = JSONObject()
    /// Posted values that were read straight into numbers, NaN for null.
    private(set) var values: [Double]?

    init(_ request: APIRequest, columns: Set<String> = []) {
        if request.isJSON, !request.body.isEmpty,
            let document = try? JSONDocument(parsing: request.body, columns: columns),
            case .object(let fields) = document.value
        {
            object = fields
            values = document.columns["values"]
        }
        for (name, value) in request.query.object {
            object[name] = value
            if name == "values" { values = nil }
        }
        object["auth_token"] = nil
    }
}
