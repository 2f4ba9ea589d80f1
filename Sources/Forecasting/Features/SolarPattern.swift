/// Tells photovoltaic production, and what looks like it, from other series.
enum SolarPattern {
    /// True when the series never changes sign and rests in one and the same block of at least six hours every night
    /// of the last four weeks.
    static func holds(_ values: [Double], perDay: Double) -> Bool {
        isSunny(values, perDay: perDay) || isSunny(values.map { -$0 }, perDay: perDay)
    }

    private static func isSunny(_ values: [Double], perDay: Double) -> Bool {
        let slots = Int(perDay)
        guard perDay == Double(slots), slots >= 8, values.count >= slots * 4 else { return false }
        var top = [Double](repeating: -.infinity, count: slots)
        for i in max(0, values.count - 28 * slots)..<values.count where !values[i].isNaN {
            if values[i] < 0 { return false }
            top[i % slots] = max(top[i % slots], values[i])
        }
        guard let most = top.max(), most > 0, most.isFinite else { return false }
        let dark = top.map { $0 <= 0.01 * most }
        let darkSlots = dark.count { $0 }
        let edges = dark.indices.count { dark[$0] && !dark[($0 + 1) % slots] }
        return edges == 1 && Double(darkSlots) * 24 / perDay >= 6
    }
}
