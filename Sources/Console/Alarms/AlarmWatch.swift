import Dispatch
import EnergyCore
import Services
import Synchronization

/// Looks at all alarms once a minute where no console does, so that what came and went by night is known in the morning.
package final class AlarmWatch: Sendable {
    private let services: FlexServices
    private let cache = AlarmCache()
    private let queue = DispatchQueue(label: "flexdeck.alarms", qos: .utility)

    package init(_ services: FlexServices) {
        self.services = services
        cache.isRecording.store(true, ordering: .relaxed)
    }

    /// Looks until the task is cancelled.
    package func run() async {
        guard !services.settings.readOnly else { return }
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(60))
            if Task.isCancelled { return }
            // It may wait for the disk: not on the threads that tasks share.
            await withCheckedContinuation { continuation in
                queue.async {
                    self.look()
                    continuation.resume()
                }
            }
        }
    }

    /// Takes one look. What cannot be read now is read a minute later.
    package func look() {
        let data = ConsoleData(services: services, caller: .host(.console), now: services.clock.now, alarms: cache)
        _ = try? cache.list(account: nil, belief: .live, data)
    }
}
