import StableStorage
import Synchronization

/// One segment on its way into a backup: its bytes as they stand, every frame checked as it passes.
struct SegmentCopy {
    /// Which segment, and how much of it.
    struct Extent: Hashable {
        var number: UInt32
        var byteCount: Int
    }

    /// Of the segment, by its header; 0 where that is lost.
    let createdSeconds: Int
    private let extent: Extent
    private let file: any File
    private let window: SegmentWindow
    /// Nil where no header tells the salt, so that no frame in it can count.
    private var scan: SegmentScan?
    private var position = 0
    /// Bytes that hold no frame that counts and are passed on as they are.
    private var spare: Range<Int>

    /// About as much as is given at once.
    private static let pieceBytes = 1 << 20

    init(_ extent: Extent, of log: SegmentedLog) throws(RecordLogError) {
        self.extent = extent
        file = try RecordLogError.storage { () throws(StorageError) in try log.files.file(extent.number) }
        window = SegmentWindow(file: file, limit: extent.byteCount)
        scan = log.state.withLock { $0.salts[extent.number] }.map { [window] salt in
            SegmentScan(window, salt: salt, file: SegmentName.name(of: extent.number))
        }
        let header = try Self.header(extent, file: file)
        // Without a salt no frame in it counts, so that its header is of no use either.
        if header == nil, scan != nil { try log.noteBadHeader(of: extent.number) }
        createdSeconds = max(0, Int((header?.created ?? 0) / 1_000_000))
        spare = 0..<min(SegmentHeader.framesOffset, extent.byteCount)
    }

    /// Both blocks hold, and are this segment's; nil where not.
    private static func header(_ extent: Extent, file: any File) throws(RecordLogError) -> SegmentHeader? {
        let window = SegmentWindow(file: file, limit: min(extent.byteCount, SegmentHeader.framesOffset))
        var found: SegmentHeader?
        for start in [0, SegmentHeader.blockBytes] {
            let reading = try window.read(at: start, count: SegmentHeader.blockBytes) {
                (bytes) throws(RecordLogError) in
                SegmentHeader.read(bytes)
            }
            guard case .valid(let header) = reading, header.number == extent.number, found == nil || header == found
            else { return nil }
            found = header
        }
        return found
    }

    /// The next bytes, filled up to a whole block behind the last ones; nil after those.
    ///
    /// - Throws: `.damaged` where a frame that counts has gone bad; `.storage`.
    mutating func next(in log: SegmentedLog) throws(RecordLogError) -> [UInt8]? {
        guard position < extent.byteCount else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.pieceBytes + Frame.maximumPayloadBytes)
        while position < extent.byteCount, bytes.count < Self.pieceBytes {
            if spare.isEmpty {
                try takeFrame(into: &bytes, log)
            } else {
                takeSpare(into: &bytes)
            }
        }
        if position == extent.byteCount {
            bytes.append(contentsOf: repeatElement(0, count: TarHeader.padded(position) - position))
        }
        return bytes
    }

    private mutating func takeFrame(into bytes: inout [UInt8], _ log: SegmentedLog) throws(RecordLogError) {
        switch try scan?.next() {
        case .frame(let frame):
            if let flaw = frame.flaw { return try pass(frame.bytes, flaw, log) }
            try window.read(at: frame.bytes.lowerBound, count: frame.bytes.count) { (frame) throws(RecordLogError) in
                bytes.append(contentsOf: frame)
            }
            position = frame.bytes.upperBound
        case .junk(let place, _): try pass(place, .unreadable, log)
        case nil: try pass(position..<extent.byteCount, .unreadable, log)
        }
    }

    /// Lets bytes pass that are no frame: what was superseded, repaired, or room ahead.
    private mutating func pass(
        _ place: Range<Int>, _ kind: Damage.Kind, _ log: SegmentedLog
    ) throws(RecordLogError) {
        let place = place.clamped(to: position..<extent.byteCount)
        try log.noteBad(kind, place, segment: extent.number)
        spare = place
    }

    /// What can't be read any more holds nothing that counts, and is zeros in the copy.
    private mutating func takeSpare(into bytes: inout [UInt8]) {
        let blockBytes = 4096
        let end = min(spare.upperBound, (spare.lowerBound / blockBytes + 1) * blockBytes)
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: end - spare.lowerBound))
        var span = bytes.mutableSpan
        var all = span.mutableBytes
        all.withUnsafeMutableBytes { all in
            // A failing read leaves zeros, as said above.
            _ = try? file.read(into: UnsafeMutableRawBufferPointer(rebasing: all[start...]), at: spare.lowerBound)
        }
        position = end
        spare = end..<spare.upperBound
    }
}

extension SegmentedLog {
    /// Takes note that a header block of a segment doesn't hold any more.
    ///
    /// - Throws: `.damaged`.
    fileprivate func noteBadHeader(of segment: UInt32) throws(RecordLogError) {
        let damage = Damage(
            .segmentHeader, file: SegmentName.name(of: segment), bytes: 0..<SegmentHeader.framesOffset)
        let isCovered = state.withLock { state in
            state.add(damage)
            return state.ledger.covers(damage)
        }
        if !isCovered { throw .damaged(damage) }
    }

    /// Takes note that bytes of a segment are no frames, if the log counts on one that stands there.
    ///
    /// - Throws: `.damaged` then.
    fileprivate func noteBad(
        _ kind: Damage.Kind, _ bytes: Range<Int>, segment: UInt32
    ) throws(RecordLogError) {
        let damage: Damage? = state.withLock { state in
            guard state.head > 0 else { return nil }
            let lost = (1...state.head).filter { sequence in
                if case .restored = state.source(of: sequence) { return false }
                guard let place = state.index[sequence], place.segment == segment else { return false }
                return bytes.contains(place.offset)
            }
            guard let first = lost.first, let last = lost.last else { return nil }
            let damage = Damage(kind, file: SegmentName.name(of: segment), bytes: bytes, sequences: first...last)
            state.add(damage)
            return damage
        }
        if let damage { throw .damaged(damage) }
    }
}
