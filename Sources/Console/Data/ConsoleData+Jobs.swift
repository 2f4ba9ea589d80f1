import EnergyCore
import Services

extension ConsoleData {
    /// `1 run`, `2 failed`: jobs of the last day under each top-level asset.
    package func jobTexts(_ records: Directory) throws -> [AssetID: String] {
        var running: [AssetID: Int] = [:]
        var failed: [AssetID: Int] = [:]
        for job in try services.jobs.jobs(limit: 200, as: caller) where now - job.enqueuedAt < .days(1) {
            guard let asset = job.assetID ?? job.sensorID.flatMap({ records.sensor($0)?.assetID }) else { continue }
            let site = records.ancestors(of: asset).last?.id ?? asset
            if job.state == .started { running[site, default: 0] += 1 }
            if job.state == .failed { failed[site, default: 0] += 1 }
        }
        var texts: [AssetID: String] = [:]
        for (site, count) in failed { texts[site] = "\(count) fail" }
        for (site, count) in running { texts[site] = "\(count) run" }
        return texts
    }
}
