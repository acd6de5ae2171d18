internal import Annals
internal import TableCoding

/// What a commit frame says: one drop with all its years, or a decision about the quarantine.
struct CommitRecord: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case filed(FiledDrop)
        case quarantined(QuarantinedDrop)
        /// An entry left the quarantine; it takes a number of its own, so that the head tells it.
        case released(QuarantineRelease, id: String)
    }

    /// Number of its first entry.
    var firstSequence: UInt64
    var recorded: Instant
    var content: Content

    /// How many numbers it takes.
    var entryCount: Int {
        switch content {
        case .filed(let drop): drop.years.count
        case .quarantined, .released: 1
        }
    }

    /// Number of its last entry.
    var lastSequence: UInt64 { firstSequence + UInt64(entryCount) - 1 }

    /// The names of everything that must be in the log for it to count, each once.
    var references: [Digest] {
        var seen: Set<Digest> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// The same, each as often as it is named.
    var names: [Digest] {
        guard case .filed(let drop) = content else { return [] }
        var names: [Digest] = []
        for file in [drop.source, drop.sidecarBytes, drop.definition, drop.dialectDefinition] {
            if let file { names.append(file) }
        }
        for year in drop.years { if let content = year.content { names += content.parts } }
        return names
    }
}

/// Why an entry left the quarantine.
package enum QuarantineRelease: String, Sendable, CaseIterable {
    /// Somebody decided that the file isn't wanted.
    case discarded
    /// The file was put back into the inbox.
    case retried
}

/// A drop that was taken: what its years share, and each year.
struct FiledDrop: Hashable, Sendable {
    var claim: SourceRef
    var published: Instant
    var dataset: DatasetID
    var title: String
    var reader: String
    var encoding: String
    var dialect: String
    /// Name of the dataset definition's text, where one applied; nil as ``source`` is.
    var definition: Digest?
    /// Name of the dialect's text; nil as ``source`` is.
    var dialectDefinition: Digest?
    var sidecar: Sidecar?
    /// Name of the sidecar's bytes.
    var sidecarBytes: Digest?
    /// Name of the source bytes; nil where every year is identical, so that they weren't stored.
    var source: Digest?
    var findings: [Finding] = []
    /// Findings that didn't fit.
    var omittedFindings = 0
    /// Ascending; at least one.
    var years: [FiledYear]
}

/// What became of one year of a drop.
struct FiledYear: Hashable, Sendable {
    var period: Period
    var outcome: Outcome
    /// Of the new vintage, or of the one that is confirmed.
    var version: Int
    var revertsTo: Int?
    /// Nil where it is identical.
    var content: TableContent?
    var dimensions: [String] = []
    var audits: [Audit] = []
    var findings: [Finding] = []
    /// Findings that didn't fit.
    var omittedFindings = 0
}

/// A drop that was taken aside.
struct QuarantinedDrop: Hashable, Sendable {
    var claim: SourceRef
    var id: String
    var reason: Reason
    var dataset: DatasetID?
    var year: Int?

    /// `000042-1a2b3c4d`: the entry's number and the first eight digits of the file's SHA-256.
    static func id(sequence: UInt64, sha256: Digest) -> String {
        let number = String(sequence)
        return String(repeating: "0", count: max(0, 6 - number.count)) + number + "-" + sha256.hex.prefix(8)
    }

    /// Whether text is such an id: it becomes the name of a folder.
    static func isID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (15...29).contains(bytes.count), bytes[bytes.count - 9] == UInt8(ascii: "-") else { return false }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return bytes.dropLast(9).allSatisfy(digits.contains)
            && bytes.suffix(8).allSatisfy {
                digits.contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
