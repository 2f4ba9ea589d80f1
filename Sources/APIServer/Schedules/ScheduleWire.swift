import APIContract
import EnergyCore
import Services

/// A schedule as answers show it.
enum ScheduleWire {
    /// Written by hand: most of it are numbers.
    static func json(_ plan: PlannedValues, _ query: ScheduleQuery) throws -> [UInt8] {
        let unit = query.unit ?? plan.sensor.unit
        let values = try converted(plan, to: unit, query.sign)
        var writer = JSONWriter(capacity: values.count * 8 + 256)
        writer.raw("{\"values\":")
        writer.write(values)
        writer.raw(",\"start\":")
        writer.write(plan.start.text(in: Zone.named(plan.sensor.timezone) ?? .utc))
        writer.raw(",\"duration\":")
        writer.write(plan.duration.isoText(.hours))
        writer.raw(",\"unit\":")
        writer.write(unit)
        writer.raw(",\"scheduler_info\":{\"scheduler\":")
        writer.write(plan.schedulerName)
        writer.raw("},\"message\":")
        writer.write(plan.sentence)
        writer.raw(",\"status\":\"PROCESSED\"}")
        return writer.bytes
    }

    static let schema = Schema.object([
        "values": .list(of: Schema.number.orNull), "start": .datetime, "duration": .string, "unit": .string,
        "scheduler_info": .object(["scheduler": .string]), "message": .string, "status": .string,
    ])

    private static func converted(
        _ plan: PlannedValues, to unit: String, _ sign: ScheduleQuery.SignConvention
    ) throws -> [Double] {
        var values = plan.values
        if unit != plan.sensor.unit {
            guard let conversion = try? Unit.conversion(from: plan.sensor.unit, to: unit, duration: plan.step) else {
                let text = UnitRules.refusal(of: unit, for: plan.sensor.unit)
                throw APIFailure.unprocessable(Location.argumentsAndJSON, field: "unit", text)
            }
            conversion.apply(to: &values)
        }
        let factor = factor(plan.sensor, sign)
        // Adding zero turns a negative zero into zero.
        return values.map { $0 * factor + 0 }
    }

    /// Only flows have a direction.
    private static func factor(_ sensor: Sensor, _ sign: ScheduleQuery.SignConvention) -> Double {
        guard Unit.isPower(sensor.unit) || Unit.isEnergy(sensor.unit) && sensor.resolution > .zero else { return 1 }
        switch sign {
        case .consumptionPositive: return 1
        case .productionPositive: return -1
        case .asStored: return sensor.consumptionIsPositive ? 1 : -1
        }
    }
}
