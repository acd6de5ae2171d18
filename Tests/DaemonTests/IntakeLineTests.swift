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
        let none = line.next(nowNs: 0)
        #expect(none?.outcome == nil)
        for number in [2, 1, 3] { line.settle(tickets[number], number) }
        let still = line.next(nowNs: late - 1)
        #expect(still?.outcome == nil, "the first one is still examined")
        line.settle(tickets[0], 0)
        var taken: [Int] = []
        while let turn = line.next(nowNs: 0) {
            taken.append(turn.outcome)
            line.remove(turn.ticket)
        }
        #expect(taken == [0, 1, 2, 3] && line.isEmpty)
    }

    @Test func `what is given out keeps its place until it is taken back or done with`() {
        var line = IntakeLine<Int>()
        let tickets = (0..<3).map { line.add(arrival($0), nowNs: 0) }
        for (number, ticket) in tickets.enumerated() { line.settle(ticket, number) }
        line.giveOut(tickets[0])
        let second = line.next(nowNs: 0)
        #expect(second?.outcome == 1 && second?.isTriedAgain == false)
        line.remove(tickets[1])
        line.takeBack(tickets[0])
        let first = line.next(nowNs: 0)
        #expect(first?.outcome == 0 && first?.isTriedAgain == true)
        line.remove(tickets[0])
        #expect(line.room == IntakeLine<Int>.mostFiles - 1)
        let third = line.next(nowNs: 0)
        #expect(third?.outcome == 2)
    }

    @Test func `what is examined anew waits for its new outcome, and an old one is dropped`() throws {
        var line = IntakeLine<String>()
        let first = line.add(arrival(1), nowNs: 0)
        line.settle(first, "old")
        let maybeAgain = line.examineAgain(first)
        let again = try #require(maybeAgain)
        let none = line.next(nowNs: 0)
        #expect(none?.outcome == nil)
        let isLateTaken = line.settle(first, "late")
        #expect(!isLateTaken)
        let still = line.next(nowNs: 0)
        #expect(still?.outcome == nil)
        line.settle(again, "new")
        let new = line.next(nowNs: 0)
        #expect(new?.outcome == "new")
        line.remove(again)
        let isGoneTaken = line.settle(again, "much too late")
        #expect(!isGoneTaken, "it has left the line")
        let next = line.add(arrival(2), nowNs: 0)
        let isOtherTaken = line.settle(again, "of another file")
        #expect(!isOtherTaken)
        line.settle(next, "its own")
        let own = line.next(nowNs: 0)
        #expect(own?.outcome == "its own" && own?.arrival.path == Array("t-2.csv".utf8))
    }

    /// A file that takes long holds nobody up for good, and what overtook it is known.
    @Test func `a file that takes too long is passed by, and told when`() {
        var line = IntakeLine<Int>()
        let tickets = (0..<4).map { line.add(arrival($0), nowNs: UInt64($0)) }
        line.settle(tickets[0], 0)
        line.settle(tickets[2], 2)
        line.settle(tickets[3], 3)
        let first = line.next(nowNs: 10)
        #expect(first?.outcome == 0 && first?.overtaken == nil)
        line.remove(tickets[0])
        line.noteRecorded(tickets[0], at: Instant(microseconds: 1))
        let early = line.next(nowNs: late + 9)
        #expect(early?.outcome == nil, "patience begins when it keeps the others")
        for number in [2, 3] {
            let turn = line.next(nowNs: late + 10)
            #expect(turn?.outcome == number && turn?.overtaken == nil)
            line.remove(tickets[number])
            line.noteRecorded(tickets[number], at: Instant(microseconds: Int64(number)))
        }
        let none = line.next(nowNs: late + 10)
        #expect(none?.outcome == nil)
        line.settle(tickets[1], 1)
        let last = line.next(nowNs: late + 11)
        #expect(last?.outcome == 1 && last?.overtaken == Instant(microseconds: 2), "by the first, which came after it")
    }

    /// However long they have been in hand: as long as files come out, they come out in order.
    @Test func `a line that moves is not overtaken`() {
        var line = IntakeLine<Int>()
        let tickets = (0..<4).map { line.add(arrival($0), nowNs: 0) }
        line.settle(tickets[3], 3)
        for number in 0..<3 {
            let nowNs = UInt64(number + 1) * (late - 1)
            let blocked = line.next(nowNs: nowNs)
            #expect(blocked?.outcome == nil)
            line.settle(tickets[number], number)
            let turn = line.next(nowNs: nowNs)
            #expect(turn?.outcome == number)
            line.remove(tickets[number])
        }
        let last = line.next(nowNs: 3 * late)
        #expect(last?.outcome == 3 && last?.overtaken == nil)
    }

    /// Of several that take long, each is passed by as soon as the first is.
    @Test func `several that take long are passed by at once`() {
        var line = IntakeLine<Int>()
        let tickets = (0..<4).map { line.add(arrival($0), nowNs: 0) }
        line.settle(tickets[3], 3)
        let turn = line.next(nowNs: late)
        #expect(turn?.outcome == 3)
    }

    @Test func `where descriptors are few, fewer are in hand, and one at least`() {
        #expect(IntakeLine<Int>(mostFiles: 8).room == 8)
        #expect(IntakeLine<Int>(mostFiles: -3).room == 1)
        #expect(IntakeLine<Int>(mostFiles: 1 << 20).room == IntakeLine<Int>.mostFiles)
    }

    @Test func `no more is in hand than may be`() {
        var line = IntakeLine<Int>()
        #expect(line.room == IntakeLine<Int>.mostFiles)
        _ = line.add(arrival(1, size: IntakeLine<Int>.mostBytes), nowNs: 0)
        #expect(line.room == 0, "a large file is in hand alone")
        _ = line.next(nowNs: late)
        #expect(line.room == IntakeLine<Int>.mostFiles - 1, "until it takes too long")
        let sizes = line.removeAll().map(\.size)
        #expect(sizes == [IntakeLine<Int>.mostBytes] && line.room == IntakeLine<Int>.mostFiles)
        let tickets = (0..<IntakeLine<Int>.mostFiles).map { line.add(arrival($0), nowNs: 0) }
        _ = line.next(nowNs: late)
        #expect(line.room == 0)
        line.remove(tickets[3])
        #expect(line.room == 1)
    }
}
