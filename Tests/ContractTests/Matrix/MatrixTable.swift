import EnergyCore

/// Who asks in the matrix, in the order of its columns.
enum MatrixCaller: String, CaseIterable {
    case anonymous, expired
    case otherAccount = "north_user"
    case sameAccount = "client_user"
    case accountAdmin = "client_admin"
    case consultant = "consultant"
    case adminReader = "reader"
    case admin = "admin"
}

/// One operation and what each caller gets.
struct MatrixRow: CustomStringConvertible {
    let method: String
    let path: String
    let body: JSONValue?
    let expected: [Int]

    init(_ method: String, _ path: String, _ body: JSONValue, _ expected: [Int]) {
        self.method = method
        self.path = path
        self.body = body
        self.expected = expected
    }

    init(_ method: String, _ path: String, _ expected: [Int]) {
        self.method = method
        self.path = path
        body = nil
        self.expected = expected
    }

    var description: String { "\(method) \(path)" }
}

/// Everything is about the account `Riverside Client`, which `Brightside Consultancy` advises, or about things made
/// for the occasion below it: `{{asset}}`, `{{sensor}}` and `{{user}}` are new for each request.
enum MatrixTable {
    private static let reading = [401, 401, 403, 200, 200, 200, 200, 200]
    private static let everyUser = [401, 401, 200, 200, 200, 200, 200, 200]
    private static let everybody = [200, 200, 200, 200, 200, 200, 200, 200]
    private static let membersWrite = [401, 401, 403, 200, 200, 200, 403, 200]
    private static let managersWrite = [401, 401, 403, 403, 200, 200, 403, 200]
    private static let managersDelete = [401, 401, 403, 403, 204, 204, 403, 204]
    private static let managersRead = [401, 401, 403, 403, 200, 200, 200, 200]

    private static let account = "{{account:Riverside Client}}"
    private static let asset = "{{asset:Riverside Plant}}"
    private static let sensor = "{{sensor:Riverside Plant/site power}}"
    private static let period = "start=2026-03-23T00:00:00Z&duration=PT1H&unit=kW"
    private static let job = "00000000-0000-4000-8000-000000000000"

    static let rows = publicRows + accountRows + userRows + assetRows + sensorRows + dataRows + workRows

    private static let publicRows = [
        MatrixRow("GET", "/api/", everybody),
        MatrixRow("GET", "/api/v3_0", everybody),
        MatrixRow("GET", "/api/v3_0/health/ready", everybody),
        MatrixRow("GET", "/api/ops/ping", everybody),
        MatrixRow("GET", "/api/v3_0/docs/", everybody),
        MatrixRow("GET", "/api/v3_0/openapi.json", everybody),
        MatrixRow("GET", "/ui/static/openapi-specs.json", everybody),
    ]

    private static let accountRows = [
        MatrixRow("GET", "/api/v3_0/accounts", everyUser),
        MatrixRow("GET", "/api/v3_0/accounts/\(account)", reading),
        MatrixRow("PATCH", "/api/v3_0/accounts/\(account)", ["primary_color": "#102030"], membersWrite),
        MatrixRow(
            "PATCH", "/api/v3_0/accounts/\(account)", ["consultancy_account_id": "{{account:Brightside Consultancy}}"],
            [401, 401, 403, 401, 401, 401, 403, 200]),
        MatrixRow("GET", "/api/v3_0/accounts/\(account)/auditlog", managersRead),
        MatrixRow("POST", "/api/v3_0/accounts/\(account)/annotations", annotation, managersCreate),
    ]

    private static let managersCreate = [401, 401, 403, 403, 201, 201, 403, 201]
    private static let membersCreate = [401, 401, 403, 201, 201, 201, 403, 201]
    private static let annotation: JSONValue = [
        "content": "seen {{uniq}}", "start": "2026-03-23T00:00:00Z", "end": "2026-03-24T00:00:00Z",
    ]

    private static let userRows = [
        MatrixRow("GET", "/api/v3_0/users", everyUser),
        MatrixRow("GET", "/api/v3_0/users?account_id=\(account)", reading),
        MatrixRow(
            "POST", "/api/v3_0/users",
            ["email": "m-{{uniq}}@example.com", "username": "M {{uniq}}", "account_id": .string(account)],
            managersCreate),
        MatrixRow("GET", "/api/v3_0/users/{{user}}", reading),
        MatrixRow("PATCH", "/api/v3_0/users/{{user}}", ["timezone": "UTC"], managersWrite),
        MatrixRow("PATCH", "/api/v3_0/users/{{user}}", ["active": true], managersWrite),
        MatrixRow("PATCH", "/api/v3_0/users/{{user}}/password-reset", managersWrite),
        MatrixRow("GET", "/api/v3_0/users/{{user}}/auditlog", managersRead),
    ]

