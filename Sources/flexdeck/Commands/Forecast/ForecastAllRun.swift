import Dispatch
import EnergyCore
import Foundation
import Services
import Synchronization

/// Forecasts many sensors on a few threads.
struct ForecastAllRun {
    let services: FlexServices
    let message: JSONValue
    let target: Int?

    struct Outcome {
        var total = 0
        var done = 0
        var beliefs = 0
        var beliefTimes = 0
        var failures: [(sensor: Int, text: String)] = []
        var isStopped = false
    }

    func forecast(_ sensors: [Int], threads: Int, isStopped: @escaping @Sendable () -> Bool) -> Outcome {
        let outcome = Mutex(Outcome(total: sensors.count))
        let next = Atomic(0)
        let progress = ProgressLine("forecasting")
        let workers = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
        let services = services
        let message = message
        let target = target
        DispatchQueue.concurrentPerform(iterations: min(workers, max(sensors.count, 1))) { _ in
            while !isStopped() {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < sensors.count else { return }
                let result = Result {
                    try services.forecasts.run(
                        message, for: sensors[number], savingTo: target, as: .host, isCancelled: isStopped)
                }
                outcome.withLock { outcome in
                    switch result {
                    case .success(let summary):
                        outcome.done += 1
                        outcome.beliefs += summary.beliefs
                        outcome.beliefTimes = max(outcome.beliefTimes, summary.beliefTimes)
                    case .failure(let error):
                        if !(error is JobCancelled) { outcome.failures.append((sensors[number], Self.text(error))) }
                    }
                    progress.show(outcome.done + outcome.failures.count, of: sensors.count)
                }
            }
        }
        progress.finish()
        return outcome.withLock { outcome in
            outcome.isStopped = isStopped()
            return outcome
        }
    }

    private static func text(_ error: any Error) -> String {
        (error as? JobFailure)?.message ?? Failure.lines(for: error).joined(separator: " ")
    }
}
