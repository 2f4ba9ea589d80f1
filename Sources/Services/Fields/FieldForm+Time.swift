import EnergyCore

extension FieldForm {
    /// A date and time with its offset; a blank that was a plus sign is repaired.
    mutating func datetime(_ field: String, required: Bool = false) -> AwareDateTime? {
        let sent = read(field, required: required, or: DateTimeTextError.unparsable.message) { $0.stringValue }
        guard let text = sent.value else { return nil }
        do {
            return try AwareDateTime(parsing: text)
        } catch {
            refuse(field, error.message)
            return nil
        }
    }

    /// A duration of whole minutes; calendar months and years are fine.
    mutating func duration(_ field: String, required: Bool = false) -> ISODuration? {
        guard let value = read(field, required: required, or: "", { $0 }).value else { return nil }
        do {
            return try ISODuration(parsing: value.stringValue ?? value.text())
        } catch {
            refuse(field, error.message)
            return nil
        }
    }

    /// A duration of fixed length.
    mutating func span(_ field: String, required: Bool = false) -> TimeSpan? {
        guard let duration = duration(field, required: required) else { return nil }
        if duration.isNominal { refuse(field, FieldText.nominal) }
        return duration.absolute
    }
}
