import Glibc
import Testing

@testable import Optimizer

@Suite("How solves behave beside the result")
struct ConductTests {
    private let hard = RandomSite(steps: 96, devices: 3, seed: 4, feedInBonus: 60, hasPairs: true).program()

    @Test("nothing is ever printed")
    func silence() {
        let printed = Captured.output {
            _ = Solver.solve(RandomSite(seed: 2).program())
            for seed in 0..<20 { _ = Solver.solve(RandomChoices(seed: seed).program) }
            for seed in 0..<5 {
                let program = RandomChoices(seed: seed).program
                let bits = BitProgram(program, enforcing: [], limits: PairLimits(program))
                if let bits {
                    _ = IntegerSolver.solve(
                        bits.program, SolveOptions(), cutoff: .infinity, until: StopSignal(SolveOptions()))
                }
            }
            var options = SolveOptions()
            options.timeLimit = .milliseconds(300)
            _ = Solver.solve(hard, options)
            var impossible = RandomSite(steps: 4).program()
            impossible.rowLower[0] = 1e9
            impossible.rowUpper[0] = 1e9
            impossible.columnUpper[0] = 1
            _ = ConflictSearch.conflict(in: impossible)
        }
        // Other tests may write at the same time; the solvers introduce themselves by these words.
        for word in [
            "Cbc", "CBC", "Clp", "Coin", "Cgl", "Result", "presolve", "Presolve", "Search", "Objective", "objective",
        ] {
            #expect(!printed.contains(word), "\(word): \(printed)")
        }
    }

    @Test("several threads solve at once, with the same results as one")
    func threads() async {
        let expected = (0..<8).map { Solver.solve(RandomSite(seed: $0).program()).objective }
        let choices = (0..<8).map { Solver.solve(RandomChoices(seed: $0).program).objective }
        await withTaskGroup(of: Bool.self) { group in
            for round in 0..<32 {
                group.addTask {
                    let seed = round % 8
                    let linear = Solver.solve(RandomSite(seed: seed).program()).objective
                    let mixed = Solver.solve(RandomChoices(seed: seed).program).objective
                    return linear == expected[seed] && (mixed == choices[seed] || mixed.isNaN && choices[seed].isNaN)
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }

    @Test("when the time is up, the best plan so far comes with its gap")
    func timeLimit() throws {
        var options = SolveOptions()
        options.timeLimit = .milliseconds(500)
        let solution = Solver.solve(hard, options)
        guard solution.status == .timeLimit else {
            #expect(solution.status == .optimal)
            return
        }
        #expect(hard.violation(of: solution.columns) <= 1e-9)
        #expect(hard.respectsChoices(solution.columns))
        let gap = try #require(solution.relativeGap)
        #expect(gap > 0 && gap.isFinite)
    }

    @Test("a cancelled solve ends at once")
    func cancelled() {
        var options = SolveOptions()
        let token = CancellationToken()
        token.cancel()
        options.cancellation = token
        #expect(Solver.solve(hard, options).status == .cancelled)
    }

    @Test("a solve is cancelled from another thread")
    func cancelledFromOutside() async {
        var options = SolveOptions()
        let token = CancellationToken()
        options.cancellation = token
        let limited = options
        let solve = Task.detached {
            Solver.solve(RandomSite(steps: 2000, devices: 6, feedInBonus: 50, hasPairs: true).program(), limited).status
        }
        await Task.yield()
        token.cancel()
        #expect(await solve.value == .cancelled)
    }

    @Test("huge sites next to tiny devices, huge next to tiny prices", arguments: [1e-4, 1, 1e5])
    func scales(priceScale: Double) {
        let powers = [1000, 1e-5, 1.0]
        let program = RandomSite(steps: 96, devices: 3, seed: 7, powers: powers, priceScale: priceScale).program()
        let solution = Solver.solve(program)
        #expect(solution.status == .optimal)
        #expect(program.violation(of: solution.columns) <= 1e-9)
        // Strong duality: the duals price the plan exactly.
        var dual = zip(solution.duals, solution.rows).reduce(0) { $0 + $1.0 * $1.1 }
        for column in 0..<program.columnCount { dual += solution.reducedCosts[column] * solution.columns[column] }
        #expect(abs(dual - solution.objective) <= 1e-9 * abs(solution.objective))
        let worst =
            (0..<program.columnCount).map { column in
                let (cost, value) = (solution.reducedCosts[column], solution.columns[column])
                return cost > 0
                    ? cost * (value - program.columnLower[column]) : cost * (value - program.columnUpper[column])
            }.filter { !$0.isNaN }.max() ?? 0
        #expect(worst <= 1e-9 * abs(solution.objective))
    }
}

/// What a piece of code writes to standard output and standard error.
enum Captured {
    static func output(of body: () -> Void) -> String {
        var path = Array("/tmp/optimizer-output-XXXXXX".utf8CString)
        let file = mkstemp(&path)
        unlink(path)
        fflush(nil)
        let saved = [dup(1), dup(2)]
        dup2(file, 1)
        dup2(file, 2)
        body()
        fflush(nil)
        dup2(saved[0], 1)
        dup2(saved[1], 2)
        saved.forEach { close($0) }
        var bytes = [UInt8](repeating: 0, count: Int(lseek(file, 0, SEEK_END)))
        let count = pread(file, &bytes, bytes.count, 0)
        close(file)
        // What other tests wrote meanwhile belongs on the terminal.
        write(1, bytes, max(0, count))
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
