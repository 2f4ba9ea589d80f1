extension DataSource {
    /// `Seita's naive forecaster v1.2`; just the name when there is no model.
    package var description: String {
        guard let model, !model.isEmpty else { return name }
        let kind = model.lowercased().contains(type.lowercased()) ? "model" : type
        var text = "\(name)'s \(model) \(kind)"
        if let version, !version.isEmpty { text += " v\(version)" }
        return text
    }

    /// `forecast by Seita`: what the source's data are to a reader.
    package var label: String {
        switch type {
        case "user": "data entered by user \(name)"
        case "forecaster": "forecast by \(name)"
        case "scheduler": "schedule by \(name)"
        case "reporter": "report by \(name)"
        case "crawling script": "data retrieved from \(name)"
        case "demo script", "CLI script": "demo data entered by \(name)"
        default: "data from \(name)"
        }
    }

    /// The model with its version as charts name it: `naive (v1.2)`; empty without a model.
    package var chartModel: String {
        guard let model, !model.isEmpty else { return "" }
        guard let version, !version.isEmpty else { return model }
        return "\(model) (v\(version))"
    }

    /// The three kinds of sources that charts tell apart: forecaster, scheduler, other.
    package var chartType: String {
        if type.contains("forecast") { return "forecaster" }
        return type.contains("schedul") ? "scheduler" : "other"
    }

    /// `Seita (ID: 6)`: how statistics name a source.
    package var descriptionWithID: String { "\(description) (ID: \(id))" }
}
