import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct ArchiveConflictTests {
    private let clock = TestClock()

    @Test(arguments: LogKind.allCases)
    func `two archives on one log take turns and see each other`(kind: LogKind) throws {
        let log = try kind.log()
        let left = try Archive(log: log, clock: clock.read)
        let right = try Archive(log: log, clock: clock.read)
        #expect(try left.commit(Samples.drop([Samples.table()], number: 1)).map(\.outcome) == [.new])
        // Right hasn't seen it, is told of a conflict, and decides anew.
        #expect(try right.commit(Samples.drop([Samples.table()], number: 2)).map(\.outcome) == [.identical])
        #expect(try left.commit(Samples.drop([Samples.table(first: 4)], number: 3)).map(\.version) == [2])
        #expect(try right.commit(Samples.drop([Samples.table(first: 5)], number: 4)).map(\.version) == [3])
        #expect(left.catalog.head.sequence == 3)
        #expect(right.catalog.head.sequence == 4)
        #expect(right.catalog.drops() == (try Archive(log: log, clock: clock.read)).catalog.drops())
        #expect(try right.verify().isSound)
        #expect(try right.table(#require(right.catalog.current(Samples.dataset, 2011))).cells.values.first == 5)
    }

    @Test(arguments: LogKind.allCases)
    func `writers at the same time lose nothing`(kind: LogKind) async throws {
        let log = try kind.log()
        let archives = try (0..<3).map { _ in try Archive(log: log, clock: clock.read) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, archive) in archives.enumerated() {
                group.addTask {
                    for round in 0..<20 {
                        let number = place * 100 + round
                        var isDone = false
                        while !isDone {
                            do throws(ArchiveError) {
                                _ = try archive.commit(
                                    ArchiveError.of { () throws(CodingError) in
                                        try Samples.drop([Samples.table(first: Int64(number))], number: number)
                                    })
                                isDone = true
                            } catch {
                                guard case .contended = error else { throw error }
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let catalog = try Archive(log: log, clock: clock.read).catalog
        #expect(catalog.counters.new == 1 && catalog.counters.revised == 59)
        #expect(catalog.vintages(Samples.dataset, 2011).map(\.version) == Array(1...60))
        #expect(catalog.drops().map(\.sequence) == Array(1...60))
    }

    @Test(arguments: LogKind.allCases)
    func `a log that always conflicts is given up on`(kind: LogKind) throws {
        var options = ArchiveOptions()
        options.commitAttempts = 3
        let log = BusyLog()
        let archive = try Archive(log: log, options: options, clock: clock.read)
        #expect {
            try archive.commit(Samples.quarantined())
        } throws: { error in
            guard case ArchiveError.contended(attempts: 3) = error else { return false }
            return true
        }
    }
}

/// A log on which somebody else is always faster.
private final class BusyLog: RecordLog {
    private let inner = MemoryLog()

    var head: UInt64 { inner.head }
    var condition: LogCondition { inner.condition }
    var byteCount: UInt64 { inner.byteCount }

    func append(_ frames: [Frame], expectedHead: UInt64?) throws(RecordLogError) -> AppendOutcome {
        let content = [UInt8](repeating: UInt8(truncatingIfNeeded: inner.head), count: 3)
        let blob = content.withUnsafeBytes { Blob($0, compressor: ZstdCompressor()) }
        _ = try inner.append([Frame(kind: .blob, payload: blob.payload)], expectedHead: inner.head)
        return .conflict(head: inner.head)
    }

    func frame(at sequence: UInt64) throws(RecordLogError) -> StoredFrame { try inner.frame(at: sequence) }

    func visit(
        from sequence: UInt64, _ body: (FrameHeading, RawSpan) throws(RecordLogError) -> Void
    ) throws(RecordLogError) { try inner.visit(from: sequence, body) }
}
