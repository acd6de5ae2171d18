import Simulation

/// A seeded random scenario of an archive: rounds of work that end in a crash, a reopening and all checks.
package struct CrashRun {
    /// How much a run has seen.
    package struct Tally: Sendable, CustomStringConvertible {
        package var rounds = 0
        /// Commits that were acknowledged.
        package var commits = 0
        /// Rounds in which an operation failed or the power went in the middle of one.
        package var faults = 0
        package var openings = 0
        /// Rounds after which what had failed turned out to be there.
        package var survivors = 0
        /// Times that something happened to the files while nobody looked.
        package var injuries = 0
        /// Those that took something away for good, with both of its copies hit.
        package var losses = 0

        package init() {}

        package var description: String {
            "\(rounds) rounds, \(commits) commits, \(faults) faults in the middle of them, \(openings) openings, "
                + "\(survivors) commits that were there though they had failed, \(injuries) times damaged and repaired, "
                + "\(losses) times with losses"
        }

        /// Adds what another run has seen.
        package static func += (left: inout Tally, right: Tally) {
            left.rounds += right.rounds
            left.commits += right.commits
            left.faults += right.faults
            left.openings += right.openings
            left.survivors += right.survivors
            left.injuries += right.injuries
            left.losses += right.losses
        }
    }

    private var randomness: SeededRandomness
    private var scenario: Scenario
    private let bug: PlantedBug?
    private let injures: Bool
    /// Is told what happens, for who looks for a bug.
    package var trace: ((String) -> Void)?
    /// Something was lost for good, so that the ledger has nothing more to say.
    private var isOver = false
    package private(set) var tally = Tally()

    /// - Parameters:
    ///   - seed: Everything follows from it.
    ///   - bug: What is to be found; nil for a run that must find nothing.
    ///   - injures: Whether files are damaged, too.
    ///   - drawsExtremes: Whether dates, texts, figures and claims come at the ends of what they may be.
    package init(seed: UInt64, bug: PlantedBug? = nil, injures: Bool = true, drawsExtremes: Bool = true) {
        randomness = SeededRandomness(seed: seed)
        self.bug = bug
        self.injures = injures
        let station = Station(
            disk: SimulatedDisk(seed: randomness.next()), clock: SimulatedClock(), seed: randomness.next(),
            segmentBytes: [9000, 10_000, 12_288, 20_000][randomness.below(4)],
            stepBytes: [256, 512, 4096][randomness.below(3)])
        scenario = Scenario(
            on: station,
            maker: DropMaker(
                largestSourceBytes: [300, 3000, 12_000][randomness.below(3)], drawsExtremes: drawsExtremes))
    }

    /// Goes through so many rounds.
    ///
    /// - Throws: What doesn't hold, with the number of the round.
    package mutating func run(rounds: Int) throws(Violation) {
        for number in 0..<rounds where !isOver {
            trace?("round \(number)")
            do throws(Violation) {
                try round(isLast: number == rounds - 1)
            } catch {
                throw Violation("round \(number): \(error)")
            }
            tally.rounds += 1
        }
        tally.commits = scenario.acknowledgedCount
    }

    private mutating func round(isLast: Bool) throws(Violation) {
        begin(Fate.draw(&randomness))
        if scenario.opened == nil { try open() }
        for _ in 0..<1 + randomness.below(6) { try scenario.act(&randomness) }
        try end()
        if randomness.once(in: 3) {
            begin(Fate.draw(&randomness))
            try open()
            try end()
        }
        begin(.nothing)
        let doubtful = scenario.doubtful?.lastSequence
        tally.openings += 1
        try scenario.check(tables: isLast ? nil : 3, &randomness)
        if let doubtful, scenario.ledger.lastSequence == doubtful { tally.survivors += 1 }
        tally.openings += 1
        try scenario.checkAgain(&randomness)
        if randomness.once(in: 3) { try scenario.checkRest() }
        if injures, randomness.once(in: 4) { try injure() }
    }

    /// Hurts the files while nothing runs, has them repaired, and looks again after another crash.
    private mutating func injure() throws(Violation) {
        guard scenario.disk.fileNames.contains(where: { $0.hasSuffix(".idx") }) else { return }
        if randomness.once(in: 2) { try scenario.close() } else { scenario.end() }
        let count = randomness.once(in: 3) ? 2 + randomness.below(3) : 1
        var injuries: [Injury] = []
        for _ in 0..<count {
            guard let injury = Injury.draw(on: scenario.disk, &randomness) else { break }
            injury.inflict(on: scenario.disk, &randomness)
            injuries.append(injury)
        }
        tally.injuries += 1
        trace?("  injured: \(injuries)")
        if try scenario.heal(injuries, isCertain: injuries.count < 2, &randomness) { return endWithLosses() }
        scenario.crash(&randomness)
        do throws(Violation) {
            try scenario.check(tables: nil, &randomness)
        } catch {
            throw Violation("repaired after \(injuries): \(error)")
        }
    }

    /// What was lost is named, and the ledger has nothing more to say.
    private mutating func endWithLosses() {
        tally.losses += 1
        isOver = true
    }

    private mutating func open() throws(Violation) {
        tally.openings += 1
        try scenario.open()
    }

    private func begin(_ fate: Fate) {
        trace?("  \(fate)")
        scenario.disk.setPlan(fate.plan(with: bug))
        if case .full(let bytes) = fate { scenario.disk.capacityBytes = scenario.disk.usedBytes + bytes }
    }

    private mutating func end() throws(Violation) {
        if randomness.once(in: 5) { try scenario.close() }
        if scenario.disk.faultCount > 0 { tally.faults += 1 }
        trace?("  \(scenario.ledger.lastSequence) entries, then a crash; \(scenario.disk.fileNames)")
        scenario.crash(&randomness)
        scenario.disk.capacityBytes = .max
    }
}
