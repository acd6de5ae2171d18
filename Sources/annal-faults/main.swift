import ArgumentParser
import Faults

/// Tries the archive against everything that can go wrong with a disk: `docs/faults.md`.
struct FaultTrial: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annal-faults",
        abstract: "Try the archive against everything that can go wrong with a disk.",
        discussion: "What fails is replayed by the command that is printed with it. docs/faults.md has the fault model."
    )

    /// What is tried, in this order.
    enum Part: String, ExpressibleByArgument, CaseIterable {
        case canaries, operations, bytes, crashes
    }

    @Option(help: "The seed of the first run; each further run has the next number.")
    var seed: UInt64 = 1

    @Option(help: "How many seeded runs.")
    var runs = 300

    @Option(help: "Rounds a run: work, a crash, a reopening, all checks.")
    var rounds = 20

    @Option(help: "Only that part; may be given several times.")
    var part: [Part] = Part.allCases

    @Option(help: ArgumentHelp("A bug to plant into the storage, which must then be found.", valueName: "bug"))
    var plant: PlantedBug?

    @Flag(help: "Damages no files in the seeded runs.")
    var withoutInjuries = false

    @Flag(help: "Says what happens in each round.")
    var verbose = false

    func validate() throws {
        guard runs >= 0, rounds > 0 else { throw ValidationError("runs and rounds are counted from 1") }
    }

    func run() throws {
        for part in part {
            let start = ContinuousClock.now
            let figures =
                switch part {
                case .canaries: try plantEach()
                case .operations: try tryEveryOperation()
                case .bytes: try injureEveryByte()
                case .crashes: try crash()
                }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            print("\(part.rawValue): \(figures), in \(Int(seconds.rounded())) s")
        }
    }

    /// Each planted bug must be found within a few runs.
    private func plantEach() throws -> String {
        var found: [String] = []
        for bug in PlantedBug.allCases {
            let runs = 100 as UInt64
            guard let number = (0..<runs).first(where: { isFound(bug, seed: seed &+ $0) }) else {
                print("The planted bug \(bug.rawValue) wasn't found in \(runs) runs: these trials are worth nothing.")
                throw ExitCode.failure
            }
            found.append("\(bug.rawValue) in run \(number + 1)")
        }
        return "found " + found.joined(separator: ", ")
    }

    private func isFound(_ bug: PlantedBug, seed: UInt64) -> Bool {
        var run = CrashRun(seed: seed, bug: bug)
        do { try run.run(rounds: rounds) } catch { return true }
        return false
    }

    private func tryEveryOperation() throws -> String {
        var trial = EveryOperation(seed: seed, bug: plant)
        var counts: [String] = []
        for event in EveryOperation.Event.allCases {
            do {
                counts.append("\(event) at \(try trial.run(event))")
            } catch {
                throw failure(error, replay: "--part operations --seed \(seed)")
            }
        }
        return "\(counts.joined(separator: ", ")) operations; \(trial.crashes) crashes"
    }

    private func injureEveryByte() throws -> String {
        do {
            var trial = try EveryByte(seed: seed)
            for event in EveryByte.Event.allCases { try trial.run(event, repairStep: withoutInjuries ? 0 : 16) }
            let files = trial.sizes.sorted { $0.key < $1.key }.map { "\($0.key) of \($0.value)" }
            return "\(files.joined(separator: ", ")) bytes; \(trial.injuries) injuries, \(trial.repairs) repairs"
        } catch {
            throw failure(error, replay: "--part bytes --seed \(seed)")
        }
    }

    /// Goes on after a violation, so that a long run tells about all of them.
    private func crash() throws -> String {
        var tally = CrashRun.Tally()
        var failed: ExitCode?
        for number in 0..<UInt64(runs) {
            let seed = seed &+ number
            var run = CrashRun(seed: seed, bug: plant, injures: !withoutInjuries)
            if verbose { run.trace = { print($0) } }
            do {
                try run.run(rounds: rounds)
            } catch {
                failed = failure(error, replay: "--part crashes --seed \(seed) --runs 1 --rounds \(rounds)")
            }
            tally += run.tally
        }
        let figures = "\(runs) runs from seed \(seed), \(tally)"
        guard let failed else { return figures }
        print(figures)
        throw failed
    }

    private func failure(_ violation: any Error, replay: String) -> ExitCode {
        print("VIOLATION: \(violation)")
        let options = (plant.map { " --plant \($0.rawValue)" } ?? "") + (withoutInjuries ? " --without-injuries" : "")
        print("replay: annal-faults \(replay)\(options)")
        return .failure
    }
}

extension PlantedBug: ExpressibleByArgument {}

FaultTrial.main()
