import EnergyCore
import Testing

@testable import Scheduling

/// What is refused, and in which words.
@Suite("Refusals")
struct RefusalTests {
    private static let world: JSONValue = [
        "assets": [["key": "site", "type": "building"], ["key": "bat", "type": "battery", "parent": "site"]],
        "sensors": [
            ["key": "price", "asset": "site", "unit": "EUR/MWh", "resolution": "PT1H", "timezone": "Europe/Amsterdam"],
            ["key": "power", "asset": "bat", "unit": "MW", "resolution": "PT15M", "timezone": "Europe/Amsterdam"],
            ["key": "flow", "asset": "bat", "unit": "kW", "resolution": "PT15M", "timezone": "Europe/Amsterdam"],
            ["key": "soc", "asset": "bat", "unit": "kWh", "resolution": "PT15M", "timezone": "Europe/Amsterdam"],
            ["key": "meter", "asset": "site", "unit": "kWh", "resolution": "PT15M", "timezone": "Europe/Amsterdam"],
        ],
        "data": [
            [
                "sensor": "price", "start": "2025-03-10T00:00:00+01:00", "resolution": "PT1H",
                "values": [50, 60, 70, 80],
            ]
        ],
    ]

    private static let model: JSONObject = [
        "soc-at-start": "0.5 MWh", "soc-min": "0 MWh", "soc-max": "2 MWh", "power-capacity": "0.5 MW",
    ]

    /// A change of the message: members that replace others, by the object they belong to.
    struct Sample: CustomTestStringConvertible, Sendable {
        var top: JSONObject = [:]
        var model: JSONObject = [:]
        var context: JSONObject = [:]
        /// The `message` of the answer.
        var body: JSONValue

        var testDescription: String { body.text() }

        static func model(_ field: String, _ value: JSONValue, _ text: String) -> Sample {
            Sample(model: [field: value], body: ["json": .object([field: [.string(text)]])])
        }

        static func context(_ field: String, _ value: JSONValue, _ text: String) -> Sample {
            Sample(context: [field: value], body: ["json": .object([field: [.string(text)]])])
        }

        static func top(_ field: String, _ value: JSONValue, _ text: String) -> Sample {
            Sample(top: [field: value], body: ["json": .object([field: [.string(text)]])])
        }
    }

