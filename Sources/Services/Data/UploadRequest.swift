import EnergyCore
import Sheets

/// A file with data of a sensor.
package struct UploadedFile: Sendable {
    package var name: String
    /// nil: unknown, as for files on this machine.
    package var contentType: String?
    package var source: SheetSource

    package init(name: String, contentType: String? = nil, source: SheetSource) {
        self.name = name
        self.contentType = contentType
        self.source = source
    }

    /// A file on this machine.
    package init(path: String) {
        self.init(name: path.split(separator: "/").last.map(String.init) ?? path, source: .file(path: path))
    }
}

/// Files that are to be recorded, and how they are to be read.
package struct UploadRequest: Sendable {
    package var files: [UploadedFile]
    /// Of the files' values; nil: the sensor's.
    package var unit: String?
    /// Each value was believed when its event could be known; else now.
    package var isMeasuredInstantly = false
    /// Read 05/01/2024 as 5 January instead of 1 May.
    package var isDayFirst = false
    /// Only the operator on the machine may name one; nil: the caller's own.
    package var source: DataSource?

    package init(files: [UploadedFile]) {
        self.files = files
    }

    /// Reads the fields of a form, in the names and words of the API.
    package init(fields: JSONObject, files: [UploadedFile]) throws(FieldErrors) {
        var form = FieldForm(fields)
        self.init(files: files)
        unit = form.text("unit").value
        isMeasuredInstantly = form.flag("belief-time-measured-instantly")
        isDayFirst = form.flag("day-first")
        // The path says which sensor is meant.
        for name in ["sensor", "id"] { _ = form.read(name, nullable: true, or: "") { $0 } }
        form.refuseUnknown()
        form.merge(faultsOfFiles)
        try form.errors.throwIfAny()
    }

    /// What is wrong with names and types of the files.
    var faultsOfFiles: FieldErrors {
        var errors = FieldErrors()
        if files.isEmpty { errors.add(UploadRequest.filesField, FieldText.missing) }
        for (index, file) in files.enumerated() {
            for text in file.faults { errors.add([UploadRequest.filesField, "\(index)"], text) }
        }
        return errors
    }

    static let filesField = "uploaded-files"
}

extension UploadedFile {
    private static let suffixes = ["csv", "CSV", "xlsx", "XLSX", "xls", "XLS", "xlsm", "XLSM"]
    private static let contentTypes = [
        "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/plain",
        "text/csv", "text/x-csv",
    ]

    fileprivate var faults: [String] { [nameFault, contentTypeFault].compactMap { $0 } }

    private var nameFault: String? {
        if name.isEmpty { return "Filename is missing." }
        guard let point = name.lastIndex(of: "."),
            UploadedFile.suffixes.contains(String(name[name.index(after: point)...]))
        else { return "Invalid filename: \(name). Only CSV or Excel files are accepted." }
        return nil
    }

    private var contentTypeFault: String? {
        guard let contentType, !UploadedFile.contentTypes.contains(contentType.withoutParameters) else { return nil }
        let accepted = UploadedFile.contentTypes.map { "'\($0)'" }.joined(separator: ", ")
        return "Invalid content type: \(contentType). Only the following content types are accepted: {\(accepted)}."
    }
}

extension String {
    /// `text/csv` of `text/csv; charset=utf-8`
    fileprivate var withoutParameters: String {
        String(prefix { $0 != ";" }.filter { $0 != " " })
    }
}

extension FieldForm {
    /// A yes or no in one of the few words that forms send; no if it is missing.
    fileprivate mutating func flag(_ field: String) -> Bool {
        read(field, nullable: true, or: FieldText.boolean) { value in
            switch value {
            case .bool(let flag): flag
            case .int(1): true
            case .int(0): false
            case .string(let text):
                [
                    "on": true, "true": true, "True": true, "1": true,
                    "off": false, "false": false, "False": false, "0": false,
                ][text]
            default: nil
            }
        }.value ?? false
    }
}
