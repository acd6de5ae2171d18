/// What is appended: a kind and bytes that the log doesn't look into.
package struct Frame: Hashable, Sendable {
    package var kind: FrameKind
    /// At most `maximumPayloadBytes` bytes.
    package var payload: [UInt8]

    /// 768 KiB with a `restored` frame around it, so that any frame fits into one message of a stream that takes 1 MiB.
    package static let maximumPayloadBytes = FrameHeader.maximumPayloadBytes - RepairRecord.byteCount

    package init(kind: FrameKind, payload: [UInt8]) {
        self.kind = kind
        self.payload = payload
    }
}

/// What a payload is, as the log's format page numbers it.
package struct FrameKind: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let blob = FrameKind(rawValue: 1)
    package static let commit = FrameKind(rawValue: 2)
    package static let restored = FrameKind(rawValue: 3)
    package static let loss = FrameKind(rawValue: 4)
    package static let annotation = FrameKind(rawValue: 5)
    package static let withdrawal = FrameKind(rawValue: 6)
    package static let void = FrameKind(rawValue: 7)
    package static let redaction = FrameKind(rawValue: 8)

    /// One of those above; any other was written by a newer version.
    package var isKnown: Bool { (1...8).contains(rawValue) }
}

/// A frame as it lies in the log, without its payload.
package struct FrameHeading: Hashable, Sendable {
    /// 1, 2, 3 … through the whole log.
    package var sequence: UInt64
    /// 1, 2, 3 …; what was appended together has the same.
    package var batch: UInt64
    package var kind: FrameKind

    package init(sequence: UInt64, batch: UInt64, kind: FrameKind) {
        self.sequence = sequence
        self.batch = batch
        self.kind = kind
    }
}

/// A frame as it lies in the log.
package struct StoredFrame: Hashable, Sendable {
    package var heading: FrameHeading
    package var payload: [UInt8]

    package var sequence: UInt64 { heading.sequence }
    package var batch: UInt64 { heading.batch }
    package var kind: FrameKind { heading.kind }

    package init(heading: FrameHeading, payload: [UInt8]) {
        self.heading = heading
        self.payload = payload
    }
}
