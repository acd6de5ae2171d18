import Annals
import Glibc
import Testing

@testable import Daemon
@testable import Inbox

@Suite struct IntakeLineTests {
    /// A file that nobody looks at.
    private func arrival(_ number: Int, size: Int64 = 1) -> Arrival {
        var raw = stat()
        raw.st_size = Int(size)
        raw.st_ino = UInt(number)
        return Arrival(path: Array("t-\(number).csv".utf8), status: FileStatus(raw))
    }

    private let late = IntakeLine<Int>.patienceNs

    @Test func `files come out in the order in which they were added, whenever they are examined`() {
        var line = IntakeLine<Int>()
        let tickets = (0..<4).map { line.add(arrival($0), nowNs: 0) }
        #expect(line.next(nowNs: 0)?.outcome == nil)
        for number in [2, 1, 3] { line.settle(tickets[number], number) }
        #expect(line.next(nowNs: late - 1)?.outcome == nil, "the first one is still examined")
        line.settle(tickets[0], 0)
        var taken: [Int] = []
        while let turn = line.next(nowNs: 0) {
            taken.append(turn.outcome)
            line.remove(turn.ticket)
        }
        #expect(taken == [0, 1, 2, 3] && line.isEmpty)
    }

    @Test func `what is examined anew waits for its new outcome, and an old one is dropped`() throws {
        var line = IntakeLine<String>()
        let first = line.add(arrival(1), nowNs: 0)
        line.settle(first, "old")
        let maybeAgain = line.examineAgain(first)
        let again = try #require(maybeAgain)
        #expect(line.next(nowNs: 0)?.outcome == nil)
        let isLateTaken = line.settle(first, "late")
        #expect(!isLateTaken)
        #expect(line.next(nowNs: 0)?.outcome == nil)
        line.settle(again, "new")
        #expect(line.next(nowNs: 0)?.outcome == "new")
        line.remove(again)
        let isGoneTaken = line.settle(again, "much too late")
        #expect(!isGoneTaken, "it has left the line")
        let next = line.add(arrival(2), nowNs: 0)
        let isOtherTaken = line.settle(again, "of another file")
        #expect(!isOtherTaken)
        line.settle(next, "its own")
        #expect(line.next(nowNs: 0)?.outcome == "its own")
        #expect(line.next(nowNs: 0)?.arrival.path == Array("t-2.csv".utf8))
    }

    /// A file that takes long holds nobody up for good, and what overtook it is known.
    @Test func `a file that takes too long is passed by, and told when`() {
        var line = IntakeLine<Int>()
        let tickets = (0..<4).map { line.add(arrival($0), nowNs: UInt64($0)) }
        line.settle(tickets[0], 0)
        line.settle(tickets[2], 2)
        line.settle(tickets[3], 3)
        let first = line.next(nowNs: late + 1)
        #expect(first?.outcome == 0 && first?.overtaken == nil)
        line.remove(tickets[0])
        line.noteRecorded(tickets[0], at: Instant(microseconds: 1))
        #expect(line.next(nowNs: late)?.outcome == nil, "patience isn't over yet")
        for number in [2, 3] {
            let turn = line.next(nowNs: late + 1)
            #expect(turn?.outcome == number && turn?.overtaken == nil)
            line.remove(tickets[number])
            line.noteRecorded(tickets[number], at: Instant(microseconds: Int64(number)))
        }
        #expect(line.next(nowNs: late + 1)?.outcome == nil)
        line.settle(tickets[1], 1)
        let last = line.next(nowNs: late + 2)
        #expect(last?.outcome == 1 && last?.overtaken == Instant(microseconds: 2), "by the first, which came after it")
    }

    @Test func `no more is in hand than may be`() {
        var line = IntakeLine<Int>()
        #expect(line.room(nowNs: 0) == IntakeLine<Int>.mostFiles)
        _ = line.add(arrival(1, size: IntakeLine<Int>.mostBytes), nowNs: 0)
        #expect(line.room(nowNs: 0) == 0, "a large file is in hand alone")
        #expect(line.room(nowNs: late) == IntakeLine<Int>.mostFiles - 1, "until it takes too long")
        let sizes = line.removeAll().map(\.size)
        #expect(sizes == [IntakeLine<Int>.mostBytes] && line.room(nowNs: 0) == IntakeLine<Int>.mostFiles)
        let tickets = (0..<IntakeLine<Int>.mostFiles).map { line.add(arrival($0), nowNs: 0) }
        #expect(line.room(nowNs: late) == 0)
        line.remove(tickets[3])
        #expect(line.room(nowNs: 0) == 1)
    }
}
