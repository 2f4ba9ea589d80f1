import EnergyCore

extension FieldReader {
    /// A date and time with its offset from UTC. A blank where a plus sign was lost on the way counts as that.
    package mutating func datetime(_ name: String, _ need: Need = .optional) -> AwareDateTime? {
        guard let value = value(name, need) else { return nil }
        guard case .string(let text) = value else {
            refuse(name, FieldTexts.datetime)
            return nil
        }
        do {
            return try AwareDateTime(parsing: text)
        } catch {
            refuse(name, error.message)
            return nil
        }
    }

    /// A duration of whole minutes; calendar months and years are fine.
    package mutating func duration(_ name: String, _ need: Need = .optional) -> ISODuration? {
        guard let value = value(name, need) else { return nil }
        guard case .string(let text) = value else {
            refuse(name, FieldTexts.duration(WireJSON.text(value)))
            return nil
        }
        do {
            return try ISODuration(parsing: text)
        } catch {
            refuse(name, error.message)
            return nil
        }
    }

    /// A duration of fixed length.
    package mutating func span(_ name: String, _ need: Need = .optional) -> TimeSpan? {
        guard let duration = duration(name, need) else { return nil }
        if duration.isNominal { refuse(name, FieldTexts.nominalDuration) }
        return duration.absolute
    }
}
