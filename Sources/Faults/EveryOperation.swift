import Glibc
import Simulation

/// One short scenario of an archive, lived again for each of its operations: that one fails, or the power goes there.
package struct EveryOperation {
    /// What happens at the k-th operation.
    package enum Event: Hashable, Sendable, CaseIterable {
        case inputOutputError, inputOutputErrorForGood, lackOfRoom, lackOfRoomForGood, readOnlyForGood, powerCut

        func fate(at number: Int) -> Fate {
            switch self {
            case .inputOutputError: .failure(at: number, ofChanges: false, code: EIO, forGood: false)
            case .inputOutputErrorForGood: .failure(at: number, ofChanges: false, code: EIO, forGood: true)
            case .lackOfRoom: .failure(at: number, ofChanges: true, code: ENOSPC, forGood: false)
            case .lackOfRoomForGood: .failure(at: number, ofChanges: true, code: ENOSPC, forGood: true)
            case .readOnlyForGood: .failure(at: number, ofChanges: true, code: EROFS, forGood: true)
            case .powerCut: .powerCut(at: number, ofChanges: false)
            }
        }
    }

    private let seed: UInt64
    private let bug: PlantedBug?
    /// How many lives were lived.
    package private(set) var lives = 0
    /// How many crashes were checked.
    package private(set) var crashes = 0

    package init(seed: UInt64, bug: PlantedBug? = nil) {
        self.seed = seed
        self.bug = bug
    }

    /// Tries the event at every operation that the scenario has.
    ///
    /// - Parameters:
    ///   - event: What happens.
    ///   - first: The first operation that is tried.
    ///   - step: How far apart those are that are tried.
    /// - Returns: The number of the first operation that the scenario doesn't have any more.
    /// - Throws: What doesn't hold, with the number of the operation.
    @discardableResult
    package mutating func run(_ event: Event, from first: Int = 0, step: Int = 1) throws(Violation) -> Int {
        var number = first
        while true {
            do throws(Violation) {
                guard try live(event.fate(at: number), event) else { return number }
            } catch {
                throw Violation("\(event) at operation \(number): \(error)")
            }
            number += step
        }
    }

    /// False where the scenario was over before anything happened.
    private mutating func live(_ fate: Fate, _ event: Event) throws(Violation) -> Bool {
        lives += 1
        var randomness = SeededRandomness(seed: seed)
        let station = Station(
            disk: SimulatedDisk(seed: randomness.next()), clock: SimulatedClock(), seed: randomness.next(),
            segmentBytes: 9500, stepBytes: 512)
        var scenario = Scenario(on: station, maker: DropMaker(largestSourceBytes: 600))
        scenario.disk.setPlan(fate.plan(with: bug))
        for part in 0..<3 {
            try scenario.open()
            for _ in 0..<3 { try scenario.act(&randomness) }
            if part == 0 { try scenario.close() } else { scenario.end() }
        }
        let hasHappened = scenario.disk.faultCount > 0
        let survivals: [Survival?] =
            event == .powerCut
            ? [.nothing, .everything] + Array(repeating: .anySubset, count: 6)
            : [nil, .nothing, .everything, .anySubset, .anySubset]
        for survival in survivals {
            crashes += 1
            var world = scenario.branch(seed: randomness.next())
            world.disk.setPlan(bug?.plan)
            world.crash(survival)
            try world.check(tables: nil, &randomness)
            try world.checkAgain(&randomness)
        }
        return hasHappened
    }
}
