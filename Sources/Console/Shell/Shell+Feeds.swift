import EnergyCore
import Services
import TerminalKit

extension Shell {
    /// Everything that wakes the running console.
    func startFeeds() -> [Task<Void, Never>] {
        [
            Task { [weak self, backend] in
                for await event in backend.events { self?.post(.terminal(event)) }
                self?.post(.terminal(.hangUp))
            },
            Task { [weak self] in
                guard let changes = self?.services.notices.changes() else { return }
                for await _ in changes {
                    guard let self else { return }
                    self.post(.storeChanged)
                    // At most ten pictures a second from data; what comes meanwhile is in the next one.
                    try? await Task.sleep(for: .milliseconds(100))
                }
            },
            Task { [weak self] in
                while !Task.isCancelled {
                    guard let pause = self?.untilNextTick else { return }
                    try? await Task.sleep(for: .microseconds(pause))
                    self?.post(.tick)
                }
            },
        ]
    }

    /// Microseconds until the clock in the header changes.
    private var untilNextTick: Int64 {
        let step: Int64 = isPlaying || (showsSeconds && frozenAt == nil) ? 1_000_000 : 60_000_000
        return step - now.microseconds % step + 1000
    }

    /// Whether the header has room for seconds.
    var showsSeconds: Bool { settings.showsSeconds && backend.size.columns >= 120 }

    /// One step of the replay.
    func playStep() {
        guard case .asOf(let moment) = belief else {
            isPlaying = false
            return
        }
        let next = moment + GeneralActions.beliefStep
        if next >= now {
            belief = .live
            isPlaying = false
            note("replay has arrived at the present")
        } else {
            belief = .asOf(next)
        }
    }
}
