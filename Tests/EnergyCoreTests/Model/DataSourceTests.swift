import EnergyCore
import Testing

@Suite struct DataSourceTests {
    @Test(
        "versions compare as version numbers",
        arguments: [
            ("1", "2"), ("2", "10"), ("0.31.0.dev3", "0.31.0"), ("1.0rc1", "1.0"), ("1.0a1", "1.0b1"),
            ("1.0.dev1", "1.0a1"), ("1.0", "1.0.post1"), ("1.9", "1.10"), ("1", "1.0.1"), ("9", "1!1"),
        ])
    func versions(lower: String, higher: String) {
        #expect(SourceVersion(lower) < SourceVersion(higher))
    }

    @Test("no version, zeros and texts that are no versions are all 0.0.0", arguments: [nil, "0", "0.0", "", "latest"])
    func noVersion(text: String?) {
        #expect(SourceVersion(text) == SourceVersion("0.0.0"))
    }

    @Test(
        "descriptions and chart entries",
        arguments: [
            (DataSource(id: 1, name: "Seita", type: "forecaster"), "Seita", "", "forecaster"),
            (
                DataSource(id: 1, name: "Seita", type: "forecaster", model: "naive", version: "1.2"),
                "Seita's naive forecaster v1.2", "naive (v1.2)", "forecaster"
            ),
            (
                DataSource(id: 1, name: "Seita", type: "scheduler", model: "StorageScheduler", version: "2"),
                "Seita's StorageScheduler model v2", "StorageScheduler (v2)", "scheduler"
            ),
            (
                DataSource(id: 1, name: "KNMI", type: "crawling script", model: "weather"),
                "KNMI's weather crawling script", "weather", "other"
            ),
            (DataSource(id: 1, name: "x", type: "gateway", version: "7"), "x", "", "other"),
        ])
    func texts(source: DataSource, description: String, model: String, type: String) {
        #expect(source.description == description)
        #expect(source.chartModel == model)
        #expect(source.chartType == type)
    }
}
