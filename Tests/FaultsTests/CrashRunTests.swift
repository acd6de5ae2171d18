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

    /// Lives of several injuries that once ended badly, up to the round in which they did.
    ///
    /// A repair took the number of a segment without a header; a repair said that nothing needed a frame that had held a
    /// commit; a repaired log was damaged again, and a restored frame wasn't missed, after a second injury; a last segment of
    /// which only an index was left was damaged once a repair had written behind it; the first damage came back where a
    /// restored frame was hit that had another copy; and the last frame of a batch that was hit in every segment wasn't missed.
    @Test(
        arguments: [
            (101_678, 1), (1645, 1), (100_509, 7), (100_647, 12), (200_219, 6), (500_164, 8), (400_082, 2),
        ] as [(UInt64, Int)])
    func aLifeThatOnceEndedBadly(seed: UInt64, rounds: Int) throws {
        var run = CrashRun(seed: seed, drawsExtremes: false)
        try run.run(rounds: rounds)
        #expect(run.tally.injuries > 0)
    }

    /// A torn segment was removed, the sync behind that failed, and the power brought it back.
    @Test func aRemovalThatTheDiskNeverSaw() throws {
        var run = CrashRun(seed: 4532)
        try run.run(rounds: 10)
        #expect(run.tally.rounds == 10)
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
