/// What kind of thing changed. Raw values are stored; never reuse one.
package enum ChangeSubject: Int, CaseIterable, Hashable, Sendable {
    case accounts = 1
    case users = 2
    case assets = 3
    case sensors = 4
    case sources = 5
    /// Beliefs of the sensor with that id.
    case beliefs = 6
    case jobs = 7
    case annotations = 8
    case audit = 9
    case settings = 10
}

/// Something changed: what, and which one (0: several, or no particular one).
package struct Change: Hashable, Sendable {
    package var subject: ChangeSubject
    package var id: Int

    package init(subject: ChangeSubject, id: Int) {
        self.subject = subject
        self.id = id
    }
}

/// A position in the history of changes.
package struct ChangeMark: Hashable, Comparable, Sendable {
    var sequence: Int64

    /// Before the first change.
    package static let start = ChangeMark(sequence: 0)

    package static func < (a: ChangeMark, b: ChangeMark) -> Bool { a.sequence < b.sequence }
}
