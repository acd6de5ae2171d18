import Annals
import Archive
import Simulation
internal import TableCoding

/// A file that is given to the archive, with everything that must come back from it.
struct Drop: Sendable {
    var claim: SourceRef
    /// Nil where the file is to be taken aside.
    var dataset: DatasetID?
    /// Ascending by year; none where the file is to be taken aside.
    var tables: [Table]
    var source: [UInt8]
    var sidecar: Sidecar?
    var sidecarBytes: [UInt8]?
    /// Texts that reading it again would need.
    var definition: [UInt8]?
    var dialectText: [UInt8]?

    func examined() throws(ArchiveError) -> Examined {
        guard let dataset else { return Examined(claim, refused: Reason("no table in it", line: 3)) }
        let facts = DropFacts(
            dataset: dataset, title: "About \(dataset)", reader: "delimited", encoding: "utf-8", dialect: "generic")
        return try ArchiveError.of { () throws(CodingError) in
            try Examined(
                claim, bytes: source, facts: facts, sidecar: sidecar,
                texts: ReadingTexts(sidecar: sidecarBytes, definition: definition, dialect: dialectText),
                years: tables.map { ($0, [], []) })
        }
    }
}

/// Makes drops of small tables: new years, revisions, repetitions, reversions, several years at once, noise.
struct DropMaker {
    private var count = 0
    /// How many bytes of source the largest drops have.
    private let largestSourceBytes: Int

    /// Whether fields come at their extremes; without it an older run of a seed is what it was.
    private let drawsExtremes: Bool

    init(largestSourceBytes: Int, drawsExtremes: Bool = true) {
        self.largestSourceBytes = largestSourceBytes
        self.drawsExtremes = drawsExtremes
    }

    static let datasets = ["births", "net-migration"].compactMap { DatasetID($0) }
    static let years = 2008...2013

    /// The next file.
    ///
    /// - Parameters:
    ///   - ledger: What is there already, to repeat or revise.
    ///   - randomness: Decides on everything.
    /// - Returns: A drop whose source no other drop has.
    mutating func next(after ledger: Ledger, _ randomness: inout SeededRandomness) -> Drop {
        count += 1
        if randomness.once(in: 9) { return drop(of: nil, [], &randomness) }
        let dataset = Self.datasets[randomness.below(Self.datasets.count)]
        let yearCount = randomness.once(in: 6) ? 2 : 1
        let first = Self.years.lowerBound + randomness.below(Self.years.count - yearCount + 1)
        let tables = (first..<first + yearCount).map { table(of: dataset, year: $0, after: ledger, &randomness) }
        var drop = drop(of: dataset, tables, &randomness)
        if randomness.once(in: 4) {
            let published = Instant(microseconds: Self.longAgo.microseconds + Int64(randomness.below(1000)))
            drop.sidecar = Sidecar(reason: "drop \(count)", published: randomness.once(in: 2) ? published : nil)
            if drawsExtremes, randomness.once(in: 2) { drop.sidecar = sidecar(&randomness) }
            drop.sidecarBytes = Array("reason: drop \(count)\n".utf8)
        }
        if randomness.once(in: 3) { drop.definition = Array("id: \(dataset)\n".utf8) }
        if randomness.once(in: 3) { drop.dialectText = Array("missing: [\(randomness.below(3))]\n".utf8) }
        return drop
    }

