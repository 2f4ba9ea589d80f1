/// What an import brought up to date.
package struct WorldSummary: Hashable, Sendable {
    package var accounts = 0
    package var users = 0
    package var assets = 0
    package var sensors = 0
    /// Beliefs that were new or changed.
    package var beliefs = 0

    package init() {}
}
