/// The first bytes of a `restored` or `loss` frame: which damage it repairs, and for which frames.
struct RepairRecord: Hashable {
    /// What the frame says about the frames that were hit.
    enum Verdict: Hashable {
        /// The frame's content follows.
        case restored(FrameHeading)
        /// No frame was hit.
        case nothingHit
        /// Nothing needs them.
        case unneeded(ClosedRange<UInt64>)
        /// They are given up.
        case lost(ClosedRange<UInt64>)
    }

    /// The damaged place; of its sequences it knows nothing.
    var place: Damage
    var verdict: Verdict

    static let byteCount = 40
    /// In the order of the numbers that stand for them, from 1 on.
    private static let damageKinds: [Damage.Kind] = [
        .segmentHeader, .missingSegment, .misplacedSegment, .foreignSegment, .payload, .unreadable, .missingFrames,
        .untold,
    ]

    init(_ damage: Damage, _ verdict: Verdict) {
        place = Damage(damage.kind, file: damage.file, bytes: damage.bytes)
        self.verdict = verdict
    }

    /// The last frame that it speaks of; 0 where it speaks of none.
    var lastSequence: UInt64 {
        switch verdict {
        case .restored(let heading): heading.sequence
        case .nothingHit: 0
        case .unneeded(let range), .lost(let range): range.upperBound
        }
    }

    /// Which kind of frame it begins.
    var kind: FrameKind {
        switch verdict {
        case .restored, .nothingHit: .restored
        case .unneeded, .lost: .loss
        }
    }

    /// Reads the start of a payload.
    ///
    /// - Returns: Nil for a frame of another kind, and where the bytes say nothing that this version writes.
    init?(_ payload: UnsafeRawBufferPointer, of kind: FrameKind) {
        guard kind == .restored || kind == .loss, payload.count >= Self.byteCount else { return nil }
        func word(_ place: Int) -> UInt64 {
            UInt64(littleEndian: payload.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
        let kindNumber = Int(payload[4])
        guard (1...Self.damageKinds.count).contains(kindNumber), word(8) <= word(16), word(16) <= UInt64(Int.max) else {
            return nil
        }
        let bytes = Int(word(8))..<Int(word(16))
        place = Damage(
            Self.damageKinds[kindNumber - 1], file: SegmentName.name(of: UInt32(truncatingIfNeeded: word(0))),
            bytes: bytes.isEmpty ? nil : bytes)
        let (first, second) = (word(24), word(32))
        switch (kind, payload[5]) {
        case (.restored, 0): verdict = .nothingHit
        case (.restored, let kind):
            verdict = .restored(FrameHeading(sequence: first, batch: second, kind: FrameKind(rawValue: kind)))
        case (_, 1) where first <= second && first > 0: verdict = .lost(first...second)
        case (_, 2) where first <= second && first > 0: verdict = .unneeded(first...second)
        default: return nil
        }
    }

    var encoded: [UInt8] {
        let (note, first, second): (UInt8, UInt64, UInt64) =
            switch verdict {
            case .restored(let heading): (heading.kind.rawValue, heading.sequence, heading.batch)
            case .nothingHit: (0, 0, 0)
            case .lost(let range): (1, range.lowerBound, range.upperBound)
            case .unneeded(let range): (2, range.lowerBound, range.upperBound)
            }
        let kindNumber = (Self.damageKinds.firstIndex(of: place.kind) ?? 0) + 1
        let segment = UInt64(SegmentName.number(of: place.file) ?? 0)
        let bytes = place.bytes ?? 0..<0
        let words: [UInt64] = [
            segment | UInt64(kindNumber) << 32 | UInt64(note) << 40, UInt64(bytes.lowerBound),
            UInt64(bytes.upperBound), first, second,
        ]
        return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }
}
