import APIContract
import EnergyCore
import Services

/// `POST /api/v3_0/sensors/{id}/data/upload`
struct UploadRoute {
    let services: FlexServices

    private static let filesField = "uploaded-files"

    var route: Route {
        var route = Route(
            .post, "/api/v3_0/sensors/{id}/data/upload", .data, "Upload sensor data by file",
            access: .signedIn("create-children permission on the sensor"),
            handler: { [services] request in
                let id = try request.integer("id", location: Location.upload)
                try services.requireSensor(id)
                let upload = try Self.upload(in: request)
                do {
                    return .receipt(try services.data.upload(upload, to: id, as: request.caller))
                } catch let refusal as UploadRefused {
                    throw APIFailure.unprocessable(Location.upload, .object(refusal.tree))
                }
            }
        )
        .details(
            "CSV or Excel files: the first column holds times, the second values. All of it is recorded, or nothing."
        )
        .pathID("Sensor").largeBody.answer(200, "Recorded, or known already", DataRoutes.receiptSchema)
        .missingSensor(.field(Location.upload, "id")).faults(at: Location.upload)
        route.body = Route.Body(contentType: "multipart/form-data", schema: schema)
        return route
    }

    private var schema: Schema {
        .object([
            "uploaded-files": .list(of: Schema(["type": "string", "format": "binary"])),
            "belief-time-measured-instantly?": .choice(["on", "off", "true", "false", "True", "False", "1", "0"]),
            "unit?": .string,
        ])
    }

    private static func upload(in request: APIRequest) throws -> UploadRequest {
        var fields = JSONObject()
        var files: [UploadedFile] = []
        var unknown = FieldErrors()
        for part in MultipartForm(contentType: request.contentType, body: request.body)?.parts ?? [] {
            if let filename = part.filename {
                if part.name != filesField { unknown.add(part.name, FieldTexts.unknown) }
                let type = part.contentType.map { String($0.prefix { $0 != ";" }) }
                files.append(UploadedFile(name: filename, contentType: type, bytes: Array(part.content)))
            } else {
                fields[part.name] = .string(String(decoding: part.content, as: UTF8.self))
            }
        }
        if !unknown.isEmpty { throw unknown }
        return try UploadRequest(fields: fields, files: files)
    }
}
