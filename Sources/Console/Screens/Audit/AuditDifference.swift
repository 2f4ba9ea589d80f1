import TerminalKit

/// What a record of the audit log changed, as lines with a minus and lines with a plus.
enum AuditDifference {
    /// Empty for records that tell of no change of a field.
    static func lines(_ event: String) -> [DetailLine] {
        if event.hasPrefix("Updated sensor ") { return sensor(event) }
        guard event.hasPrefix("Updated") else { return [] }
        if let (field, change) = plain(event) { return difference(field, change.before, change.after) }
        return event.split(separator: "\n").flatMap { member($0) }
    }

    /// `Updated: name, From: A, To: B`
    private static func plain(_ event: String) -> (String, (before: String, after: String))? {
        guard let from = event.firstRange(of: ", From: "), let to = event[from.upperBound...].firstRange(of: ", To: "),
            let colon = event.firstIndex(of: ":")
        else { return nil }
        let field = String(event[event.index(after: colon)..<from.lowerBound]).trimmed
        return (field, (String(event[from.upperBound..<to.lowerBound]), String(event[to.upperBound...])))
    }

    /// `Updated: flex_model, change soc-max: 10 -> 12`, or a line of a list of such changes.
    private static func member(_ line: Substring) -> [DetailLine] {
        var text = line
        if text.hasPrefix("Updated"), let comma = text.firstRange(of: ", ") { text = text[comma.upperBound...] }
        if let dot = text.firstRange(of: ". "), text[..<dot.lowerBound].allSatisfy(\.isNumber) {
            text = text[dot.upperBound...]
        }
        for (word, sign) in [("remove ", "-"), ("add ", "+")] where text.hasPrefix(word) {
            return [self.line(sign, String(text.dropFirst(word.count)))]
        }
        guard text.hasPrefix("change "), let arrow = text.firstRange(of: " -> ") else { return [] }
        let head = text.dropFirst("change ".count)[..<arrow.lowerBound]
        let after = String(text[arrow.upperBound...])
        guard let colon = head.firstRange(of: ": ") else { return difference("", String(head), after) }
        return difference(String(head[..<colon.lowerBound]), String(head[colon.upperBound...]), after)
    }

    /// `Updated sensor 'x': 3. Updated fields: Field name: unit, Old value: kW, New value: MW; ...`
    private static func sensor(_ event: String) -> [DetailLine] {
        event.split(separator: "Field name: ").dropFirst().flatMap { part -> [DetailLine] in
            guard let old = part.firstRange(of: ", Old value: "), let new = part.firstRange(of: ", New value: "),
                old.upperBound <= new.lowerBound
            else { return [] }
            var after = String(part[new.upperBound...])
            if after.hasSuffix("; ") { after.removeLast(2) }
            return difference(String(part[..<old.lowerBound]), String(part[old.upperBound..<new.lowerBound]), after)
        }
    }

    private static func difference(_ field: String, _ before: String, _ after: String) -> [DetailLine] {
        let name = field.isEmpty ? "" : field + "  "
        return [line("-", name + before), line("+", name + after)]
    }

    private static func line(_ sign: String, _ text: String) -> DetailLine {
        DetailLine("  \(sign) \(text)", sign == "+" ? .strong : .secondary)
    }
}
