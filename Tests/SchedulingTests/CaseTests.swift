import EnergyCore
import Foundation
import Testing

@testable import Scheduling

/// A recorded case with what is expected of it.
struct RecordedCase: CustomTestStringConvertible, Sendable {
    let id: String
    let json: JSONValue

    var testDescription: String { id }
    var expected: JSONValue { json["expected"] ?? .null }

    static let all: [RecordedCase] = {
        guard let folder = Bundle.module.url(forResource: "Cases", withExtension: nil),
            let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        else { return [] }
        return files.sorted { $0.path < $1.path }.compactMap { file in
            guard let data = try? Data(contentsOf: file), let json = try? JSONValue(parsing: [UInt8](data)) else {
                return nil
            }
            return RecordedCase(id: json["id"]?.stringValue ?? file.lastPathComponent, json: json)
        }
    }()

    /// The ways in which the case may end.
    var statuses: [String] {
        if let own = expected["ours"] {
            if let one = own["status"]?.stringValue { return [one] }
            return own["status"]?.arrayValue?.compactMap(\.stringValue) ?? []
        }
        if let status = expected["trigger_status"]?.intValue, status >= 400 { return ["refused"] }
        return [expected["job_status"]?.stringValue ?? ""]
    }

    /// What a finished schedule may cost at most.
    var optimum: Double? {
        let own = expected["ours"]
        return (own?["optimum"] ?? own?["objective"] ?? expected["optimum"] ?? expected["objective"])?.doubleValue
    }
}

@Suite("Recorded cases")
struct CaseTests {
    @Test("end as recorded", arguments: RecordedCase.all)
    func status(_ recorded: RecordedCase) throws {
        let outcome = try CaseRunner.run(recorded.json)
        #expect(recorded.statuses.contains(outcome.status.rawValue), "\(outcome.message)")
        if outcome.status == .refused, recorded.expected["ours"] == nil,
            let body = recorded.expected["trigger_response"]
        {
            #expect(outcome.message == body)
        }
        if outcome.status == .refused, let body = recorded.expected["ours"]?["body"] {
            #expect(outcome.message == body)
        }
        if outcome.status == .failed, recorded.expected["ours"] == nil, let exception = recorded.expected["exception"] {
            let text = "\(exception["type"]?.stringValue ?? ""): \(exception["message"]?.stringValue ?? "")"
            #expect(outcome.message == .string(text))
        }
    }

    @Test("cost no more than the optimum", arguments: RecordedCase.all)
    func cost(_ recorded: RecordedCase) throws {
        let outcome = try CaseRunner.run(recorded.json)
        guard outcome.status == .finished, let optimum = recorded.optimum, let cost = outcome.cost else { return }
        if recorded.expected["kind"] != nil || recorded.expected["ours"]?["kind"] != nil {
            #expect(abs(cost - optimum) <= 1e-6 * max(1, abs(optimum)))
        } else {
            #expect(cost <= optimum + 1e-6 * abs(optimum) + 1e-6)
            #expect(cost >= optimum - 1e-6 * abs(optimum) - 1e-6)
        }
    }
}