    private static let assetRows = [
        MatrixRow("GET", "/api/v3_0/assets", everyUser),
        MatrixRow("GET", "/api/v3_0/assets?account_id=\(account)", reading),
        MatrixRow("GET", "/api/v3_0/assets/public", everyUser),
        MatrixRow("GET", "/api/v3_0/assets/types", everyUser),
        MatrixRow(
            "POST", "/api/v3_0/assets",
            [
                "name": "M {{uniq}}", "generic_asset_type_id": "{{asset_type:battery}}", "account_id": .string(account),
            ], [401, 401, 403, 403, 201, 201, 403, 201]),
        MatrixRow("GET", "/api/v3_0/assets/\(asset)", reading),
        MatrixRow("PATCH", "/api/v3_0/assets/{{asset}}", ["latitude": 1.5], membersWrite),
        MatrixRow("DELETE", "/api/v3_0/assets/{{asset}}", managersDelete),
        MatrixRow("GET", "/api/v3_0/assets/\(asset)/sensors", reading),
        MatrixRow("GET", "/api/v3_0/assets/\(asset)/auditlog", reading),
        MatrixRow("GET", "/api/v3_0/assets/\(asset)/jobs", reading),
        MatrixRow("GET", "/api/v3_0/assets/\(asset)/kpis?start=2026-03-23T00:00:00Z&end=2026-03-24T00:00:00Z", reading),
        MatrixRow("GET", "/api/v3_0/assets/\(asset)/chart", reading),
        MatrixRow("GET", "/api/v3_0/assets/\(asset)/chart_data", reading),
        MatrixRow("GET", "/api/v3_0/assets/\(asset)/chart_annotations", reading),
        MatrixRow("POST", "/api/v3_0/assets/\(asset)/annotations", annotation, membersCreate),
        MatrixRow("POST", "/api/v3_0/assets/default_asset_view", ["default_asset_view": "Graphs"], everyUser),
        MatrixRow("POST", "/api/v3_0/assets/keep_legends_below_graphs", [:], everyUser),
    ]

    private static let sensorRows = [
        MatrixRow("GET", "/api/v3_0/sensors", everyUser),
        MatrixRow("GET", "/api/v3_0/sensors?account_id=\(account)", reading),
        MatrixRow("GET", "/api/v3_0/sensors?asset_id=\(asset)", reading),
        MatrixRow("GET", "/api/dev/sensor/\(sensor)/chart_data?compress_json=true", reading),
        MatrixRow(
            "POST", "/api/v3_0/sensors",
            ["name": "M {{uniq}}", "unit": "kW", "event_resolution": "PT15M", "generic_asset_id": "{{asset}}"],
            membersCreate),
        MatrixRow("GET", "/api/v3_0/sensors/\(sensor)", reading),
        MatrixRow("PATCH", "/api/v3_0/sensors/{{sensor}}", ["timezone": "UTC"], managersWrite),
        MatrixRow("DELETE", "/api/v3_0/sensors/{{sensor}}", managersDelete),
        MatrixRow("GET", "/api/v3_0/sensors/\(sensor)/stats", reading),
        MatrixRow("GET", "/api/v3_0/sensors/\(sensor)/status", reading),
        MatrixRow("POST", "/api/v3_0/sensors/\(sensor)/annotations", annotation, membersCreate),
        MatrixRow("GET", "/api/v3_0/sources", everyUser),
    ]

    private static let dataRows = [
        MatrixRow("GET", "/api/v3_0/sensors/\(sensor)/data?\(period)", reading),
        MatrixRow(
            "POST", "/api/v3_0/sensors/{{sensor}}/data",
            ["values": [1, 2, 3, 4], "start": "2026-03-23T00:00:00Z", "duration": "PT1H", "unit": "kW"], membersWrite),
        MatrixRow("DELETE", "/api/v3_0/sensors/{{sensor}}/data", managersDelete),
    ]

    private static let workRows = [
        MatrixRow(
            "POST", "/api/v3_0/sensors/{{sensor}}/schedules/trigger",
            [
                "start": "2026-03-24T00:00:00Z",
                "flex-model": ["soc-at-start": "1 kWh", "soc-max": "2 kWh", "power-capacity": "1 kW"],
                "flex-context": ["consumption-price": "0.2 EUR/kWh"],
            ],
            membersWrite),
        MatrixRow("GET", "/api/v3_0/sensors/\(sensor)/schedules/\(job)", [401, 401, 403, 400, 400, 400, 400, 400]),
        MatrixRow(
            "POST", "/api/v3_0/assets/{{asset}}/schedules/trigger",
            ["start": "2026-03-24T00:00:00Z", "flex-model": [["sensor": "{{sensor}}", "power-capacity": "1 kW"]]],
            membersWrite),
        MatrixRow(
            "POST", "/api/v3_0/assets/{{asset}}/reports/trigger",
            [
                "reporter": "AggregatorReporter",
                "parameters": [
                    "input": [["sensor": "{{sensor}}"]], "output": [["sensor": "{{sensor}}"]],
                    "start": "2026-03-23T00:00:00Z", "end": "2026-03-24T00:00:00Z",
                ],
            ], [401, 401, 403, 202, 202, 202, 403, 202]),
        MatrixRow("POST", "/api/v3_0/sensors/{{sensor}}/forecasts/trigger", [:], membersWrite),
        MatrixRow("GET", "/api/v3_0/sensors/\(sensor)/forecasts/\(job)", [401, 401, 403, 422, 422, 422, 422, 422]),
        MatrixRow("GET", "/api/v3_0/jobs/\(job)", [401, 401, 404, 404, 404, 404, 404, 404]),
    ]
}
