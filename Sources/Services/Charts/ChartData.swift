import EnergyCore

/// The data of an asset's charts: records by sensor, as columns.
package struct ChartData: Sendable {
    /// The records of one sensor, by event start, then description of the source, then belief time.
    package struct Series: Sendable {
        package let sensor: Sensor
        /// `power (Battery A)`
        package let description: String
        package let assetDescription: String
        /// To the common unit of the sensor's row.
        package let factor: Double
        package internal(set) var starts: [Instant] = []
        package internal(set) var values: [Double] = []
        package internal(set) var sources: [DataSourceID] = []
        package internal(set) var horizons: [TimeSpan] = []
        package internal(set) var beliefTimes: [Instant] = []

        init(sensor: Sensor, description: String, assetDescription: String, factor: Double) {
            self.sensor = sensor
            self.description = description
            self.assetDescription = assetDescription
            self.factor = factor
        }

        package var count: Int { starts.count }

        mutating func reserveCapacity(_ count: Int) {
            starts.reserveCapacity(count)
            values.reserveCapacity(count)
            sources.reserveCapacity(count)
            horizons.reserveCapacity(count)
            beliefTimes.reserveCapacity(count)
        }
    }

    package let series: [Series]
    /// The sources that occur.
    package let sources: [DataSourceID: DataSource]
    /// Whether records say when they were believed.
    package let showsBeliefTimes: Bool

    package var count: Int { series.reduce(0) { $0 + $1.count } }
}
