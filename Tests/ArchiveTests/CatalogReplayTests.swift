import Annals
import RecordLog
import TestSupport
import Testing

@testable import Archive

/// Logs whose frames are sound but say what they shouldn't.
@Suite struct CatalogReplayTests {
    private let clock = TestClock()

    private func log(_ kind: LogKind) throws -> any RecordLog {
        let log = try kind.log()
        let archive = try Archive(log: log, clock: clock.read)
        for number in 1...4 {
            _ = try archive.commit(Samples.drop([Samples.table(year: 2000 + number)], number: number))
        }
        return log
    }

    private func open(_ log: any RecordLog) throws -> Archive { try Archive(log: log, clock: clock.read) }

    @Test(arguments: LogKind.allCases)
    func `a commit whose chain value is wrong doesn't count, and nothing is added`(kind: LogKind) throws {
        let log = try log(kind)
        var commits = 0
        let forged = try log.forged(on: kind) { frame in
            var frame = Frame(kind: frame.kind, payload: frame.payload)
            if frame.kind == .commit { commits += 1 }
            if frame.kind == .commit, commits == 2 { frame.payload[3] ^= 1 }
            return frame
        }
        let archive = try open(forged)
        // The one that was hit, and the one that was chained to it; the last is chained to what stands there.
        #expect(archive.problems.count == 2)
        #expect(archive.catalog.years(Samples.dataset) == [2001, 2004])
        #expect(throws: ArchiveError.self) { try archive.commit(Samples.quarantined()) }
        #expect(
            try archive.table(#require(archive.catalog.current(Samples.dataset, 2001))) == Samples.table(year: 2001))
        #expect(try !archive.verify().isSound)
    }

    @Test(arguments: LogKind.allCases)
    func `behind a commit that is lost the others still answer`(kind: LogKind) throws {
        let inner = try log(kind)
        let commits = try (1...inner.head).filter { try inner.frame(at: $0).kind == .commit }
        let archive = try Archive(log: HoledLog(inner: inner, hole: commits[1]), clock: clock.read)
        #expect(archive.problems.map(\.frame) == [commits[1]])
        #expect(archive.catalog.years(Samples.dataset) == [2001, 2003, 2004])
        #expect(archive.catalog.head.sequence == 4)
        let report = try archive.verify(against: [archive.catalog.head])
        #expect(report.problems.map(\.frame) == [commits[1]])
        #expect(throws: ArchiveError.self) { try archive.commit(Samples.quarantined()) }
    }

    @Test(arguments: LogKind.allCases)
    func `a commit at the end that is lost is noticed`(kind: LogKind) throws {
        let inner = try log(kind)
        let archive = try Archive(log: HoledLog(inner: inner, hole: inner.head), clock: clock.read)
        #expect(archive.problems.map(\.frame) == [inner.head])
        #expect(archive.catalog.years(Samples.dataset) == [2001, 2002, 2003])
        #expect(try archive.verify().problems.map(\.frame) == [inner.head])
    }

    @Test(arguments: LogKind.allCases)
    func `a commit without its content counts, and what is there is answered`(kind: LogKind) throws {
        let log = try log(kind)
        var blobs = 0
        let forged = try log.forged(on: kind) { frame in
            if frame.kind == .blob { blobs += 1 }
            return frame.kind == .blob && blobs == 1 ? nil : Frame(kind: frame.kind, payload: frame.payload)
        }
        let archive = try open(forged)
        #expect(archive.problems.count == 1)
        #expect(archive.catalog.years(Samples.dataset) == [2001, 2002, 2003, 2004])
        // The first blob is the first year's source.
        let hit = try #require(archive.catalog.current(Samples.dataset, 2001))
        #expect(throws: ArchiveError.self) { try archive.source(hit) }
        #expect(try archive.table(hit) == Samples.table(year: 2001))
        #expect(throws: ArchiveError.self) { try archive.commit(Samples.quarantined()) }
        #expect(throws: ArchiveError.self) { try archive.begin() }
        #expect(try archive.verify().problems.map(\.frame) == archive.problems.map(\.frame))
    }

    @Test(arguments: LogKind.allCases, [5, 6, 7, 8] as [UInt8])
    func `a frame of a kind that this version doesn't read is refused clearly`(log kind: LogKind, number: UInt8) throws
    {
        let log = try log(kind)
        _ = try log.append([Frame(kind: FrameKind(rawValue: number), payload: [1])], expectedHead: log.head)
        #expect {
            try open(log)
        } throws: { error in
            guard case ArchiveError.unsupportedFrame(kind: number, sequence: log.head) = error else { return false }
            return true
        }
    }

    @Test(arguments: LogKind.allCases)
    func `payloads of noise are problems, not traps`(kind: LogKind) throws {
        var numbers = SeededNumbers(6)
        let log = try log(kind)
        for round in 0..<(kind == .memory ? 300 : 20) {
            let forged = try log.forged(on: kind) { frame in
                let payload = numbers.next() % 3 == 0 ? numbers.vandalise(frame.payload) : frame.payload
                return Frame(kind: frame.kind, payload: payload)
            }
            let archive = try open(forged)
            _ = try archive.verify(against: [archive.catalog.head])
            for year in archive.catalog.years(Samples.dataset) {
                let vintage = try #require(archive.catalog.current(Samples.dataset, year))
                // Content was hit as well: an error is fine, anything but an answer or an error isn't.
                attempt { try archive.table(vintage) }
                attempt { try archive.source(vintage) }
            }
            if round == 0 { #expect(archive.catalog.commitCount <= 4, "seed \(numbers.seed)") }
        }
    }

    @Test(arguments: LogKind.allCases)
    func `commits with bodies of noise under a right chain value are problems, not traps`(kind: LogKind) throws {
        var numbers = SeededNumbers(7)
        for _ in 0..<(kind == .memory ? 500 : 20) {
            let bodies = [CommitCodingTests.filed, CommitCodingTests.quarantined, CommitCodingTests.released]
            let body = numbers.vandalise(bodies[Int(numbers.next() % 3)].encodedBody)
            let log = try kind.log()
            let payload = CommitRecord.payload(body: body, after: .zero).payload
            _ = try log.append([Frame(kind: .commit, payload: payload)], expectedHead: 0)
            let archive = try open(log)
            _ = archive.catalog.drops()
            _ = try archive.verify()
            // Refused where there is a problem, taken where there is none; both are answers.
            attempt { try archive.commit(Samples.quarantined()) }
        }
    }
}

/// A log that lost a frame.
private struct HoledLog: RecordLog {
    let inner: any RecordLog
    let hole: UInt64

    var head: UInt64 { inner.head }
    var condition: LogCondition { inner.condition }
    var byteCount: UInt64 { inner.byteCount }

    func append(_ frames: [Frame], expectedHead: UInt64?) throws(RecordLogError) -> AppendOutcome {
        try inner.append(frames, expectedHead: expectedHead)
    }

    func frame(at sequence: UInt64) throws(RecordLogError) -> StoredFrame {
        if sequence == hole { throw .damaged(Damage(.payload, file: "1.seg", sequences: hole...hole)) }
        return try inner.frame(at: sequence)
    }

    func visit(
        from sequence: UInt64, _ body: (FrameHeading, RawSpan) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        try inner.visit(from: sequence) { (heading, payload) throws(RecordLogError) in
            if heading.sequence != hole { try body(heading, payload) }
        }
    }
}
