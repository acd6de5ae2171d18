import Annals
import Archive
import Simulation

/// Holds an archive against the ledger: nothing acknowledged may be missing, nothing may be there that nobody dropped.
struct LedgerCheck {
    let ledger: Ledger
    let archive: Archive

    /// Everything but tables and sources.
    func checkCatalog() throws(Violation) {
        let catalog = archive.catalog
        try ensure(
            catalog.head.sequence == ledger.lastSequence,
            "the history ends at \(catalog.head.sequence), acknowledged is \(ledger.lastSequence)")
        if let head = ledger.heads.last {
            try ensure(catalog.head == head, "the head is \(catalog.head), acknowledged is \(head)")
        }
        let drops = catalog.drops()
        let expected = ledger.lines.enumerated().compactMap { index, line in line.map { (UInt64(index + 1), $0) } }
        try ensure(drops.count == expected.count, "\(drops.count) entries, acknowledged are \(expected.count)")
        for (drop, (sequence, line)) in zip(drops, expected) {
            try ensure(
                drop.sequence == sequence && Ledger.Line(drop) == line, "entry \(sequence) is \(drop), not \(line)")
        }
        try ensure(
            catalog.quarantined.map(\.sequence) == ledger.quarantined.sorted(),
            "in quarantine are \(catalog.quarantined.map(\.sequence)), not \(ledger.quarantined.sorted())")
        for dataset in DropMaker.datasets {
            let years = DropMaker.years.filter { !ledger.editions(dataset, $0).isEmpty }
            try ensure(catalog.years(dataset) == years, "\(dataset) has \(catalog.years(dataset)), not \(years)")
            for year in years { try checkVintages(dataset, year, catalog) }
        }
        try ensure(
            catalog.datasets.allSatisfy { DropMaker.datasets.contains($0.id) }, "a dataset that nobody dropped")
    }

    private func checkVintages(_ dataset: DatasetID, _ year: Int, _ catalog: Catalog) throws(Violation) {
        let editions = ledger.editions(dataset, year)
        let vintages = catalog.vintages(dataset, year)
        try ensure(
            vintages.count == editions.count,
            "\(dataset) \(year) has \(vintages.count) vintages, acknowledged are \(editions.count)")
        for (index, (vintage, edition)) in zip(vintages, editions).enumerated() {
            let name = "\(dataset) \(year) version \(index + 1)"
            try ensure(vintage.version == index + 1, "\(name) is called version \(vintage.version)")
            try ensure(vintage.sequence == edition.sequence, "\(name) has number \(vintage.sequence)")
            try ensure(vintage.revertsTo == edition.revertsTo, "\(name) reverts to another version")
            try ensure(
                edition.recorded.map { $0 == vintage.recorded } ?? true, "\(name) was recorded at another instant")
        }
        let current = catalog.current(dataset, year)?.version
        try ensure(
            current == ledger.current(dataset, year).map { $0 + 1 }, "\(dataset) \(year): another version counts")
    }

    /// Tables and sources.
    ///
    /// - Parameters:
    ///   - count: How many vintages, drawn at random; nil for all.
    ///   - randomness: Draws them.
    /// - Throws: What is missing or differs.
    func checkTables(_ count: Int?, _ randomness: inout SeededRandomness) throws(Violation) {
        var places = ledger.editions.keys.sorted {
            ($0.dataset.description, $0.year) < ($1.dataset.description, $1.year)
        }
        .flatMap { key in (ledger.editions[key] ?? []).indices.map { (key, $0) } }
        if let count, count < places.count { places = (0..<count).map { _ in places[randomness.below(places.count)] } }
        for (key, index) in places { try checkTable(key, index) }
    }

    private func checkTable(_ key: Ledger.Key, _ index: Int) throws(Violation) {
        let name = "\(key.dataset) \(key.year) version \(index + 1)"
        guard let edition = ledger.editions[key]?[index],
            let vintage = archive.catalog.vintage(key.dataset, key.year, version: index + 1)
        else { throw Violation("\(name) isn't there") }
        if edition.isLost { return }
        do throws(ArchiveError) {
            let table = try archive.table(vintage)
            try ensureSame(table == edition.table, "\(name) has other figures")
            try ensureSame(try archive.source(vintage) == edition.source, "\(name) has another source")
            try ensureSame(try archive.sidecar(vintage) == edition.sidecarBytes, "\(name) has another sidecar")
        } catch {
            throw Violation("\(name) can't be read: \(error)")
        }
    }

    private func ensureSame(_ holds: Bool, _ message: String) throws(ArchiveError) {
        if !holds { throw .invalid(message) }
    }
}

extension Ledger.Line {
    init(_ entry: DropEntry) {
        self.init(
            outcome: entry.outcome, dataset: entry.dataset, year: entry.year, version: entry.version,
            claim: entry.claim)
    }
}
