import EnergyCore

/// Numbers and times as explanations write them.
struct Words {
    let zone: Zone
    let currency: String

    func power(_ megawatts: Double) -> String {
        abs(megawatts) < 1 ? "\(number(megawatts * 1000)) kW" : "\(number(megawatts)) MW"
    }

    func energy(_ megawattHours: Double) -> String {
        abs(megawattHours) < 1 ? "\(number(megawattHours * 1000)) kWh" : "\(number(megawattHours)) MWh"
    }

    func money(_ amount: Double) -> String { "\(number(amount)) \(currency)" }
    func price(_ perMWh: Double) -> String { "\(number(perMWh)) \(currency)/MWh" }

    /// `2025-03-10 01:00`
    func time(_ instant: Instant) -> String { String(instant.spacedText(in: zone).prefix(16)) }

    func span(_ grid: StepGrid, _ steps: Range<Int>) -> String {
        "from \(time(grid.time(steps.lowerBound))) to \(time(grid.time(steps.upperBound)))"
    }

    /// Several spans; a date is said only where it changes.
    func spans(_ grid: StepGrid, _ runs: [Range<Int>], atMost most: Int) -> String {
        var date = ""
        func moment(_ step: Int) -> String {
            let text = time(grid.time(step))
            defer { date = String(text.prefix(10)) }
            return text.hasPrefix(date) && !date.isEmpty ? String(text.dropFirst(11)) : text
        }
        let parts = runs.prefix(most).map { "\(moment($0.lowerBound)) to \(moment($0.upperBound))" }
        let rest = runs.count - parts.count
        return "from " + parts.joined(separator: ", ") + (rest > 0 ? " and \(rest) more times" : "")
    }

    /// Money per unit, with three significant digits.
    func share(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return money(value) }
        var scale = 1.0
        while abs(value) * scale < 100, scale < 1e9 { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return money(rounded)
    }

    /// Up to four significant decimals, without trailing zeros.
    func number(_ value: Double) -> String {
        guard value.isFinite else { return value > 0 ? "unlimited" : "-unlimited" }
        let scale = abs(value) >= 100 ? 10.0 : abs(value) >= 1 ? 1000 : 1e6
        let rounded = (value * scale).rounded() / scale
        let text = NumberText.text(rounded == 0 ? 0 : rounded)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Runs of neighbouring steps.
    static func runs(of steps: [Int]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for step in steps {
            if let last = runs.last, last.upperBound == step {
                runs[runs.count - 1] = last.lowerBound..<(step + 1)
            } else {
                runs.append(step..<(step + 1))
            }
        }
        return runs
    }
}
