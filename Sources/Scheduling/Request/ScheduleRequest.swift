import EnergyCore

/// A request for a schedule with all configuration merged, checked and turned into numbers; only data are missing.
package struct ScheduleRequest: Hashable, Sendable {
    /// What the request was sent to.
    package enum Target: Hashable, Sendable {
        case sensor(Sensor)
        case asset(Asset)

        /// The asset whose flex-context counts.
        package var assetID: AssetID {
            switch self {
            case .sensor(let sensor): sensor.assetID
            case .asset(let asset): asset.id
            }
        }
    }

    /// What is scheduled.
    package enum Subject: Hashable, Sendable {
        /// Devices with or without storage, together.
        case devices([DeviceRequest])
        /// Devices one after the other, each seeing the schedules of those before it.
        case sequence([ScheduleRequest])
        case process(ProcessModel, Sensor)
    }

    package var target: Target
    package var start: AwareDateTime
    package var grid: StepGrid
    /// End of the window in which data are looked up; the last step may reach beyond it.
    package var end: Instant
    package var prior: Instant?
    package var context: FlexContext
    package var subject: Subject
    /// Merged configuration as it was written, for the job's record.
    package var mergedContext: JSONObject
    package var mergedModels: [JSONObject]
    /// Entries of the flex-model that stand for several devices.
    package var groups: [GroupRequest] = []
    /// Other commodities than electricity that known flows of flex-models belong to.
    package var commoditiesWithFlows: [String] = []

    /// The scheduler's name in answers.
    package var schedulerName: String {
        if case .process = subject { "ProcessScheduler" } else { "StorageScheduler" }
    }
}

/// One flexible device of a request.
package struct DeviceRequest: Hashable, Sendable {
    /// Receives the schedule; nil for a device whose power is not saved.
    package var sensor: Sensor?
    package var asset: Asset
    package var model: FlexModel
    /// True if the level at the start was not said, so that a measured one counts before any default.
    package var seeksLevel = false
    /// From the asset when the flex-model has none.
    package var powerCapacity: VariableQuantity?
    /// Whether consuming and producing are allowed by the attributes of sensor or asset.
    package var mayConsume = true
    package var mayProduce = true
    /// What the fallback policy may do.
    package var fallsBackOnConsuming = false
    package var fallsBackOnProducing = false

    /// What people call the device.
    package var label: String { asset.name }
}

/// An entry of a flex-model that limits the sum of several devices.
package struct GroupRequest: Hashable, Sendable {
    package var label: String
    package var reference: FlexGroupReference
    /// Receives the sum; nil if it is not saved.
    package var sensor: Sensor?
    package var powerCapacity: VariableQuantity?
    package var consumptionCapacity: VariableQuantity?
    package var productionCapacity: VariableQuantity?
    /// Positions of the devices in it, those of inner groups included.
    package var members: [Int] = []
    /// Known flows in it, those of inner groups included.
    package var flows: [InflexibleDevice] = []
    /// Receive the sum in the direction of their names.
    package var outputs = FlexOutputs()
}

/// Settings of the host that shape schedules.
package struct SchedulingSettings: Hashable, Sendable {
    /// How long a schedule is when the message does not say.
    package var planningHorizon = TimeSpan.hours(48)
    /// How many steps targets may stretch a schedule to.
    package var maximumSteps = 2520
    /// The same as a length of time, where that is how it was set.
    package var longestSpan: TimeSpan?

    package init() {}
}
