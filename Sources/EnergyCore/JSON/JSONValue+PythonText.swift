extension JSONValue {
    /// The notation of audit records: `None`, `True`, `{'a': [1, 2.5]}`. Texts inside other values are quoted, a text by
    /// itself is not.
    package var recordText: String {
        if case .string(let text) = self { text } else { quotedText }
    }

    /// As `recordText`, with a text by itself quoted as well.
    package var quotedText: String {
        switch self {
        case .null: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .int(let number): "\(number)"
        case .double(let number): NumberText.text(number)
        case .string(let text): pythonQuoted(text)
        case .array(let elements): "[" + elements.map(\.quotedText).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(pythonQuoted($0.key)): \($0.value.quotedText)" }.joined(separator: ", ") + "}"
        }
    }
}

/// A text in single quotes, or in double quotes if it holds a single one and no double one; specials are escaped.
package func pythonQuoted(_ text: String) -> String {
    let quote: Unicode.Scalar = text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
    var quoted = String.UnicodeScalarView()
    quoted.append(quote)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": quoted += "\\\\".unicodeScalars
        case "\n": quoted += "\\n".unicodeScalars
        case "\r": quoted += "\\r".unicodeScalars
        case "\t": quoted += "\\t".unicodeScalars
        case quote:
            quoted.append("\\")
            quoted.append(scalar)
        case _ where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value):
            let hex = String(scalar.value, radix: 16)
            quoted += ("\\x" + (hex.count < 2 ? "0" : "") + hex).unicodeScalars
        default: quoted.append(scalar)
        }
    }
    quoted.append(quote)
    return String(quoted)
}
