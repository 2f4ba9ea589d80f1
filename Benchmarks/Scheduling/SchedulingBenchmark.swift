import EnergyCore
import Foundation
import Optimizer
import Scheduling

/// Prints how long schedules take from snapshot to plan, beside what the solver needs for the same matrix.
///
/// Medians of processor time. `SchedulingBenchmark [repetitions]`; 9 by default.
@main
struct SchedulingBenchmark {
    let repetitions: Int

    static func main() throws {
        let repetitions = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 9
        try SchedulingBenchmark(repetitions: max(1, repetitions)).run()
    }

    private func run() throws {
        print(
            "schedule".column(44), "bar ms".right, "ours ms".right, "solver ms".right, "columns".right, " method, cost")
        for site in SampleSite.all { try measure(site) }
    }

    private func measure(_ site: SampleSite) throws {
        let snapshot = site.snapshot()
        var schedule: SolvedSchedule?
        let ours = try median { schedule = try Scheduler.schedule(snapshot) }
        guard let schedule else { return }
        var columns = "-"
        var solver = "-"
        if site.comparesSolver {
            let program = ProblemSolver.linearProgram(of: schedule.problem)
            columns = String(program.columnCount)
            var options = SolveOptions()
            options.timeLimit = .seconds(20)
            solver = median { _ = Solver.solve(program, options) }.milliseconds
        }
        let verdict = ours <= site.bar ? "" : "  OVER THE BAR"
        print(
            site.title.column(44), site.bar.milliseconds.right, ours.milliseconds.right, solver.right, columns.right,
            " \(schedule.method.rawValue), \(String(format: "%.6f", schedule.cost))\(verdict)")
    }

    /// Median of the processor time of `body`, in milliseconds; of fewer runs when it takes long.
    private func median(_ body: () throws -> Void) rethrows -> Double {
        var times: [Double] = []
        var sum = 0.0
        while times.count < repetitions, times.isEmpty || sum < 2 {
            let before = Self.processorTime()
            try body()
            times.append(Self.processorTime() - before)
            sum += times[times.count - 1]
        }
        return times.sorted()[times.count / 2] * 1000
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension String {
    func column(_ width: Int) -> String { padding(toLength: width, withPad: " ", startingAt: 0) }

    var right: String { String(repeating: " ", count: max(0, 10 - count)) + self }
}

extension Double {
    var milliseconds: String { String(format: self < 10 ? "%.2f" : "%.0f", self) }
}
