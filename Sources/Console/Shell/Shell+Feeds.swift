import EnergyCore
import Services
import TerminalKit

extension Shell {
    /// Everything that wakes the running console.
    func startFeeds() -> [Task<Void, Never>] {
        [
            Task { [weak self, backend] in
                for await event in backend.events {
                    self?.post(.terminal(event))
                    backend.tookEvent()
                }
                self?.post(.terminal(.hangUp))
            },
            // Subscribing reads the store, which another process may keep locked: not on the main actor.
            Task.detached { [weak self, services] in
                for await changes in services.notices.changes() {
                    guard let self else { return }
                    await self.hear(changes.areOnlyBeliefs ? .dataChanged : .storeChanged)
                }
            },
            Task { [weak self] in
                while !Task.isCancelled {
                    guard let nap = self?.startNap() else { return }
                    await withTaskCancellationHandler {
                        await nap.value
                    } onCancel: {
                        nap.cancel()
                    }
                    self?.post(.tick)
                }
            },
        ]
    }

    /// Passes news on at most ten times a second, or as rarely as the user wants: what comes meanwhile is in the next picture.
    private func hear(_ event: ShellEvent) {
        if case .storeChanged = event { news.isMore = true }
        guard news.delivery == nil else { return }
        news.delivery = Task { [weak self, pause = settings.refresh.pause] in
            try? await Task.sleep(for: pause)
            guard let self else { return }
            let event = self.news.isMore ? ShellEvent.storeChanged : .dataChanged
            self.news = PendingNews()
            self.post(event)
        }
    }

    /// How often the clock in the header changes, or a replay goes on, in microseconds.
    private var tickStep: Int64 { isPlaying || (showsSeconds && frozenAt == nil) ? 1_000_000 : 60_000_000 }

    /// Sleeps until the next tick.
    private func startNap() -> Task<Void, Never> {
        let step = tickStep
        let pause = step - now.microseconds % step + 1000
        let task = Task { _ = try? await Task.sleep(for: .microseconds(pause)) }
        nap = Nap(step: step, task: task)
        return task
    }

    /// Ends the sleep when ticks have to come sooner than when it began: a replay that starts does not wait for the next
    /// minute.
    func wakeIfDue() {
        if let nap, tickStep < nap.step { nap.task.cancel() }
    }

    /// A sleep between two ticks, and how far apart they were to be.
    struct Nap {
        let step: Int64
        let task: Task<Void, Never>
    }

    /// Whether the header has room for seconds.
    var showsSeconds: Bool { settings.showsSeconds && backend.size.columns >= 120 }

    /// A few words when the store fails, is gone, takes no changes, or lets readers wait.
    var trouble: String? {
        if let trouble = headerModel.failure?.trouble { return services.context.placeTrouble ?? trouble }
        if let trouble = header.trouble ?? refusal { return trouble }
        if options.isStoreReadOnly { return "store read-only" }
        return loader.isReadingLong ? "store busy" : nil
    }

    /// Takes note of whether the store takes changes.
    func hearOfWork(_ error: (any Error)?) {
        guard let error else {
            refusal = nil
            return
        }
        refusal = StoreTrouble.words(for: error) ?? refusal
    }

    /// A failed load is tried again after a while, and so is whether changes are taken: locks end, disks are emptied, files
    /// are put back.
    func retryWhenTroubled() {
        let isUnread = headerModel.failure?.trouble != nil
        guard isUnread || refusal != nil, retry == nil, isRunning else { return }
        retry = Task { [weak self, context = services.context] in
            try? await Task.sleep(for: .seconds(2))
            let refusal = await Task.detached { context.writeTrouble }.value
            guard let self else { return }
            self.retry = nil
            if self.refusal != nil { self.refusal = refusal }
            self.post(isUnread ? .storeChanged : .settled)
        }
    }

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

/// News about the store that wait for their delivery.
struct PendingNews {
    var delivery: Task<Void, Never>?
    /// Whether more than values changed.
    var isMore = false
}
