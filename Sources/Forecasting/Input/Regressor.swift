/// A series that explains another one.
package struct Regressor: Sendable {
    /// What the report calls it.
    package var name: String
    /// Realised values over the history, then, unless `isPastOnly`, the values expected at the viewpoint over the
    /// horizon. NaN where unknown.
    package var values: [Double]
    /// True when nothing is known of it after the viewpoint.
    package var isPastOnly: Bool

    package init(name: String, values: [Double], isPastOnly: Bool = false) {
        self.name = name
        self.values = values
        self.isPastOnly = isPastOnly
    }
}
