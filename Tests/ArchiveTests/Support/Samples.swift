import Annals
import RecordLog
import Synchronization
import TableCoding
import TestSupport

@testable import Archive

/// Small drops for tests.
extension Samples {
    static let dataset = DatasetID("net-migration")!

    /// A file of that content, named after its number.
    static func claim(_ source: [UInt8], number: Int = 1, sidecar: [UInt8]? = nil) -> SourceRef {
        SourceRef(
            path: Array("in/file-\(number).txt".utf8), device: 7, inode: UInt64(number), size: Int64(source.count),
            mtimeNanoseconds: 1_000_000_007, ctimeNanoseconds: -5, sha256: ContentHasher.digest(of: source),
            sidecar: sidecar.map { ContentHasher.digest(of: $0) })
    }

    /// An examined file of those tables; its bytes are different for every number.
    static func drop(
        _ tables: [Table], number: Int = 1, dataset: DatasetID = dataset, published: Instant? = nil,
        sidecar: Sidecar? = nil, sidecarBytes: [UInt8]? = nil, audits: [Audit] = [], findings: [Finding] = []
    ) throws(CodingError) -> Examined {
        let source = Array("file number \(number)\n".utf8)
        let facts = DropFacts(
            dataset: dataset, title: "Net migration", reader: "delimited", encoding: "utf-8", dialect: "generic")
        return try Examined(
            claim(source, number: number), bytes: source, facts: facts, published: published, sidecar: sidecar,
            texts: ReadingTexts(sidecar: sidecarBytes), years: tables.map { ($0, audits, findings) })
    }

    static func quarantined(number: Int = 1) -> Examined {
        Examined(
            claim(Array("noise \(number)".utf8), number: number),
            refused: Reason("no table in it", line: 3, column: 4, found: "noise", remedy: "x"))
    }
}

/// A clock that goes on by a second each time it is asked, or is set.
final class TestClock: Sendable {
    private let now = Mutex(Int64(1_700_000_000_000_000))

    func set(_ microseconds: Int64) { now.withLock { $0 = microseconds } }

    var read: @Sendable () -> Instant {
        { [self] in
            now.withLock { now in
                now += 1_000_000
                return Instant(microseconds: now)
            }
        }
    }
}

extension RecordLog {
    /// A log with the same frames, each as `change` has it; nil leaves one out.
    func forged(on kind: LogKind, _ change: (StoredFrame) -> Frame?) throws -> any RecordLog {
        let copy = try kind.log()
        var frames: [Frame] = []
        for sequence in 1...max(head, 1) where head > 0 {
            if let frame = change(try frame(at: sequence)) { frames.append(frame) }
        }
        if !frames.isEmpty { _ = try copy.append(frames, expectedHead: 0) }
        return copy
    }

    func count(of kind: FrameKind) throws -> Int {
        try (1...max(head, 1)).count { try head > 0 && frame(at: $0).kind == kind }
    }
}
