import EnergyCore

/// The local calendar of every interval of a grid, worked out once.
struct TimeAxis: Sendable {
    /// Intervals in a day, not always whole.
    let perDay: Double
    let hoursPerStep: Double
    /// Local clock minus UTC, in seconds.
    let offset: [Int32]
    /// Local hour of the day with its fraction.
    let hour: [Float]
    /// Local days since 1970.
    let day: [Int32]
    /// 0 working day, 1 Saturday, 2 Sunday or holiday.
    let dayType: [UInt8]
    private let lagSteps: [Int]
    private let resolution: Int64

    /// - Parameter standardTime: whether to leave out daylight saving; the sun does not change its clocks.
    init(_ input: ForecastInput, count: Int, standardTime: Bool, holidayFlags: [Bool]) {
        let step = max(input.resolution.microseconds / 1_000_000, 1)
        resolution = step
        perDay = 86_400 / Double(step)
        hoursPerStep = Double(step) / 3600
        lagSteps = (0...(Int(Double(count) / (86_400 / Double(step))) + 60)).map {
            Int((Double($0) * 86_400 / Double(step)).rounded())
        }
        var offsets = Self.offsets(input, count: count, step: step)
        if standardTime, let least = offsets.min() { offsets = Array(repeating: least, count: count) }
        var hour = [Float](repeating: 0, count: count)
        var day = [Int32](repeating: 0, count: count)
        var type = [UInt8](repeating: 0, count: count)
        let first = input.start.seconds
        for i in 0..<count {
            let local = first + Int64(i) * step + Int64(offsets[i])
            let date = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
            hour[i] = Float(local - date * 86_400) / 3600
            day[i] = Int32(date)
            let weekday = Self.weekday(ofDay: Int(date))
            type[i] = weekday == 6 ? 2 : weekday == 5 ? 1 : 0
        }
        for (i, flag) in holidayFlags.prefix(count).enumerated() where flag { type[i] = 2 }
        for span in input.holidays {
            let low = max(0, Int((span.lowerBound.seconds - first) / step))
            let high = min(count, Int((span.upperBound.seconds - first + step - 1) / step))
            if low < high { for i in low..<high { type[i] = 2 } }
        }
        offset = offsets
        self.hour = hour
        self.day = day
        dayType = type
    }

    /// 0 is Monday.
    static func weekday(ofDay day: Int) -> Int {
        ((day + 3) % 7 + 7) % 7
    }

    /// The most days that `lag` and `lead` can be asked for; more than the grid has.
    var longestLag: Int { lagSteps.count - 1 }

    func weekday(_ index: Int) -> Int {
        Self.weekday(ofDay: Int(day[index]))
    }

    /// The interval with the same wall clock `days` earlier; negative when it lies before the grid.
    @inline(__always)
    func lag(_ index: Int, days: Int) -> Int {
        guard days < lagSteps.count else { return -1 }
        let plain = index - lagSteps[days]
        guard plain >= 0 else { return plain }
        let shift = Int64(offset[index] - offset[plain])
        return shift == 0 ? plain : plain + Int((Double(shift) / Double(resolution)).rounded())
    }

    /// The interval with the same wall clock `days` later.
    func lead(_ index: Int, days: Int) -> Int {
        let plain = index + lagSteps[days]
        guard plain < offset.count else { return plain }
        return plain - Int((Double(offset[plain] - offset[index]) / Double(resolution)).rounded())
    }

    /// Asks for the offset twice a day only where it does not change within that day: asking is slow.
    private static func offsets(_ input: ForecastInput, count: Int, step: Int64) -> [Int32] {
        func ask(_ i: Int) -> Int32 {
            Int32(input.utcOffset(Instant(seconds: input.start.seconds + Int64(i) * step)).microseconds / 1_000_000)
        }
        let stride = max(1, Int(86_400 / step))
        var result = [Int32](repeating: 0, count: count)
        var low = 0
        while low < count {
            let high = min(low + stride, count)
            let a = ask(low)
            let b = ask(high - 1)
            for i in low..<high { result[i] = a == b ? a : ask(i) }
            low = high
        }
        return result
    }
}
