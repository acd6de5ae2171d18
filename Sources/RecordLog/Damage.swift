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
    }

    package var kind: Kind
    /// The file's name.
    package var file: String
    /// Where the bad bytes are in the file; nil where it is missing.
    package var bytes: Range<Int>?
    /// The sequences that were lost here and can't be read elsewhere in the log; nil where none were.
    package var sequences: ClosedRange<UInt64>?

    package init(_ kind: Kind, file: String, bytes: Range<Int>? = nil, sequences: ClosedRange<UInt64>? = nil) {
        self.kind = kind
        self.file = file
        self.bytes = bytes
        self.sequences = sequences
    }
}

extension Damage: CustomStringConvertible {
    /// `00000001.seg, bytes 8192 to 8263: bad payload, frame 12 lost`.
    package var description: String {
        let place = bytes.map { ", bytes \($0.lowerBound) to \($0.upperBound - 1)" } ?? ""
        let loss =
            switch sequences {
            case nil: ""
            case let lost? where lost.count == 1: ", frame \(lost.lowerBound) lost"
            case let lost?: ", frames \(lost.lowerBound) to \(lost.upperBound) lost"
            }
        return "\(file)\(place): \(kind.rawValue)\(loss)"
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
}

/// The bytes after the last whole batch.
package struct TornTail: Hashable, Sendable {
    /// The segment's name.
    package var file: String
    package var bytes: Range<Int>
    /// The name of the file that has a copy; nil where the tail still stands, because nothing may be written.
    package var copy: String?
}
