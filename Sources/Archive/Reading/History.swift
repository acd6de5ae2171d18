internal import Annals
package import RecordLog

/// The commits of a log in order, a handful at a time, up to where the log ended when it was begun.
///
/// Two logs with the same chain value at a number have the same history up to it; where the values differ first, the
/// entries on both sides tell what happened. Chain values are those that stand in the log; ``Archive/verify(against:)``
/// computes them anew. A commit that is lost, or that can't be read, is left out.
package struct History: Sendable {
    private let log: any RecordLog
    /// The last frame that is looked at.
    private let end: UInt64
    /// The next one.
    private var next: UInt64 = 1

    package init(_ log: any RecordLog) {
        self.log = log
        end = log.head
    }

    /// Reads on.
    ///
    /// - Parameter limit: How many at most.
    /// - Returns: The next entries; none at the end.
    /// - Throws: ``ArchiveError/log(_:)`` where the log can't be read at all.
    package mutating func entries(atMost limit: Int = 1000) throws(ArchiveError) -> [HistoryEntry] {
        var entries: [HistoryEntry] = []
        while next <= end, entries.count < limit {
            do throws(RecordLogError) {
                try read(atMost: limit, into: &entries)
                if entries.count < limit { next = end + 1 }
            } catch {
                switch error {
                // The survey was ended here, because there are enough.
                case .noSuchFrame: return entries
                // The frame that the survey broke off at; those behind it are read still.
                case .damaged: next += 1
                default: throw .log(error)
                }
            }
        }
        return entries
    }

    private mutating func read(atMost limit: Int, into entries: inout [HistoryEntry]) throws(RecordLogError) {
        let end = end
        var next = next
        defer { self.next = next }
        try log.survey(from: next) { (heading, bytes, _) throws(RecordLogError) in
            guard heading.sequence <= end, entries.count < limit else {
                throw .noSuchFrame(sequence: heading.sequence, head: end)
            }
            next = heading.sequence + 1
            guard heading.kind == .commit else { return }
            let payload = bytes.withUnsafeBytes { Array($0) }
            if let entry = Self.entry(payload) { entries.append(entry) }
        }
    }

    /// Nil for what is no commit; ``Archive/verify(against:)`` says why.
    private static func entry(_ payload: [UInt8]) -> HistoryEntry? {
        guard let chain = Digest(bytes: payload.prefix(Digest.byteCount)),
            // The reason is in the answer of verify.
            let record = try? CommitRecord(decoding: payload, from: Digest.byteCount)
        else { return nil }
        return HistoryEntry(record, chain: chain)
    }
}

extension Archive {
    /// The commits from the first to the last one now, to be read from any thread.
    package var history: History { History(log) }
}
