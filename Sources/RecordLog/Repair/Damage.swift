/// A bad place in the log that once held something durable.
package struct Damage: Hashable, Sendable {
    /// What is bad about the place.
    package enum Kind: String, Hashable, Sendable {
        /// A header block of a segment doesn't hold.
        case segmentHeader = "bad segment header"
        /// A segment is not there.
        case missingSegment = "missing segment"
        /// The file's header is another segment's.
        case misplacedSegment = "segment under a wrong name"
        /// The segment belongs to another log.
        case foreignSegment = "segment of another log"
        /// A frame's header holds and its payload doesn't.
        case payload = "bad payload"
        /// No frame can be told in these bytes.
        case unreadable = "unreadable bytes"
        /// Frames are missing though no bad bytes show.
        case missingFrames = "missing frames"
        /// Nothing is left that tells where frames stand in these bytes, or how many there were.
        case untold = "nothing tells what stands there"
    }

    package var kind: Kind
    /// The file's name.
    package var file: String
    /// Where the bad bytes are in the file; nil where it is missing.
    package var bytes: Range<Int>?
    /// The sequences whose first copy is bad; nil where it hit no frame, or nobody can tell.
    package var hit: ClosedRange<UInt64>?
    /// From the first to the last of those that were lost here and can't be read elsewhere in the log; nil where none were.
    package var sequences: ClosedRange<UInt64>?

    /// - Parameters:
    ///   - kind: What is bad.
    ///   - file: The file's name.
    ///   - bytes: Where.
    ///   - hit: At least `sequences`, which it is where it is left out.
    ///   - sequences: What is lost.
    package init(
        _ kind: Kind, file: String, bytes: Range<Int>? = nil, hit: ClosedRange<UInt64>? = nil,
        sequences: ClosedRange<UInt64>? = nil
    ) {
        self.kind = kind
        self.file = file
        self.bytes = bytes
        self.hit = hit ?? sequences
        self.sequences = sequences
    }

    /// Whether frames may be lost here that nobody knows of: then no repair may pass over it unasked.
    package var mayHideFrames: Bool { kind == .untold && hit == nil }
}

extension Damage: CustomStringConvertible {
    /// `00000001.seg, bytes 8192 to 8263: bad payload, frame 12 lost`.
    package var description: String {
        let place = bytes.map { ", bytes \($0.lowerBound) to \($0.upperBound - 1)" } ?? ""
        let loss =
            if let sequences {
                ", \(Self.words(sequences)) lost"
            } else if let hit {
                ", \(Self.words(hit)) hit, with a second copy"
            } else {
                ""
            }
        return "\(file)\(place): \(kind.rawValue)\(loss)"
    }

    private static func words(_ frames: ClosedRange<UInt64>) -> String {
        frames.count == 1
            ? "frame \(frames.lowerBound)" : "frames \(frames.lowerBound) to \(frames.upperBound)"
    }
}

/// What opening a log found.
package struct Recovery: Hashable, Sendable {
    /// In the log, lost ones not counted.
    package var frameCount = 0
    package var segmentCount = 0
    /// The end of a batch that was never acknowledged.
    package var tornTail: TornTail?
    /// In the order of the log.
    package var damage: [Damage] = []
    /// The last batch was written once more, because the log wasn't closed in order.
    package var rewroteLastBatch = false
    /// The indexes that were missing or bad, or lacked something, and were made anew from their segments.
    package var renewedIndexes: [String] = []
}

/// The bytes after the last whole batch.
package struct TornTail: Hashable, Sendable {
    /// The segment's name.
    package var file: String
    package var bytes: Range<Int>
    /// The name of the file that has a copy; nil where the tail still stands, because nothing may be written.
    package var copy: String?
}
