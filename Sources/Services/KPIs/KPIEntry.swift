import EnergyCore

/// One figure that an asset shows: which sensor, and how its daily values become one.
package struct KPIEntry: Hashable, Sendable {
    /// How values become one.
    package enum Function: String, CaseIterable, Hashable, Sendable {
        case sum, min, max, mean
    }

    package let title: String
    package let sensor: SensorID
    /// nil: the mean for percentages, else the sum.
    package let function: Function?

    /// The entries of an asset's list; those that make no sense are left out.
    package static func entries(_ stored: JSONValue) -> [KPIEntry] {
        (stored.arrayValue ?? []).compactMap { try? KPIEntry($0) }
    }

    /// What is wrong with a list that is to be stored; nothing if all is well.
    ///
    /// - Parameter exists: whether there is a sensor of that id
    package static func faults(in list: JSONValue, exists: (SensorID) throws -> Bool) rethrows -> [String] {
        guard let items = list.arrayValue else { return ["sensors_to_show_as_kpis should be a list."] }
        return try items.compactMap { item in
            switch Result(catching: { () throws(Fault) in try KPIEntry(item) }) {
            case .success(let entry): try exists(entry.sensor) ? nil : "No sensor found with ID \(entry.sensor)."
            case .failure(let fault): fault.text
            }
        }
    }

    private struct Fault: Error {
        let text: String
    }

    private init(_ item: JSONValue) throws(Fault) {
        guard let fields = item.objectValue else { throw Fault(text: "KPI entries must be objects.") }
        guard let title = fields["title"]?.stringValue else { throw Fault(text: "KPI entries must have a 'title'.") }
        guard let sensor = fields["sensor"]?.intValue else { throw Fault(text: "KPI entries must have a 'sensor'.") }
        self.title = title
        self.sensor = sensor
        switch fields["function"] {
        case nil, .some(.null): function = nil
        case .some(let value):
            guard let function = value.stringValue.flatMap(Function.init(rawValue:)) else {
                throw Fault(text: "The 'function' of a KPI entry must be one of: sum, min, max, mean.")
            }
            self.function = function
        }
    }
}
