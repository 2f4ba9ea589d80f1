import EnergyCore

/// Checks the fields of an asset that hold structured values before they are stored.
struct StoredFieldRules {
    let records: Directory
    let asset: Asset

    /// Faults of a flex-context, under its own field names.
    func faults(ofFlexContext fields: JSONObject, isNewAsset: Bool) -> FieldErrors {
        FieldErrors()
    }

    /// Faults of a flex-model, under its own field names.
    func faults(ofFlexModel model: JSONValue) -> FieldErrors {
        FieldErrors()
    }

    /// Faults of the list of charts, under `sensors_to_show`.
    func faults(ofSensorsToShow entries: JSONValue) -> FieldErrors {
        FieldErrors()
    }

    /// Faults of the list of KPIs, under `sensors_to_show_as_kpis`.
    func faults(ofKPIs entries: JSONValue) -> FieldErrors {
        FieldErrors()
    }
}
