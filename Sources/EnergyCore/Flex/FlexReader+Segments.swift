extension FlexReader {
    /// A time series specification.
    mutating func segments(
        _ elements: [JSONValue], _ path: [String], _ measure: FlexMeasure, _ forms: Forms
    ) -> Raw? {
        guard forms.segments else {
            errors.add(path, "A time series specification (listing segments) is not supported for this field.")
            return nil
        }
        let before = errors.texts.count
        var segments: [(start: Instant, end: Instant, value: FlexQuantity)] = []
        for (index, element) in elements.enumerated() {
            let place = path + ["\(index)"]
            guard let members = element.objectValue else {
                errors.add(place + [FieldErrors.wholeInput], "Invalid input type.")
                continue
            }
            if let segment = segment(members, place, measure, forms) { segments.append(segment) }
        }
        if measure.isPrice, Set(segments.compactMap(\.value.unit.currency)).count > 1 {
            errors.add(path, "Segments of a time series must share the same unit.")
        }
        return errors.texts.count == before ? .segments(segments) : nil
    }

    private mutating func segment(
        _ members: JSONObject, _ path: [String], _ measure: FlexMeasure, _ forms: Forms
    ) -> (start: Instant, end: Instant, value: FlexQuantity)? {
        for key in members.keys where !["value", "datetime", "start", "end", "duration"].contains(key) {
            errors.add(path + [key], "Unknown field.")
        }
        var quantity: FlexQuantity?
        if let value = members["value"] {
            if case .fixed(let read)? = segmentValue(value, path + ["value"], measure, forms) { quantity = read }
        } else {
            errors.add(path + ["value"], "Missing data for required field.")
        }
        guard let window = window(members, path), let quantity else { return nil }
        return (window.start, window.end, quantity)
    }

    private mutating func segmentValue(
        _ value: JSONValue, _ path: [String], _ measure: FlexMeasure, _ forms: Forms
    ) -> Raw? {
        var plain = forms
        plain.lowest = nil
        switch value {
        case .object, .array:
            errors.add(path, Self.unsupported(value))
            return nil
        default: return raw(value, path, measure, plain)
        }
    }

    /// When a segment holds: at `datetime`, or between two of `start`, `end` and `duration`.
    mutating func window(_ members: JSONObject, _ path: [String]) -> (start: Instant, end: Instant)? {
        let (hasStart, hasEnd, hasDuration) =
            (members["start"] != nil, members["end"] != nil, members["duration"] != nil)
        if members["datetime"] != nil, hasStart || hasEnd || hasDuration {
            errors.add(
                path + [FieldErrors.wholeInput],
                "If using the 'datetime' field, no 'start', 'end' or 'duration' is expected.")
            return nil
        }
        if members["datetime"] != nil {
            return instant(members["datetime"], path + ["datetime"]).map { ($0, $0) }
        }
        if hasDuration, hasStart == hasEnd {
            errors.add(
                path + [FieldErrors.wholeInput], "If using the 'duration' field, either 'start' or 'end' is expected.")
            return nil
        }
        guard (hasStart && hasEnd) || hasDuration else {
            errors.add(
                path + [FieldErrors.wholeInput],
                "Missing field(s) to describe timing: use the 'datetime' field, or a combination of 2 fields of 'start', 'end' and 'duration'."
            )
            return nil
        }
        let start = hasStart ? instant(members["start"], path + ["start"]) : nil
        let end = hasEnd ? instant(members["end"], path + ["end"]) : nil
        guard hasDuration else { return start.flatMap { start in end.map { (start, $0) } } }
        guard let duration = duration(members["duration"], path + ["duration"]) else { return nil }
        if let start { return (start, duration.end(from: start, in: zone)) }
        return end.map { ((-duration).end(from: $0, in: zone), $0) }
    }

    /// An instant with an offset.
    mutating func instant(_ value: JSONValue?, _ path: [String]) -> Instant? {
        guard let text = value?.stringValue else {
            errors.add(path, value?.isNull == true ? "Field may not be null." : "Not a valid datetime.")
            return nil
        }
        do {
            return try Instant(parsing: text)
        } catch {
            errors.add(path, error.message)
            return nil
        }
    }

    /// An ISO 8601 duration of whole minutes.
    mutating func duration(_ value: JSONValue?, _ path: [String]) -> ISODuration? {
        guard let text = value?.stringValue else {
            let shown = value?.recordText ?? ""
            errors.add(
                path,
                value?.isNull == true
                    ? "Field may not be null." : "Cannot parse \(shown) as ISO8601 duration: expected a text")
            return nil
        }
        do {
            return try ISODuration(parsing: text)
        } catch {
            errors.add(path, error.message)
            return nil
        }
    }
}
