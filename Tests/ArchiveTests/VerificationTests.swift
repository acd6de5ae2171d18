import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct VerificationTests {
    private let clock = TestClock()

    private func archive(_ log: any RecordLog, drops: ClosedRange<Int> = 1...3) throws -> Archive {
        let archive = try Archive(log: log, clock: clock.read)
        for number in drops {
            _ = try archive.commit(Samples.drop([Samples.table(first: Int64(number))], number: number))
        }
        return archive
    }

    @Test(arguments: LogKind.allCases)
    func `a sound log is sound, and counted`(kind: LogKind) throws {
        try kind.withLog { log in
            let archive = try Archive(log: log(), clock: clock.read)
            for number in 1...3 {
                _ = try archive.commit(Samples.drop([Samples.table(first: Int64(number))], number: number))
            }
            let report = try archive.verify()
            #expect(report.problems.isEmpty)
            #expect(report.commits == 3 && report.frames == report.blobs + 3)
            #expect(report.blobs == 8, "three sources and cells, one heading, one key space")
            #expect(report.head == archive.catalog.head)
        }
    }

    /// Nobody waits any more: the rest of the log is not looked at.
    @Test(arguments: LogKind.allCases)
    func `a check ends when nobody waits for it`(kind: LogKind) throws {
        let archive = try archive(kind.log())
        let refusal = #expect(throws: ArchiveError.self) {
            try archive.verify { (_) throws(ArchiveError) in throw .abandoned }
        }
        guard case .abandoned? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(try archive.verify().isSound)
    }

    @Test(arguments: LogKind.allCases)
    func `earlier heads are in the history of a grown log`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try archive(log)
        let early = archive.catalog.head
        for number in 4...6 {
            _ = try archive.commit(Samples.drop([Samples.table(first: Int64(number))], number: number))
        }
        #expect(try archive.verify(against: [.empty, early, archive.catalog.head]).isSound)
        let wrong = Head(sequence: early.sequence, chain: ContentHasher.digest(of: [1]))
        #expect(try archive.verify(against: [early, wrong]).problems.count == 1)
        #expect(try archive.verify(against: [Head(sequence: 99, chain: .zero)]).problems.count == 1)
    }

    @Test(arguments: LogKind.allCases)
    func `a history that was rewritten with right checksums and chain isn't the one that had the head`(
        kind: LogKind
    ) throws {
        let head = try archive(kind.log()).catalog.head
        let rewritten = try archive(kind.log(), drops: 2...4)
        #expect(try rewritten.verify().isSound)
        #expect(try rewritten.verify(against: [head]).problems.map(\.frame) == [0])
    }

    @Test(arguments: LogKind.allCases)
    func `every byte of every content is looked at`(kind: LogKind) throws {
        let log = try kind.log()
        _ = try archive(log, drops: 1...1)
        for sequence in 1...log.head {
            let frame = try log.frame(at: sequence)
            for place in stride(from: 0, to: frame.payload.count, by: kind == .memory ? 3 : 61) {
                let forged = try log.forged(on: kind) { frame in
                    var payload = frame.payload
                    if frame.sequence == sequence { payload[place] ^= 4 }
                    return Frame(kind: frame.kind, payload: payload)
                }
                let report = try Archive(log: forged, clock: clock.read).verify()
                #expect(!report.isSound, "frame \(sequence), byte \(place)")
            }
        }
    }

    @Test(arguments: LogKind.allCases)
    func `the pieces of long content are held against the name of the whole`(kind: LogKind) throws {
        let log = try kind.log()
        var writer = ContentWriter()
        _ = try writer.add([UInt8](repeating: 1, count: 1 << 20) + [2])
        let list = try #require(writer.blobs.last)
        let frames = (writer.blobs.dropLast() + [Blob(list: list.pieces, digest: .zero, byteCount: (1 << 20) + 1)])
            .map { Frame(kind: .blob, payload: $0.payload) }
        _ = try log.append(frames, expectedHead: 0)
        #expect(try Archive(log: log, clock: clock.read).verify().problems.count == 1)
    }
}
