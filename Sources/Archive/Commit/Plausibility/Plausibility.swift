internal import Annals
internal import RecordLog
internal import TableCoding

/// Whether the figures of a table can be those of its dataset's year.
///
/// Two mistakes look like revisions and are none, and nothing in the file itself tells them: a table in another unit than
/// its unit line says (`scale`), and half a table (`incomplete`). They are taken aside, unless the sidecar says why it is so.
/// A table is held against the version of its year that was current when it was published; a first one of its year, for
/// its scale, against the nearest year.
struct Plausibility {
    let catalog: Catalog
    let library: TableLibrary
    /// What brings two years together whose codes differ.
    let translation: CodeTranslation
    let examined: Examined
    let tables: Examined.Tables
    /// When the file was published; nil for now.
    let published: Instant?

    /// How far a neighbouring year may be: figures of a generation ago may well be a tenth.
    private static let mostYearsApart = 5

    /// Why a year can't be taken; nil where nothing speaks against it.
    ///
    /// - Throws: What reading the table throws that it is held against, but for content that is lost.
    func reason(against year: ExaminedYear) throws(ArchiveError) -> Reason? {
        let sidecar = examined.sidecar
        let number = year.table.period.year
        let current = catalog.current(tables.facts.dataset, number, asOf: published)
        if let current {
            guard current.content != year.content else { return nil }
            if sidecar?.reason == nil, !Self.explains(sidecar?.kind), let table = try table(of: current) {
                if let reason = incompleteness(of: year.table, against: table, of: current) { return reason }
            }
        }
        guard !Self.explains(sidecar?.kind), mayShift(year.table),
            let known = try reference(for: year, current: current)
        else { return nil }
        return shift(of: year, against: known)
    }

    /// Whether a kind of release says why figures are quite other ones: neither a routine release nor a reprint does.
    private static func explains(_ kind: Sidecar.Kind?) -> Bool { kind?.allowsOtherFigures ?? false }

    // MARK: Half a table

    private func incompleteness(of table: Table, against known: Table, of vintage: Vintage) -> Reason? {
        let (figures, expected) = (Self.figureCount(of: table), Self.figureCount(of: known))
        guard figures * 2 < expected else { return nil }
        return Reason(
            "incomplete: this would be \(tables.facts.dataset) \(table.period.label), but it has \(figures) figures, less "
                + "than half of the \(expected) of version \(vintage.version)",
            found: "\(figures) figures", expected: "\(expected) figures",
            remedy: "Drop the whole table; where it is meant to have no more, say why in a sidecar: reason: …, or "
                + "\(Self.kinds).")
    }

    private static func figureCount(of table: Table) -> Int {
        let isNumber = table.cells.palette.map(\.status.countsAsNumber)
        return table.cells.marks.count { isNumber[Int($0)] }
    }

    // MARK: Another unit

    /// What a table's scale is held against.
    private struct Reference {
        let table: Table
        let audits: [Audit]
        /// `2010`, or `version 1`.
        let name: String
    }

    /// Whether any of its measures has ratios that say something.
    private func mayShift(_ table: Table) -> Bool {
        table.measures.contains(where: \.allowsRelativeChange) && table.cells.count >= ScaleShift.fewestFigures
    }

    private func reference(for year: ExaminedYear, current: Vintage?) throws(ArchiveError) -> Reference? {
        let number = year.table.period.year
        if let own = current ?? catalog.current(tables.facts.dataset, number) {
            return try table(of: own).map { Reference(table: $0, audits: own.audits, name: "version \(own.version)") }
        }
        let before = tables.years.last { $0.table.period.year < number }
        let nearest = catalog.nearest(to: number, in: tables.facts.dataset)
        if let before, abs(number - before.table.period.year) <= nearest.map({ abs(number - $0.year) }) ?? .max {
            return isNear(before.table.period.year, number)
                ? Reference(table: before.table, audits: before.audits, name: before.table.period.label) : nil
        }
        guard let nearest, isNear(nearest.year, number) else { return nil }
        return try table(of: nearest).map { Reference(table: $0, audits: nearest.audits, name: nearest.periodLabel) }
    }

    private func isNear(_ year: Int, _ other: Int) -> Bool { abs(year - other) <= Self.mostYearsApart }

    private func shift(of year: ExaminedYear, against known: Reference) -> Reason? {
        let isNet = [year.audits, known.audits].contains { $0.contains { $0.isAntisymmetry } }
        var pairs = FigurePairs(of: year.table, to: known.table, isNet: isNet)
        if pairs.measures.allSatisfy({ $0.ratios.count < ScaleShift.fewestFigures }),
            let (table, earlier) = translation.sums(tables.facts.dataset, year.table, known.table)
        {
            pairs = FigurePairs(of: table, to: earlier, isNet: isNet)
        }
        for pair in pairs.measures {
            if let shift = ScaleShift(pair.ratios) { return reason(shift, of: pair.measure.label, pair, year, known) }
        }
        guard pairs.measures.count > 1, let shift = ScaleShift(pairs.measures.flatMap(\.ratios)),
            let largest = pairs.measures.max(by: { $0.ratios.count < $1.ratios.count })
        else { return nil }
        return reason(shift, of: "its measures together", largest, year, known)
    }

    private func reason(
        _ shift: ScaleShift, of measures: String, _ pair: FigurePairs.OfMeasure, _ year: ExaminedYear,
        _ known: Reference
    ) -> Reason {
        let line = UnitLine(of: pair.measure, in: examined, named: tables.source)
        let (unit, knownUnit) = (pair.measure.printedUnit, pair.earlier.printedUnit)
        let suspicion =
            switch (unit, knownUnit) {
            case (nil, nil): "neither says its unit"
            case (let unit?, let known?) where unit == known: "both say that the unit is \(unit)"
            default: "the unit is \(unit ?? "not said") here, and \(knownUnit ?? "not said") there"
            }
        let place = line.map { "; its unit is looked for in line \($0.number)" } ?? ""
        return Reason(
            "scale: this would be \(tables.facts.dataset) \(year.table.period.label), but \(shift.near) of \(shift.count) "
                + "figures of \(measures) are about \(shift.words) those of \(known.name): \(suspicion)\(place)",
            line: line?.number, found: line?.text ?? unit ?? "no unit",
            expected: knownUnit.map { "figures in \($0), as of \(known.name)" }
                ?? "figures as large as of \(known.name)",
            remedy:
                "Correct the unit line, or the figures, and drop the file again; where both are right, say why in a "
                + "sidecar: \(Self.kinds).")
    }

    private static let kinds = "kind: correction (or benchmark, method, classification)"

    // MARK: Reading

    /// Nil for a table that was lost for good: there is nothing to hold anything against.
    private func table(of vintage: Vintage) throws(ArchiveError) -> Table? {
        do throws(ArchiveError) {
            return try library.table(vintage.content, period: vintage.period)
        } catch {
            switch error {
            case .missingContent, .log(.damaged): return nil
            default: throw error
            }
        }
    }
}

extension Audit {
    /// Whether its table is antisymmetric: its figures are net ones then, whatever anybody calls them.
    fileprivate var isAntisymmetry: Bool {
        guard case .antisymmetric = identity else { return false }
        return result == .holds || result == .withinRounding
    }
}
