/// Where each frame stands: eight bytes a frame.
struct LogIndex {
    /// The start of a frame.
    struct Place: Hashable {
        /// 0 for a frame that is lost.
        var segment: UInt32
        /// In units of eight bytes.
        private var eighths: UInt32

        static let lost = Place(segment: 0, offset: 0)
        /// In bytes.
        static let greatestOffset = Int(UInt32.max) * FrameHeader.alignment

        /// - Parameters:
        ///   - segment: From 1 on.
        ///   - offset: In bytes, a multiple of eight, at most ``greatestOffset``.
        init(segment: UInt32, offset: Int) {
            self.segment = segment
            eighths = UInt32(offset / FrameHeader.alignment)
        }

        /// In bytes from the start of the segment.
        var offset: Int { Int(eighths) * FrameHeader.alignment }
    }

    /// By sequence, the first one at 0.
    private var places: [Place] = []
    private(set) var lostCount = 0

    var frameCount: Int { places.count - lostCount }

    /// Nil beyond the last frame, for 0, and for a frame that is lost.
    subscript(sequence: UInt64) -> Place? {
        guard sequence > 0, sequence <= UInt64(places.count) else { return nil }
        let place = places[Int(sequence - 1)]
        return place == .lost ? nil : place
    }

    /// From the first to the last sequence that stands in a segment, as far as something of it lies behind a place; nil where
    /// none does.
    func sequences(in segment: UInt32, behind offset: Int = 0) -> ClosedRange<UInt64>? {
        guard let first = places.firstIndex(where: { $0.segment == segment }),
            let last = places.lastIndex(where: { $0.segment == segment })
        else { return nil }
        // The one that begins before it may go on behind it.
        let across = places[first...last].lastIndex { $0.segment == segment && $0.offset < offset }
        return UInt64(across ?? first) + 1...UInt64(last) + 1
    }

    /// The later of two places counts.
    mutating func set(_ sequence: UInt64, to place: Place) {
        grow(to: sequence)
        if places[Int(sequence - 1)] == .lost { lostCount -= 1 }
        places[Int(sequence - 1)] = place
    }

    /// Makes `head` the last sequence: what has no place up to there is lost, what stands beyond is forgotten.
    mutating func end(at head: UInt64) {
        grow(to: head)
        lostCount -= places[Int(head)...].count { $0 == .lost }
        places.removeLast(places.count - Int(head))
    }

    private mutating func grow(to sequence: UInt64) {
        while UInt64(places.count) < sequence {
            places.append(.lost)
            lostCount += 1
        }
    }
}
