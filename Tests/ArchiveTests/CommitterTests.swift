import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct CommitterTests {
    private let clock = TestClock()

    @Test(arguments: LogKind.allCases)
    func `drops of one batch are decided on in turn and recorded with one append`(kind: LogKind) throws {
        try kind.withLog { log in
            let log = try log()
            let archive = try Archive(log: log, clock: clock.read)
            let batch = try archive.begin()
            #expect(try batch.added(Samples.drop([Samples.table()], number: 1)).map(\.outcome) == [.new])
            #expect(try batch.added(Samples.drop([Samples.table()], number: 2)).map(\.outcome) == [.identical])
            #expect(try batch.added(Samples.drop([Samples.table(first: 5)], number: 3)).map(\.version) == [2])
            #expect(try batch.added(Samples.quarantined(number: 4)).map(\.sequence) == [4])
            #expect(archive.catalog.head.sequence == 0 && batch.catalog.head.sequence == 4 && batch.count == 4)
            let entries = try batch.commit()
            #expect(entries.map { $0.map(\.sequence) } == [[1], [2], [3], [4]])
            #expect(archive.catalog.drops() == entries.flatMap { $0 })
            #expect(archive.lastBatch == entries.flatMap { $0 })
            var batches: Set<UInt64> = []
            try log.frames(from: 1) { (frame) throws(RecordLogError) in batches.insert(frame.batch) }
            #expect(batches == [1])
            let again = try Archive(log: log, clock: clock.read)
            #expect(again.catalog.drops() == archive.catalog.drops() && again.lastBatch == archive.lastBatch)
            #expect(try again.verify().isSound)
        }
    }

    @Test(arguments: LogKind.allCases)
    func `what a drop must satisfy counts the drops before it`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        let batch = try archive.begin()
        let audits = Samples.audits()
        _ = try batch.add(Samples.drop([Samples.mixed(year: 2010)], audits: audits))
        #expect(batch.catalog.binding(Samples.dataset).identities.count == audits.count { $0.result != .failed })
        #expect(archive.catalog.binding(Samples.dataset).identities.isEmpty)
        let later = try Samples.drop([Samples.mixed(year: 2011)], number: 2, audits: [])
        guard case .examineAgain(let bound) = try batch.add(later) else {
            Issue.record("taken though it was not held against what binds the dataset")
            return
        }
        #expect(bound == batch.catalog.binding(Samples.dataset) && batch.count == 1)
        var held = later
        held.bound = bound
        #expect(try batch.added(held).map(\.outcome) == [.new])
        var other = try Samples.drop([Samples.table(year: 2012)], number: 3, audits: [])
        other.bound = bound
        #expect(try batch.added(other).map(\.outcome) == [.quarantined], "it has other dimensions")
    }

    @Test func `what the figures prove anew is recorded as what bound them`() throws {
        let archive = try Archive(log: MemoryLog(), clock: clock.read)
        let total = Audit(
            identity: .total(dimension: "region", code: "r0"), origin: .inferred, result: .holds, checked: 1)
        _ = try archive.commit(Samples.drop([Samples.table(year: 2010)], number: 1, audits: [total]))
        let batch = try archive.begin()
        _ = try batch.add(Samples.drop([Samples.table(year: 2011, first: 4)], number: 2, audits: [total]))
        _ = try batch.commit()
        #expect(archive.catalog.current(Samples.dataset, 2011)?.audits.map(\.origin) == [.bound])
    }

    @Test func `a batch that is let go, or fails, leaves nothing`() throws {
        let log = MemoryLog(capacityBytes: 4000)
        let archive = try Archive(log: log, clock: clock.read)
        _ = try archive.begin().add(Samples.quarantined())
        #expect(log.head == 0)
        let batch = try archive.begin()
        for number in 1...20 { _ = try batch.add(Samples.drop([Samples.table(year: 2000 + number)], number: number)) }
        #expect(throws: ArchiveError.self) { try batch.commit() }
        #expect(log.head == 0 && archive.catalog.drops().isEmpty)
        #expect(try archive.commit(Samples.quarantined()).map(\.sequence) == [1])
    }

    @Test(arguments: LogKind.allCases)
    func `a drop that can't be added leaves the others in the batch`(kind: LogKind) throws {
        let archive = try Archive(log: kind.log(), clock: clock.read)
        let batch = try archive.begin()
        _ = try batch.add(Samples.drop([Samples.table()], number: 1))
        let finding = Finding("long", String(repeating: "x", count: 90))
        var tooMany = Samples.audits()
        tooMany = (0..<40_000).map { _ in tooMany[0] }
        #expect(throws: ArchiveError.self) {
            try batch.add(Samples.drop([Samples.table(first: 9)], number: 2, audits: tooMany, findings: [finding]))
        }
        _ = try batch.add(Samples.drop([Samples.table(first: 3)], number: 3))
        #expect(try batch.commit().map { $0.map(\.version) } == [[1], [2]])
        #expect(try archive.verify().isSound)
    }

    @Test(arguments: LogKind.allCases)
    func `behind another writer a batch is decided anew`(kind: LogKind) throws {
        let log = try kind.log()
        let (left, right) = (
            try Archive(log: log, clock: clock.read), try Archive(log: log, clock: clock.read)
        )
        let batch = try left.begin()
        #expect(try batch.added(Samples.drop([Samples.table()], number: 1)).map(\.outcome) == [.new])
        _ = try right.commit(Samples.drop([Samples.table()], number: 2))
        #expect(try batch.commit().flatMap { $0 }.map(\.outcome) == [.identical])
        #expect(try left.verify().isSound)
    }
}

extension Committer {
    /// Adds a drop that can be recorded as it is, and gives the entries that it will have.
    fileprivate func added(_ examined: Examined) throws -> [DropEntry] {
        guard case .record = try add(examined) else { throw Reason("to be examined again") }
        return entries.last ?? []
    }
}
