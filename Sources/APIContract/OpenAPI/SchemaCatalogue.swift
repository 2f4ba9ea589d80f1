import EnergyCore

/// The named schemas of the published description.
package enum SchemaCatalogue {
    package static let all: JSONObject = {
        var all = JSONObject()
        for (name, schema) in named { all[name] = .object(schema.json) }
        return all
    }()

    private static let named: KeyValuePairs<String, Schema> = [
        "Account": AccountWire.schema,
        "User": UserWire.schema,
        "ListedUser": UserWire.listedSchema,
        "Asset": AssetWire.schema,
        "Sensor": SensorWire.schema,
        "AssetType": .object(["id": .id, "name": .string, "description": .string.orNull]),
        "Unauthorized": .object(["message": .string, "status": .constant("UNAUTHORIZED")]),
        "Refusal": .object(["message": .string, "result?": .string, "results?": .string, "status": .string]),
        "Failure": .object([
            "message?": .string, "description?": .string, "detail?": .string, "errors?": .list(of: .string),
            "status": .integer,
        ]),
        "Unprocessable": .object([
            "message?": .oneOf([.string, .anyObject]), "result?": .string, "errors?": .list(of: .string),
            "status": .oneOf([.string, .integer]),
        ]),
    ]

    /// A page of records.
    package static func page(of records: Schema) -> Schema {
        .object([
            "data": .list(of: records), "num-records": .integer, "filtered-records": .integer, "status": .integer,
        ])
    }

    /// Either the bare list or a page of it.
    package static func listOrPage(of records: Schema) -> Schema {
        .oneOf([.list(of: records), page(of: records)])
    }
}
