import EnergyCore
import Services

/// Finds what needs attention.
package enum AlarmBoard {
    /// All alarms and warnings of the sites that the user may see, most urgent first.
    package static func rows(
        account: AccountID?, belief: BeliefHorizon, _ data: ConsoleData, _ records: Directory
    ) throws -> [AlarmRow] {
        []
    }
}

/// How many jobs of each site run or failed.
package enum JobCounts {
    package static func bySite(_ data: ConsoleData, _ records: Directory) throws -> [AssetID: String] {
        [:]
    }
}
