import Testing

@testable import Faults

/// A little of what `make faults` does at length.
@Suite struct CrashRunTests {
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func aRunOfCrashesLosesNothing(seed: UInt64) throws {
        var run = CrashRun(seed: seed)
        try run.run(rounds: 6)
        #expect(run.tally.rounds == 6 && run.tally.commits > 0)
    }

    @Test func theSameSeedGivesTheSameRun() throws {
        func tally(_ seed: UInt64) throws -> String {
            var run = CrashRun(seed: seed)
            try run.run(rounds: 5)
            return "\(run.tally)"
        }
        #expect(try tally(77) == tally(77))
    }

    /// What finds nothing proves nothing: each bug that is planted into the storage must come to light.
    @Test(arguments: PlantedBug.allCases)
    func aPlantedBugIsFound(bug: PlantedBug) {
        let found = (1...40 as ClosedRange<UInt64>).contains { seed in
            var run = CrashRun(seed: seed, bug: bug)
            do { try run.run(rounds: 10) } catch { return true }
            return false
        }
        #expect(found)
    }

    @Test(arguments: EveryByte.Event.allCases)
    func whateverByteIsHit(event: EveryByte.Event) throws {
        var trial = try EveryByte(seed: 1)
        try trial.run(event, step: 1499, repairStep: 5)
        #expect(trial.repairs > 0)
    }

    @Test(arguments: EveryOperation.Event.allCases)
    func whateverHappensAtAnOperation(event: EveryOperation.Event) throws {
        var trial = EveryOperation(seed: 1)
        #expect(try trial.run(event, from: 4, step: 29) > 50)
    }
}
