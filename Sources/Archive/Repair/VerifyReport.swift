package import Annals

/// What verifying the log found.
package struct VerifyReport: Hashable, Sendable {
    /// In the log, damaged ones not counted.
    package var frames = 0
    package var commits = 0
    package var blobs = 0
    /// Of payloads.
    package var bytes: UInt64 = 0
    /// The history's, recomputed.
    package var head = Head.empty
    /// In the order of the log; none means that every digest and every chain value was recomputed and holds.
    ///
    /// What was recorded as lost is no problem any more.
    package var problems: [ArchiveProblem] = []
    /// Bad places that nothing was done about yet, in the order of the log.
    package var damage: [DamagedPlace] = []
    /// Bad places whose content stands elsewhere in the log since a repair.
    package var restored: [RepairedPlace] = []
    /// Bad places whose content was given up.
    package var losses: [RepairedPlace] = []

    /// Whether everything that was not given up is there, once at least, and as it was written.
    package var isSound: Bool { problems.isEmpty && damage.isEmpty }
}

/// A bad place in the log that a repair would look after.
package struct DamagedPlace: Hashable, Sendable {
    /// File, bytes and what is bad about them, in words.
    package var place: String
    /// The frames whose first copy is bad; nil where none is.
    package var frames: ClosedRange<UInt64>?
    /// What stood in these frames, where that is known; frames that nothing needs are left out.
    package var hits: [ContentHit] = []
}

/// One frame that was hit: what it held, and where that can be had again.
package struct ContentHit: Hashable, Sendable {
    /// What a frame can hold.
    package enum Content: String, Hashable, Sendable, CaseIterable {
        case commit
        case source
        case sidecar
        case definition
        case heading
        case keySpace = "key space"
        case presence
        case cells
        case unknown
    }

    /// Where a second copy is.
    package enum SecondCopy: String, Hashable, Sendable, CaseIterable {
        /// The log itself has one.
        case log
        /// It can be read again from the source that the log has.
        case source
        /// It comes from the file that was filed away.
        case filed = "filed file"
        /// There is none: it is lost, unless one turns up.
        case none
    }

    /// Sequence in the log.
    package var frame: UInt64
    package var content: Content
    /// Whose it is, at most ``maximumVintages``; a key space can be that of very many.
    package var vintages: [VintageName]
    package var secondCopy: SecondCopy

    package static let maximumVintages = 20
}

/// A vintage as people name it, with the file that it came from.
package struct VintageName: Hashable, Sendable {
    package var dataset: DatasetID
    package var year: Int
    package var version: Int
    /// Path in the inbox, escaped: ``EscapedName/text(_:)``.
    package var file: String

    package init(dataset: DatasetID, year: Int, version: Int, file: String) {
        self.dataset = dataset
        self.year = year
        self.version = version
        self.file = file
    }

    package init(_ vintage: Vintage) {
        self.init(
            dataset: vintage.dataset, year: vintage.year, version: vintage.version, file: vintage.source.file)
    }
}

/// A bad place in the log that a repair has looked after.
package struct RepairedPlace: Hashable, Sendable {
    /// File, bytes and what is bad about them, in words.
    package var place: String
    /// The frames that stood there; nil where none did.
    package var frames: ClosedRange<UInt64>?
    /// Of a loss: the vintages that can't be had any more because of it.
    package var vintages: [VintageName] = []
}
