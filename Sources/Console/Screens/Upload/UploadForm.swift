import EnergyCore
import Services
import TerminalKit

/// Uploads a CSV or XLSX file into a sensor.
@MainActor
enum UploadForm {
    static func overlay(_ sensor: Sensor, _ inputs: ScreenInputs, path: String = "", unit: String? = nil) -> FormOverlay
    {
        let fields = [
            FormField(id: "file", label: "file", value: path, note: "CSV or XLSX: time, value"),
            FormField(id: "unit", label: "unit", value: unit ?? sensor.unit, note: "converted to \(sensor.unit)"),
        ]
        let intro = [
            "into sensor \(sensor.id) \(sensor.name) (\(sensor.unit), \(TimeFormat.length(sensor.resolution)))",
            "times without a zone are those of \(inputs.zone.name)",
        ]
        return FormOverlay(title: "UPLOAD DATA", fields: fields, intro: intro, button: "Upload", labelWidth: 8) {
            form, overlay in
            let (path, unit) = (form.value("file").trimmed, form.value("unit").trimmed)
            guard TextFile.isPlain(path) else {
                overlay.show(FieldErrors("file", "there is no file \(path)"))
                return []
            }
            return [.closeOverlay, .overlay(UploadOverlay(path: path, unit: unit, sensor: sensor, inputs))]
        }
    }
}
