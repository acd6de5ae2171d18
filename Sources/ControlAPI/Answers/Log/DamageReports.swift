/// Frames of the log from one to another, both counted.
package struct FrameRange: Codable, Hashable, Sendable, CustomStringConvertible {
    package var first: UInt64
    package var last: UInt64

    package init(first: UInt64, last: UInt64) {
        self.first = first
        self.last = last
    }

    package init(_ range: ClosedRange<UInt64>) { self.init(first: range.lowerBound, last: range.upperBound) }

    /// `12`, or `12 to 17`.
    package var description: String { first == last ? "\(first)" : "\(first) to \(last)" }
}

/// A vintage as people name it, with the file that it came from.
package struct VintageReport: Codable, Hashable, Sendable, CustomStringConvertible {
    package var dataset: String
    package var year: Int
    package var version: Int
    /// Path in the inbox, escaped.
    package var file: String

    package init(dataset: String, year: Int, version: Int, file: String) {
        self.dataset = dataset
        self.year = year
        self.version = version
        self.file = file
    }

    /// `crops 2011, version 2 (crops-2011.csv)`.
    package var description: String { "\(dataset) \(year), version \(version) (\(file))" }
}

/// A bad place in the log that nothing was done about yet.
package struct DamageReport: Codable, Hashable, Sendable {
    /// One frame that was hit: what it held, and where that can be had again.
    package struct Hit: Codable, Hashable, Sendable {
        package var frame: UInt64
        /// What it held: `commit`, `source`, `cells` and others.
        package var content: String
        /// Where it can be had again: `log`, `source`, `filed file` or `none`.
        package var secondCopy: String
        /// Whose it is; of very many only some.
        package var vintages: [VintageReport]

        package init(frame: UInt64, content: String, secondCopy: String, vintages: [VintageReport] = []) {
            self.frame = frame
            self.content = content
            self.secondCopy = secondCopy
            self.vintages = vintages
        }
    }

    /// File, bytes and what is bad about them, in words.
    package var place: String
    /// The frames whose first copy is bad; nil where none is.
    package var frames: FrameRange?
    /// What stood in these frames, where that is known; frames that nothing needs are left out.
    package var hits: [Hit]

    package init(place: String, frames: FrameRange? = nil, hits: [Hit] = []) {
        self.place = place
        self.frames = frames
        self.hits = hits
    }
}

/// A bad place in the log that a repair has looked after.
package struct RepairedPlaceReport: Codable, Hashable, Sendable {
    /// File, bytes and what is bad about them, in words.
    package var place: String
    /// The frames that stood there; nil where none did.
    package var frames: FrameRange?
    /// Of a loss: the vintages that can't be had any more because of it.
    package var vintages: [VintageReport]

    package init(place: String, frames: FrameRange? = nil, vintages: [VintageReport] = []) {
        self.place = place
        self.frames = frames
        self.vintages = vintages
    }
}
