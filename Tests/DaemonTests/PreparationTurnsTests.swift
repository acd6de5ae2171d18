import Testing

@testable import Daemon

/// What new versions changed is worked out when the inbox is at rest, or has not been for long.
@Suite struct PreparationTurnsTests {
    /// Whether something is due at each of these heads, one after another.
    private func due(_ turns: inout PreparationTurns, _ heads: UInt64...) -> [Bool] {
        heads.map { turns.isDue(head: $0) }
    }

    @Test func whatWasThereBeforeIsNotWaitedFor() {
        var turns = PreparationTurns(head: 7)
        let isDue = due(&turns, 7, 7)
        #expect(isDue == [false, false] && turns.done == 7)
    }

    @Test func aRestIsWaitedFor() {
        var turns = PreparationTurns(head: 7)
        let first = due(&turns, 9, 12, 12)
        turns.finish(8)
        let second = due(&turns, 12)
        turns.finish(11)
        // Others come meanwhile.
        let third = due(&turns, 13, 13)
        turns.finish(nil)
        let last = due(&turns, 13, 13)
        #expect(first == [false, false, true] && second == [true] && third == [false, true])
        #expect(last == [false, false] && turns.done == 13)
    }

    @Test func nobodyWaitsForLong() {
        var turns = PreparationTurns(head: 0)
        let waits = (1...31).map { turns.isDue(head: $0) }
        turns.finish(5)
        let overdue = due(&turns, 40)
        turns.finish(nil)
        let after = due(&turns, 40, 41)
        #expect(waits.firstIndex(of: true) == 30 && overdue == [true] && after == [false, false])
    }
}
