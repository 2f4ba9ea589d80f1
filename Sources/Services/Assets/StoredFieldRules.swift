import EnergyCore

/// Checks the fields of an asset that hold structured values before they are stored.
struct StoredFieldRules {
    let records: Directory

    /// Faults of a flex-context, under its own field names. A new asset may have fixed prices, which a change refuses.
    func faults(ofFlexContext fields: JSONObject, isNewAsset: Bool) -> FieldErrors {
        do {
            try FlexStorageRules.checkContext(fields, lookup: records, allowsFixedPrices: isNewAsset)
            return FieldErrors()
        } catch {
            return error
        }
    }

    /// Faults of a flex-model, under its own field names.
    func faults(ofFlexModel model: JSONValue) -> FieldErrors {
        guard let fields = model.objectValue else { return FieldErrors("flex_model", FieldText.mapping) }
        do {
            try FlexStorageRules.checkModel(fields, lookup: records)
            return FieldErrors()
        } catch {
            return error
        }
    }

    /// Faults of the list of charts, under `sensors_to_show`.
    func faults(ofSensorsToShow entries: JSONValue) -> FieldErrors {
        var texts = ShownRow.faults(in: entries)
        if texts.isEmpty {
            let ids = ShownRow.rows(entries).flatMap(\.sensors)
            texts = ids.filter { records.sensor($0) == nil }.map { NotFound(.sensor, $0).message }
        }
        return collected(texts, under: "sensors_to_show")
    }

    /// Faults of the list of KPIs, under `sensors_to_show_as_kpis`.
    func faults(ofKPIs entries: JSONValue) -> FieldErrors {
        collected(
            KPIEntry.faults(in: entries) { records.sensor($0) != nil }, under: "sensors_to_show_as_kpis")
    }

    private func collected(_ texts: [String], under field: String) -> FieldErrors {
        var errors = FieldErrors()
        for text in texts { errors.add(field, text) }
        return errors
    }
}

extension Directory: FlexLookup {}