    static let samples: [Sample] = [
        .top("start", "2025-03-10T00:00:00", "Not a valid aware datetime."),
        .top("start", "soon", "Not a valid datetime."),
        .top(
            "duration", "24 hours",
            "Cannot parse 24 hours as ISO8601 duration: Unable to parse duration string '24 hours'"),
        .top("duration", "PT30S", "FlexMeasures only support multiples of 1 minute."),
        .top("colour", "red", "Unknown field."),
        .top("flex-model", [1, 2], "Not a valid mapping type."),
        Sample(
            top: ["duration": "-PT1H"],
            body: ["json": "Start 2025-03-10 00:00:00+01:00 cannot be after end 2025-03-09 23:00:00+01:00."]),
        .model("power-capacity", "500 kWh", "Cannot convert value `500 kWh` to 'MW'"),
        .model("soc-max", "2", "Cannot convert value `2` to 'MWh'"),
        .model(
            "soc-max", "many MWh",
            "Cannot convert value 'many MWh' to a valid quantity. 'many' is not defined in the unit registry"),
        .model("soc-max", "50%", "Cannot convert value `50%` to 'MWh'"),
        .model(
            "power-capacity", 0.5,
            "Unsupported value type. `<class 'float'>` was provided but only dict, list and str are supported."),
        .model(
            "power-capacity", 5,
            "Unsupported value type. `<class 'int'>` was provided but only dict, list and str are supported."),
        .model("power-capacity", ["id": 5], "Dictionary provided but `sensor` key not found."),
        .model("power-capacity", ["sensor": 99_999_999], "No sensor found with ID 99999999."),
        .model(
            "power-capacity", ["sensor": ["id": 5]], "Sensor ID has the wrong type. Got `dict` but `int` was expected."),
        .model("power-capacity", ["sensor": "@price"], "Cannot convert EUR/MWh to megawatt"),
        .model("soc-unit", "Wh", "Must be one of: kWh, MWh."),
        .model("soc-gain", [], "Shorter than minimum length 1."),
        .model("soc-usage", "10 kW", "Not a valid list."),
        .model("prefer-charging-sooner", "maybe", "Not a valid boolean."),
        .model("soc-min", "-1 MWh", "Must be greater than or equal to 0 MWh."),
        .model("roundtrip-efficiency", "110%", "Must be greater than 0 % and less than or equal to 100 %."),
        .model(
            "state-of-charge", ["sensor": "@soc"],
            "The field `state-of-charge` points to a sensor with a non-instantaneous event resolution. Please, use an instantaneous sensor."
        ),
        Sample(
            model: ["roundtrip-efficiency": "90%", "charging-efficiency": "95%"],
            body: [
                "json": [
                    "_schema": ["Fields `charging_efficiency` and `roundtrip_efficiency` are mutually exclusive."]
                ]
            ]),
        Sample(
            model: ["soc-targets": [["datetime": "2025-03-10T02:00:00", "value": "1 MWh"]]],
            body: ["json": ["soc-targets": ["0": ["datetime": ["Not a valid aware datetime."]]]]]),
        Sample(
            model: ["soc-targets": [["value": "1 MWh"]]],
            body: [
                "json": [
                    "soc-targets": [
                        "0": [
                            "_schema": [
                                "Missing field(s) to describe timing: use the 'datetime' field, or a combination of 2 fields of 'start', 'end' and 'duration'."
                            ]
                        ]
                    ]
                ]
            ]),
        Sample(
            model: ["soc-targets": [["duration": "PT1H", "value": "1 MWh"]]],
            body: [
                "json": [
                    "soc-targets": [
                        "0": ["_schema": ["If using the 'duration' field, either 'start' or 'end' is expected."]]
                    ]
                ]
            ]),
        .context("site-power-capacity", "-5 kW", "Must be greater than or equal to 0."),
        .context("aggregate-power", "5 kW", "The `aggregate-power` field can only be a Sensor."),
        Sample(
            context: ["consumption-price-sensor": "@price"],
            body: ["json": ["_schema": ["Must pass either consumption-price or consumption-price-sensor."]]]),
        Sample(
            context: ["site-peak-consumption-price": "10 EUR/MWh"],
            body: [
                "json": [
                    "site-peak-consumption-price": [
                        "Invalid unit. A valid unit would be, for example, 'EUR/MW' (this example uses 'EUR', because 'consumption-price' used that currency). However, you passed an incompatible price ('EUR/MWh') for the 'site-peak-consumption-price' field."
                    ]
                ]
            ]),
        Sample(
            context: [
                "consumption-price": [
                    ["start": "2025-03-10T00:00:00+01:00", "duration": "PT1H", "value": "10 EUR/MWh"],
                    ["start": "2025-03-10T01:00:00+01:00", "duration": "PT1H", "value": "10 USD/MWh"],
                ]
            ],
            body: ["json": ["consumption-price": ["Segments of a time series must share the same unit."]]]),
        Sample(
            context: ["commitments": [["up-price": "5 EUR/MWh"]]],
            body: ["json": ["commitments": ["0": ["name": ["Missing data for required field."]]]]]),
        Sample(
            context: ["commitments": [["name": "a", "baseline": "5 kWh"]]],
            body: ["json": ["commitments": ["0": ["baseline": ["Cannot convert value `5 kWh` to 'MW'"]]]]]),
        Sample(
            context: ["commitments": [["name": "a", "baseline": ["sensor": "@meter"]]]],
            body: ["json": ["commitments": ["0": ["baseline": ["Commitment baseline must have a power unit."]]]]]),
        Sample(
            context: ["commitments": [["name": "a", "down-price": "5 EUR"]]],
            body: [
                "json": [
                    "commitments": [
                        "0": [
                            "down-price": [
                                "Commitment down-price must have a power or energy unit in its denominator."
                            ]
                        ]
                    ]
                ]
            ]),
        Sample(
            context: ["inflexible-device-sensors": [77]],
            body: ["json": ["inflexible-device-sensors": ["0": ["No sensor found with ID 77."]]]]),
    ]

    private func message(_ sample: Sample) throws -> JSONValue {
        var message: JSONObject = [
            "start": "2025-03-10T00:00:00+01:00", "duration": "PT4H",
            "flex-model": .object(Self.model.replaced(by: sample.model)),
            "flex-context": .object(
                (["consumption-price": ["sensor": "@price"]] as JSONObject).replaced(by: sample.context)),
        ]
        message = message.replaced(by: sample.top)
        let outcome = try CaseRunner.run([
            "id": "refusal", "world": Self.world,
            "trigger": ["endpoint": "sensor", "target": "@power", "message": .object(message)],
        ])
        #expect(outcome.status == .refused)
        return outcome.message["message"] ?? .null
    }

    @Test("come in the words of the API", arguments: samples)
    func words(_ sample: Sample) throws {
        #expect(try message(sample) == sample.body)
    }

    @Test("an energy price per power is refused also when it is the first price")
    func pricePerPower() throws {
        let body = try message(Sample(context: ["consumption-price": "0.3 EUR/kW"], body: .null))
        #expect(body["json"]?["consumption-price"]?[0]?.stringValue?.hasPrefix("Invalid unit.") == true)
    }

    @Test("more steps than fit into memory are refused")
    func tooLong() throws {
        let body = try message(Sample(top: ["duration": "P100Y"], body: .null))
        #expect(body["json"]?["duration"] != nil)
    }

    @Test("a storage efficiency of zero is refused")
    func zeroEfficiency() throws {
        let body = try message(Sample(model: ["storage-efficiency": 0], body: .null))
        #expect(body["json"]?["storage-efficiency"] != nil)
    }
}
