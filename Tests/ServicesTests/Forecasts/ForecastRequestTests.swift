import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("Messages that ask for forecasts")
struct ForecastRequestTests {
    private func faults(_ text: String, sensor resolution: String = "PT1H") throws -> String {
        let house = try TestHouse()
        let asset = try house.makeAsset("Barn")
        let sensor = try house.services.sensors.create(
            [
                "name": "load", "unit": "kW", "event_resolution": .string(resolution),
                "generic_asset_id": .int(asset.id),
                "timezone": "Europe/Amsterdam",
            ], as: .host)
        do {
            _ = try house.services.forecasts.trigger(
                try JSONValue(parsing: text), for: sensor.id, as: house.caller("member"))
            return "accepted"
        } catch let faults as FieldErrors {
            return JSONValue.object(faults.tree).text()
        }
    }

    @Test(
        "faulty messages are refused in the words clients know",
        arguments: [
            (#"{"start": "2026-03-23T00:00:00"}"#, #"{"start": ["Not a valid aware datetime."]}"#),
            (#"{"start": "tomorrow"}"#, #"{"start": ["Not a valid datetime."]}"#),
            (
                #"{"duration": "6h"}"#,
                #"{"duration": ["Cannot parse 6h as ISO8601 duration: Unable to parse duration string '6h'"]}"#
            ),
            (
                #"{"start": "2026-03-23", "end": "2026-03-24", "duration": "P1D"}"#,
                #"{"duration": ["Provide 'duration' with either 'start' or 'end', but not with both."]}"#
            ),
            (
                #"{"start": "2026-03-23T00:00Z", "end": "2026-03-22T00:00Z"}"#,
                #"{"start": ["start must be before end"]}"#
            ),
            (
                #"{"max-forecast-horizon": "PT90M"}"#,
                #"{"_schema": ["max-forecast-horizon must be a multiple of the sensor resolution (1:00:00)"]}"#
            ),
            (
                #"{"forecast-frequency": "PT90M"}"#,
                #"{"_schema": ["forecast-frequency must be a multiple of the sensor resolution (1:00:00)"]}"#
            ),
            (
                #"{"duration": "P2D", "max-forecast-horizon": "P1D"}"#,
                #"{"max_forecast_horizon": ["This combination of parameters will not yield forecasts for the entire prediction window."]}"#
            ),
            (
                #"{"duration": "P1D", "max-forecast-horizon": "P2D"}"#,
                #"{"max_forecast_horizon": ["max-forecast-horizon must be less than or equal to predict-period"]}"#
            ),
            (#"{"probabilistic": "maybe"}"#, #"{"probabilistic": ["Not a valid boolean."]}"#),
            (#"{"config": "x"}"#, #"{"config": {"_schema": ["Invalid input type."]}}"#),
            (
                #"{"config": {"train-period": "P1D"}}"#,
                #"{"config": {"train-period": ["train-period must be at least 2 days (48 hours)"]}}"#
            ),
            (
                #"{"config": {"retrain-frequency": "PT30M"}}"#,
                #"{"config": {"retrain-frequency": ["retrain-frequency must be at least 1 hour"]}}"#
            ),
            (
                #"{"config": {"max-training-period": "P1Y"}}"#,
                #"{"config": {"max-training-period": ["max-training-period must be specified using days or smaller units (e.g. P365D, PT48H). Years and months are not supported."]}}"#
            ),
            (
                #"{"config": {"regressors": [99999]}}"#,
                #"{"config": {"regressors": {"0": ["No sensor found with ID 99999."]}}}"#
            ),
            (#"{"config": {"regressors": 12}}"#, #"{"config": {"regressors": ["Not a valid list."]}}"#),
            (
                #"{"config": {"missing-threshold": "x"}}"#,
                #"{"config": {"missing-threshold": ["Not a valid number."]}}"#
            ),
            (#"{"config": {"foo": 1}}"#, #"{"config": {"foo": ["Unknown field."]}}"#),
            (#"{"train-period": "P3D"}"#, #"{"train-period": ["Unknown field."]}"#),
            (#"{"duration": "PT0H"}"#, #"{"duration": ["duration must be longer than zero"]}"#),
            ("[]", #"{"_schema": ["Invalid input type."]}"#),
            (#"{"start": null, "duration": null}"#, "accepted"),
            (#"{"duration": "P1M", "model-save-dir": "x", "output-path": "y"}"#, "accepted"),
            (#"{"config": {"model": "Oracle", "ensure-positive": null}}"#, "accepted"),
            (#"{"config": {"lower": 0, "upper": "20 kW", "snap": {"0 kW": ["0 kW", "4 kW"]}}}"#, "accepted"),
        ])
    func refusals(text: String, expected: String) throws {
        let expected = expected == "accepted" ? expected : try JSONValue(parsing: expected).text()
        #expect(try faults(text) == expected)
    }

    @Test("sensors of moments, and sensors that are none, are refused")
    func sensors() throws {
        #expect(try faults("{}", sensor: "PT0M").contains("Cannot forecast an instantaneous sensor."))
        let house = try TestHouse()
        #expect(throws: FieldErrors("sensor", "No sensor found with ID 99999.")) {
            try house.services.forecasts.trigger(.object([:]), for: 99999, as: .host)
        }
    }

    @Test("who may not record data of the sensor, or not read a regressor, may not forecast")
    func permissions() throws {
        let house = try TestHouse()
        let sensor = try house.makeSensor("power", of: try house.makeAsset("Barn"))
        #expect(throws: AccessError.forbidden) {
            try house.services.forecasts.trigger(.object([:]), for: sensor.id, as: house.caller("stranger"))
        }
        #expect(throws: AccessError.forbidden) {
            try house.services.forecasts.answer(for: "x", sensor: sensor.id, as: house.caller("stranger"))
        }
    }
}
