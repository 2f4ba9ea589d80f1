/// Why a file cannot be used.
package struct SheetFault: Error, Hashable, Sendable {
    /// In the words of the API where it has some.
    package var reason: String
    /// The line or row at fault, if it is one.
    package var line: Int?
    /// What stands there.
    package var text: String?

    package init(_ reason: String, line: Int? = nil, text: String? = nil) {
        self.reason = reason
        self.line = line
        self.text = text
    }
}

extension SheetFault: CustomStringConvertible {
    /// `event values should be numeric (line 3: 'x')`
    package var description: String {
        guard let line else { return reason }
        guard let text else { return "\(reason) (line \(line))" }
        return "\(reason) (line \(line): '\(text.prefix(60))')"
    }
}
