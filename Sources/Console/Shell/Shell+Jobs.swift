import EnergyCore
import Services
import TerminalKit

extension Shell {
    /// Puts a job into the queue and says what becomes of it; counts as work until it has ended.
    func follow(
        _ title: String, then: @escaping @MainActor () -> [Intent], failed: @escaping @MainActor (any Error) -> Void,
        _ enqueue: @escaping @Sendable (ConsoleData) throws -> String
    ) {
        let (data, origin) = (inputs.data, screen)
        note("\(title) ...", logged: false)
        loader.run({ try enqueue(data) }) { [weak self] result in
            guard let self else { return }
            self.version += 1
            switch result {
            case .failure(let error):
                failed(error)
                self.fail(ErrorText(error))
            case .success(let id):
                if self.screen === origin { self.execute(then()) }
                self.note("\(title): in the queue")
                self.execute([.select(.schedules, "job \(id)"), .select(.jobs, id)])
                self.watch(id, title)
            }
        }
    }

    /// Waits for the end of a job by listening to changes; without workers in this process it only says where it waits.
    private func watch(_ id: JobID, _ title: String) {
        let services = services
        guard services.settings.jobs.workers > 0 else { return }
        loader.runAsync({ try await Self.end(of: id, services) }) { [weak self] result in
            guard let self else { return }
            self.version += 1
            guard case .success(let job) = result, let job else { return }
            switch job.state {
            case .finished: self.note("\(title): done, \(JobText.took(job, now: self.now))")
            case .failed: self.note("\(title): failed: \(JobText.result(job))", role: .error)
            default: self.note("\(title): \(job.state.name)")
            }
        }
    }

    /// The job once it has ended; nil when it is gone, or does not get on for a minute.
    nonisolated private static func end(of id: JobID, _ services: FlexServices) async throws -> Job? {
        let changes = services.notices.changes()
        if let job = try services.jobs.find(id), job.state.isOver { return job }
        return try await withThrowingTaskGroup(of: Job?.self) { group in
            group.addTask {
                for await _ in changes {
                    guard let job = try services.jobs.find(id) else { return nil }
                    if job.state.isOver { return job }
                }
                return nil
            }
            group.addTask {
                // Ends early when the group is cancelled, unlike a task that is merely awaited here.
                try await Task.sleep(for: .seconds(60))
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}
