/// A segment's bytes held against its index: what is bad in the one may stand in the other.
struct SegmentMerge {
    /// Those of the index that weren't passed yet.
    private var records: ArraySlice<IndexRecord>
    /// What becomes of a frame that is only in the index.
    private let flaw: Damage.Kind
    private var position = SegmentHeader.framesOffset

    /// - Parameters:
    ///   - records: In the order of their frames.
    ///   - limit: Of the segment, as far as it is looked at; what stands behind came later.
    ///   - flaw: What is said of a frame of which the segment shows nothing.
    init(_ records: [IndexRecord], limit: Int = .max, flaw: Damage.Kind = .unreadable) {
        self.records = records.prefix { $0.frameOffset < limit }
        self.flaw = flaw
    }

    /// Passes a piece of the segment on, with what the index has about it.
    mutating func take(_ piece: SegmentScan.Piece, _ body: (SegmentScan.Piece) -> Void) {
        switch piece {
        case .junk(let bytes, let isUnreadable):
            fill(upTo: bytes.upperBound, isUnreadable: isUnreadable, body)
        case .frame(var frame):
            fill(upTo: frame.bytes.lowerBound, isUnreadable: false, body)
            if frame.flaw != nil, let record = records.first, record.frameOffset == frame.bytes.lowerBound {
                frame.copy = record.copy
                frame.repair = record.repair
            }
            position = frame.bytes.upperBound
            records = records.drop { $0.frameOffset < position }
            body(.frame(frame))
        }
    }

    /// Passes on what the index has behind the segment's last piece.
    mutating func finish(_ body: (SegmentScan.Piece) -> Void) {
        guard let last = records.last else { return }
        fill(upTo: last.frameBytes.upperBound, isUnreadable: false, body)
    }

    /// From the last piece up to `end` the segment shows no frame.
    private mutating func fill(upTo end: Int, isUnreadable: Bool, _ body: (SegmentScan.Piece) -> Void) {
        while let record = records.first, record.frameOffset < end {
            records.removeFirst()
            guard record.frameOffset >= position else { continue }
            if record.frameOffset > position {
                body(.junk(position..<record.frameOffset, isUnreadable: isUnreadable))
            }
            var frame = SegmentFrame(header: record.header, bytes: record.frameBytes, flaw: flaw)
            frame.copy = record.copy
            frame.repair = record.repair
            body(.frame(frame))
            position = record.frameBytes.upperBound
        }
        if position < end { body(.junk(position..<end, isUnreadable: isUnreadable)) }
        position = max(position, end)
    }
}
