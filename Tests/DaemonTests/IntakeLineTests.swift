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

    @Test func `files come out in the order in which they were added, whenever they are examined`() {
        var line = IntakeLine<Int>()
        let tickets = (0..<4).map { line.add(arrival($0)) }
        #expect(line.front?.outcome == nil)
        for number in [2, 1, 3] { line.settle(tickets[number], number) }
        #expect(line.front?.outcome == nil, "the first one is still examined")
        line.settle(tickets[0], 0)
        var taken: [Int] = []
        while let front = line.front {
            taken.append(front.outcome)
            line.removeFirst()
        }
        #expect(taken == [0, 1, 2, 3] && line.isEmpty)
    }

    @Test func `what is examined anew waits for its new outcome, and an old one is dropped`() {
        var line = IntakeLine<String>()
        let first = line.add(arrival(1))
        line.settle(first, "old")
        let again = line.repeatFirst()
        #expect(line.front?.outcome == nil)
        let isLateTaken = line.settle(first, "late")
        #expect(!isLateTaken)
        #expect(line.front?.outcome == nil)
        line.settle(again, "new")
        #expect(line.front?.outcome == "new")
        line.removeFirst()
        let isGoneTaken = line.settle(again, "much too late")
        #expect(!isGoneTaken, "it has left the line")
        let next = line.add(arrival(2))
        let isOtherTaken = line.settle(again, "of another file")
        #expect(!isOtherTaken)
        line.settle(next, "its own")
        #expect(line.front?.outcome == "its own" && line.front?.arrival.path == Array("t-2.csv".utf8))
    }

    @Test func `no more is in hand than may be`() {
        var line = IntakeLine<Int>()
        #expect(line.room == IntakeLine<Int>.mostFiles)
        _ = line.add(arrival(1, size: IntakeLine<Int>.mostBytes))
        #expect(line.room == 0, "a large file is in hand alone")
        let sizes = line.removeAll().map(\.size)
        #expect(sizes == [IntakeLine<Int>.mostBytes] && line.room == IntakeLine<Int>.mostFiles)
        for number in 0..<IntakeLine<Int>.mostFiles { _ = line.add(arrival(number)) }
        #expect(line.room == 0)
        line.removeFirst()
        #expect(line.room == 1)
    }
}
