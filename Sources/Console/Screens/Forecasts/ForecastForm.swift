import EnergyCore
import Services
import TerminalKit

/// Asks for a forecast of a sensor.
@MainActor
enum ForecastForm {
    static func overlay(_ sensor: Sensor, place: String, _ inputs: ScreenInputs) -> FormOverlay {
        let fields = [
            FormField(id: "duration", label: "Duration", value: "48 h", note: "how far ahead"),
            FormField(id: "start", label: "Start", value: "now", note: "now, tomorrow 0, 2026-03-17"),
        ]
        let intro = [
            "of sensor \(sensor.id) \(sensor.name) (\(place)); it runs in the background and stays when this "
                + "screen is left"
        ]
        return FormOverlay(title: "TRIGGER FORECAST", fields: fields, intro: intro, button: "Forecast", labelWidth: 10)
        { form, overlay in
            guard let span = MomentText.span(form.value("duration")[...]), span > .zero else {
                overlay.show(FieldErrors("duration", "not a duration: try 48 h"))
                return []
            }
            var message: JSONObject = ["duration": .string("PT\(span.microseconds / 60_000_000)M")]
            let start = form.value("start").trimmed
            if !start.isEmpty, start != "now" {
                guard let moment = MomentText.parse(start, now: inputs.now, zone: inputs.zone) else {
                    overlay.show(FieldErrors("start", "not a time"))
                    return []
                }
                message["start"] = .string(moment.text(in: inputs.zone))
            }
            let title = "forecast of \(place) \(sensor.name)"
            overlay.begin(title)
            return [
                .follow(
                    title: title,
                    then: {
                        overlay.finish("")
                        return []
                    }, failed: { overlay.show($0) }
                ) { [message] data in
                    try data.services.forecasts.trigger(.object(message), for: sensor.id, as: data.caller)
                }
            ]
        }
    }
}
