import EnergyCore

/// What a newcomer tells about the first site: where, what is there, what power costs. Everything has a default.
package struct FirstSite: Hashable, Sendable {
    package var name = "My site"
    /// kWh
    package var yearlyUse = 4000.0
    /// kWh
    package var battery = 10.0
    /// kW
    package var peakPower = 6.0
    /// EUR/kWh, from 7:00 to 23:00.
    package var dayPrice = 0.32
    /// EUR/kWh, in the other hours.
    package var nightPrice = 0.22
    /// EUR/kWh for what is fed in.
    package var feedInPrice = 0.08

    package init() {}

    /// One thing that is asked, in the order of asking.
    package struct Question: Sendable {
        /// Name of the field, also of the command's option.
        package let id: String
        package let label: String
        package let unit: String
        /// The heading of a group, at its first question.
        package let section: String?
        /// The number it is about; nil for the name.
        let number: any WritableKeyPath<FirstSite, Double> & Sendable
        /// Largest sensible number.
        let most: Double
    }

    /// The numbers that are asked for; the name comes before them.
    package static let questions: [Question] = [
        Question(
            id: "yearly-use", label: "Yearly use", unit: "kWh", section: nil, number: \.yearlyUse, most: 1e9),
        Question(
            id: "battery", label: "Battery", unit: "kWh", section: "2  WHAT IS THERE?", number: \.battery, most: 1e6),
        Question(id: "pv", label: "PV", unit: "kW", section: nil, number: \.peakPower, most: 1e6),
        Question(
            id: "day-price", label: "By day", unit: "EUR/kWh", section: "3  WHAT DOES POWER COST?", number: \.dayPrice,
            most: 100),
        Question(
            id: "night-price", label: "By night", unit: "EUR/kWh", section: nil, number: \.nightPrice, most: 100),
        Question(
            id: "feed-in-price", label: "Fed in", unit: "EUR/kWh", section: nil, number: \.feedInPrice, most: 100),
    ]

    /// The heading before the name.
    package static let firstSection = "1  WHICH SITE?"

    /// The default answer, as text.
    package static func suggestion(for question: Question) -> String {
        let number = FirstSite()[keyPath: question.number]
        return number == number.rounded() ? "\(Int(number))" : "\(number)"
    }

    /// Reads answers by field; empty ones and absent ones keep their defaults.
    /// - Throws: what is wrong, by field.
    package init(answers: [String: String]) throws(FieldErrors) {
        var errors = FieldErrors()
        if let name = answers["name"], !name.isEmpty { self.name = name }
        for question in Self.questions {
            guard let text = answers[question.id], !text.isEmpty else { continue }
            if let number = Double(text), (0...question.most).contains(number) {
                self[keyPath: question.number] = number
            } else {
                errors.add([question.id], "a number of \(question.unit), zero or more")
            }
        }
        if battery == 0 { errors.add(["battery"], "without a battery there is nothing to plan yet: give it some kWh") }
        if !errors.isEmpty { throw errors }
    }
}
