import Services
import Testing

@Suite("Requests that were answered")
struct RequestMeterTests {
    @Test("are counted with their failures, and with the times within which half and nearly all were answered")
    func figures() {
        let meter = RequestMeter()
        #expect(meter.figures == RequestMeter.Figures())
        for index in 0..<100 {
            meter.note(method: "GET", path: "/api", status: index == 7 ? 500 : 200, duration: .milliseconds(2))
        }
        for _ in 0..<3 { meter.note(method: "POST", path: "/slow", status: 404, duration: .milliseconds(900)) }
        let figures = meter.figures
        #expect((figures.requests, figures.failures, figures.lastMinute) == (103, 1, 103))
        #expect(figures.median.map { 2...2.5 ~= $0 } == true)
        #expect(figures.high.map { 900...1125 ~= $0 } == true)
        #expect(figures.slowest == "POST /slow" && abs((figures.slowestTime ?? 0) - 900) < 1e-6)
    }

    @Test("may take no time or hours")
    func extremes() {
        let meter = RequestMeter()
        meter.note(method: "GET", path: "/", status: 200, duration: .zero)
        meter.note(method: "GET", path: "/", status: 200, duration: .seconds(7200))
        #expect(meter.figures.requests == 2 && meter.figures.high ?? 0 > 60_000)
    }
}