    /// Every field at its extremes now and then: dates at both ends of time, texts that are empty, long or strange.
    private func sidecar(_ randomness: inout SeededRandomness) -> Sidecar {
        let dates = [Instant.domain.lowerBound, Self.longAgo, Instant.domain.upperBound]
        let date = dates[randomness.below(3)]
        let step = Int64(randomness.below(1000))
        let isLast = date == Instant.domain.upperBound
        let published = Instant(microseconds: date.microseconds + (isLast ? -step : step))
        return Sidecar(
            year: randomness.once(in: 4) ? [1000, 9999][randomness.below(2)] : nil,
            dialect: randomness.once(in: 4) ? text(&randomness) : nil,
            kind: randomness.once(in: 4) ? Sidecar.Kind.allCases[randomness.below(Sidecar.Kind.allCases.count)] : nil,
            stage: randomness.once(in: 4)
                ? Sidecar.Stage.allCases[randomness.below(Sidecar.Stage.allCases.count)] : nil,
            reason: text(&randomness), published: randomness.once(in: 2) ? published : nil)
    }

    private static let longAgo = Instant(microseconds: 1_000_000_000_000_000)

    private func text(_ randomness: inout SeededRandomness) -> String {
        let texts = [
            "drop \(count)", "", "\0", "\u{1B}[31m", "e\u{301}", "\u{FEFF}\u{202E}x", "🇳🇴\r\n\t",
            String(repeating: "ø", count: 3000),
        ]
        return texts[randomness.below(texts.count)]
    }

    private func drop(of dataset: DatasetID?, _ tables: [Table], _ randomness: inout SeededRandomness) -> Drop {
        var source = Array("file number \(count)\n".utf8)
        let length = randomness.once(in: 5) ? randomness.below(largestSourceBytes) : randomness.below(200)
        // Noise, so that no compression makes it small.
        source += (0..<length).map { _ in UInt8(truncatingIfNeeded: randomness.next()) }
        var claim = SourceRef(
            path: Array("in/file-\(count).txt".utf8), device: 7, inode: UInt64(count), size: Int64(source.count),
            mtimeNanoseconds: 1_000_000_007, ctimeNanoseconds: Int64(count), sha256: ContentHasher.digest(of: source))
        if drawsExtremes, randomness.once(in: 3) {
            claim.path = [0xFF, 0x0A] + Array(repeating: 0x61, count: randomness.below(4000))
            claim.device = .max
            claim.mtimeNanoseconds = randomness.once(in: 2) ? .min : .max
        }
        return Drop(claim: claim, dataset: dataset, tables: tables, source: source)
    }

    private func table(
        of dataset: DatasetID, year: Int, after ledger: Ledger, _ randomness: inout SeededRandomness
    ) -> Table {
        let editions = ledger.editions(dataset, year)
        guard !editions.isEmpty else { return Self.table(year: year, &randomness) }
        var table = editions[randomness.below(editions.count)].table
        if drawsExtremes, randomness.once(in: 6) { table.title = text(&randomness) }
        // As it was published before, or with one cell revised.
        guard !randomness.once(in: 3) else { return table }
        let cell = randomness.below(table.cells.count)
        table.cells.values[cell] &+= Int64(randomness.below(9)) - 4
        if drawsExtremes, randomness.once(in: 8) { table.cells.values[cell] = randomness.once(in: 2) ? .min : .max }
        return table
    }

    private static func table(year: Int, _ randomness: inout SeededRandomness) -> Table {
        let regions = 2 + randomness.below(5)
        let categories = (0..<regions).map { Category(code: "r\($0)", label: "Region \($0)") }
        let dimension = Dimension(id: "region", label: "Region", categories: categories)
        guard let keySpace = KeySpace([dimension]) else { preconditionFailure("six categories") }
        let isDense = randomness.once(in: 2)
        let ordinals = (0..<UInt64(regions)).filter { isDense || $0 % 2 == 0 }
        let values = ordinals.map { _ in Int64(randomness.below(2000)) - 1000 }
        return Table(
            title: "Figures of \(year)", period: Period(year: year), notes: [],
            measures: [Measure(code: "persons", unit: "persons", kind: .net, isAdditive: true)], keySpace: keySpace,
            presence: isDense ? .dense : .sparse(ordinals),
            cells: Cells(
                values: values, marks: [UInt16](repeating: 0, count: values.count), palette: [Mark(.value)]))
    }
}
