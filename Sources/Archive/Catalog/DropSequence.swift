internal import Annals
internal import TableCoding

/// Every drop entry there is, in the order of the log.
///
/// Adding one copies at most a chunk, however many there are, so that a snapshot of the catalog costs the same with ten
/// entries and with a million. All but the last few stand encoded, at about a hundred bytes each.
struct DropSequence: Sendable {
    /// Entries that won't change any more.
    private struct Chunk: Sendable {
        let last: UInt64
        /// Which outcomes occur.
        let outcomes: Set<Outcome>
        let bytes: [UInt8]
    }

    private static let chunkCount = 64

    private var sealed: [Chunk] = []
    private var tail: [DropEntry] = []
    private(set) var count = 0

    /// Adds an entry; its number is greater than that of the last.
    mutating func append(_ entry: DropEntry) {
        if tail.count == Self.chunkCount {
            sealed.append(Self.seal(tail))
            tail = []
        }
        tail.append(entry)
        count += 1
    }

    /// The entry with a number.
    subscript(sequence: UInt64) -> DropEntry? {
        guard let place = firstChunk(reaching: sequence) else { return tail.first { $0.sequence == sequence } }
        return Self.open(sealed[place]).first { $0.sequence == sequence }
    }

    /// Entries after a number, in order, of one outcome or any.
    func entries(after sequence: UInt64, outcome: Outcome?, limit: Int) -> [DropEntry] {
        var found: [DropEntry] = []
        func take(_ entries: [DropEntry]) {
            for entry in entries where entry.sequence > sequence && (outcome == nil || entry.outcome == outcome) {
                if found.count < limit { found.append(entry) }
            }
        }
        if sequence < .max, let start = firstChunk(reaching: sequence + 1) {
            for chunk in sealed[start...] where found.count < limit {
                if let outcome, !chunk.outcomes.contains(outcome) { continue }
                take(Self.open(chunk))
            }
        }
        take(tail)
        return found
    }

    /// The last so many entries, in order.
    func last(_ wanted: Int) -> [DropEntry] {
        var entries = Array(tail.suffix(wanted))
        for chunk in sealed.reversed() where entries.count < wanted {
            entries = Self.open(chunk).suffix(wanted - entries.count) + entries
        }
        return entries
    }

    /// The first sealed chunk whose last number is at least that; nil where the tail has it, or nothing.
    private func firstChunk(reaching sequence: UInt64) -> Int? {
        var low = 0
        var high = sealed.count
        while low < high {
            let middle = (low + high) / 2
            if sealed[middle].last < sequence { low = middle + 1 } else { high = middle }
        }
        return low < sealed.count ? low : nil
    }

    private static func seal(_ entries: [DropEntry]) -> Chunk {
        var writer = FieldWriter()
        for entry in entries { writer.message(1) { entry.encode(to: &$0) } }
        return Chunk(
            last: entries.last?.sequence ?? 0,
            outcomes: Set(entries.map(\.outcome)), bytes: writer.bytes)
    }

    private static func open(_ chunk: Chunk) -> [DropEntry] {
        var reader = FieldReader(chunk.bytes, what: "drop entries")
        var entries: [DropEntry] = []
        do throws(CodingError) {
            while let field = try reader.next() {
                entries.append(try DropEntry(decoding: reader.message(field, what: "drop entry")))
            }
        } catch {
            // Not reached: each field is read as it was written, and what this process sealed nobody else can change.
            assertionFailure("entries that this process encoded itself: \(error)")
        }
        return entries
    }
}

extension DropEntry {
    /// For memory only; the log has commits.
    fileprivate func encode(to writer: inout FieldWriter) {
        writer.number(1, sequence)
        writer.text(2, outcome.rawValue)
        if let dataset { writer.text(3, dataset.slug) }
        if let year { writer.signed(4, Int64(year)) }
        if let version { writer.signed(5, Int64(version)) }
        writer.signed(6, recorded.microseconds)
        if let published { writer.signed(7, published.microseconds) }
        if let reason { writer.message(8) { reason.encode(to: &$0) } }
        if let quarantineID { writer.text(9, quarantineID) }
        writer.message(10) { claim.encode(to: &$0) }
        if let kind { writer.text(12, kind.rawValue) }
        if let stage { writer.text(13, stage.rawValue) }
        for finding in findings { writer.message(11) { finding.encode(to: &$0) } }
    }

    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var entry = DropEntry(
            sequence: 0, outcome: .new, recorded: Instant(microseconds: 0),
            claim: SourceRef(
                path: [], device: 0, inode: 0, size: 0, mtimeNanoseconds: 0, ctimeNanoseconds: 0, sha256: .zero))
        while let field = try reader.next() {
            switch field.number {
            case 1: entry.sequence = try reader.number(field)
            case 2: entry.outcome = try reader.word(field)
            case 3: entry.dataset = try reader.dataset(field)
            case 4: entry.year = Int(try reader.signed(field))
            case 5: entry.version = Int(try reader.signed(field))
            // As they are: what was sealed is what is read, whatever it is.
            case 6: entry.recorded = Instant(microseconds: try reader.signed(field))
            case 7: entry.published = Instant(microseconds: try reader.signed(field))
            case 8: entry.reason = try Reason(decoding: reader.message(field, what: "reason"))
            case 9: entry.quarantineID = try reader.text(field)
            case 12: entry.kind = try reader.word(field)
            case 13: entry.stage = try reader.word(field)
            case 11: entry.findings.append(try Finding(decoding: reader.message(field, what: "finding")))
            default: entry.claim = try SourceRef(decoding: reader.message(field, what: "claim"))
            }
        }
        self = entry
    }
}
