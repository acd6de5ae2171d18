import StableStorage

/// Reads a whole log, from the first segment to the last, and changes nothing.
struct LogScan {
    let directory: any Directory
    /// For a scan beside a running writer: the last segment and where its durable frames end.
    var end: (segment: UInt32, offset: Int)?

    /// A segment that is there.
    struct Segment {
        var number: UInt32
        /// Nil where both blocks are lost.
        var header: SegmentHeader?
        var size: Int
    }

    /// What the log is.
    struct Contents {
        var assembly = LogAssembly()
        var segments: [Segment] = []
        /// After the last whole batch, in the last segment that has anything but its header.
        var tail: Range<Int>?
        /// By segment; without those that are lost.
        var salts: [UInt32: Salt] = [:]

        /// What stands between the headers of the segments and the ends of their frames.
        var frameBytes: UInt64 {
            let last = assembly.lastWholeBatch
            return segments.reduce(0) { sum, segment in
                let end = segment.number == last?.segment ? last?.end ?? 0 : segment.size
                let counts = assembly.damage.isEmpty ? segment.number <= last?.segment ?? 0 : true
                return sum + (counts ? UInt64(max(0, end - SegmentHeader.framesOffset)) : 0)
            }
        }
    }

    /// A segment whose header blocks were looked at.
    private struct Candidate {
        var number: UInt32
        var file: any File
        var size: Int
        var header: SegmentHeader?
        var damage: Damage?

        var name: String { SegmentName.name(of: number) }
    }

    /// - Throws: `.newerVersion`, `.newerFrame`, `.storage`.
    func run(progress: (ReplayProgress) -> Void = { _ in }) throws(RecordLogError) -> Contents {
        var contents = Contents()
        var candidates = try numbers().map { (number) throws(RecordLogError) in try candidate(number) }
        let abandoned = try removeAbandoned(from: &candidates)
        var report = ReplayProgress(bytesRead: 0, byteCount: candidates.reduce(0) { $0 + $1.size })
        let identity = candidates.lazy.compactMap(\.header).first?.identity
        var last: UInt32 = 0
        for (place, candidate) in candidates.enumerated() {
            for missing in last + 1..<max(candidate.number, last + 1) { contents.assembly.skip(missing) }
            last = candidate.number
            contents.segments.append(
                Segment(number: candidate.number, header: candidate.header, size: candidate.size))
            if let damage = misfit(of: candidate, identity: identity) {
                contents.assembly.add(damage)
                continue
            }
            let successor = place + 1 < candidates.count ? candidates[place + 1] : nil
            let salt = candidate.header?.salt ?? salt(before: successor, number: candidate.number)
            contents.salts[candidate.number] = salt
            try read(candidate, salt: salt, into: &contents.assembly)
            report.bytesRead += candidate.size
            progress(report)
        }
        if let abandoned {
            contents.segments.append(
                Segment(number: abandoned.number, header: abandoned.header, size: abandoned.size))
        }
        contents.tail = contents.assembly.finish()
        return contents
    }

    private func numbers() throws(RecordLogError) -> [UInt32] {
        let names = try RecordLogError.storage { () throws(StorageError) in try directory.list() }
        return names.compactMap(SegmentName.number(of:)).filter { $0 <= end?.segment ?? .max }.sorted()
    }

    private func candidate(_ number: UInt32) throws(RecordLogError) -> Candidate {
        let name = SegmentName.name(of: number)
        let (file, size) = try RecordLogError.storage { () throws(StorageError) in
            let file = try directory.open(name, mode: .read)
            return (file, try file.size())
        }
        var candidate = Candidate(number: number, file: file, size: size)
        if let end, end.segment == number { candidate.size = min(size, end.offset) }
        let window = SegmentWindow(file: file, limit: min(size, SegmentHeader.framesOffset))
        var bad: [Range<Int>] = []
        for start in [0, SegmentHeader.blockBytes] {
            let reading = try window.read(at: start, count: SegmentHeader.blockBytes) {
                (bytes) throws(RecordLogError) in
                SegmentHeader.read(bytes)
            }
            switch reading {
            case .valid(let header): candidate.header = candidate.header ?? header
            case .newer(let version): throw .newerVersion(file: name, version: version)
            case .bad: bad.append(start..<start + SegmentHeader.blockBytes)
            }
        }
        if let first = bad.first, let last = bad.last {
            candidate.damage = Damage(.segmentHeader, file: name, bytes: first.lowerBound..<last.upperBound)
        }
        return candidate
    }

    /// The last segment, if its creation was cut short: it never had a frame.
    private func removeAbandoned(from candidates: inout [Candidate]) throws(RecordLogError) -> Candidate? {
        guard let last = candidates.last, last.damage != nil, try isEmptyBehindHeader(last) else { return nil }
        return candidates.removeLast()
    }

    private func isEmptyBehindHeader(_ candidate: Candidate) throws(RecordLogError) -> Bool {
        let window = SegmentWindow(file: candidate.file, limit: candidate.size)
        var position = SegmentHeader.framesOffset
        while position < candidate.size {
            let count = min(SegmentWindow.maximumRequestBytes, candidate.size - position)
            let isZero = try window.read(at: position, count: count) { (bytes) throws(RecordLogError) in
                SegmentScan.isZero(bytes)
            }
            guard isZero else { return false }
            position += count
        }
        return true
    }

    /// Why a segment isn't this log's, or not this one.
    private func misfit(of candidate: Candidate, identity: Salt?) -> Damage? {
        guard let header = candidate.header else { return nil }
        if header.identity != identity { return Damage(.foreignSegment, file: candidate.name) }
        if header.number != candidate.number { return Damage(.misplacedSegment, file: candidate.name) }
        return nil
    }

    private func read(
        _ candidate: Candidate, salt: Salt?, into assembly: inout LogAssembly
    ) throws(RecordLogError) {
        if let damage = candidate.damage { assembly.add(damage) }
        assembly.begin(candidate.number, first: candidate.header?.firstSequence)
        guard let salt else {
            if candidate.size > SegmentHeader.framesOffset {
                assembly.take(.junk(SegmentHeader.framesOffset..<candidate.size))
            }
            return
        }
        let window = SegmentWindow(file: candidate.file, limit: candidate.size)
        var scan = SegmentScan(window, salt: salt, file: candidate.name)
        while let piece = try scan.next() { assembly.take(piece) }
    }

    /// The salt of a segment that lost its headers, by the next one's.
    private func salt(before successor: Candidate?, number: UInt32) -> Salt? {
        guard let header = successor?.header, header.number == number + 1 else { return nil }
        return header.previousSalt
    }
}

/// How far opening a log has come, for who waits; both in bytes.
package struct ReplayProgress: Hashable, Sendable {
    package var bytesRead: Int
    package var byteCount: Int
}
