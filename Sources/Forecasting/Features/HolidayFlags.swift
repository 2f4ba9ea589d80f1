/// Finds regressors that mark whole days off.
enum HolidayFlags {
    /// True for the intervals of marked days: a regressor of zeros and ones that is set on few days only.
    static func flags(in regressors: [Regressor], perDay: Double, count: Int) -> [Bool] {
        var result = [Bool](repeating: false, count: count)
        for regressor in regressors where !regressor.isPastOnly && isHoliday(regressor.values, perDay: perDay) {
            for (i, value) in regressor.values.prefix(count).enumerated() where value == 1 { result[i] = true }
        }
        return result
    }

    private static func isHoliday(_ values: [Double], perDay: Double) -> Bool {
        var ones = 0
        var switches = 0
        var last = 0.0
        for value in values where !value.isNaN {
            guard value == 0 || value == 1 else { return false }
            if value == 1 { ones += 1 }
            if value != last { switches += 1 }
            last = value
        }
        guard ones > 0, ones * 8 < values.count else { return false }
        return Double(ones) / Double((switches + 1) / 2) >= 0.9 * perDay
    }
}
