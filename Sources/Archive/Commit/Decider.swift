package import Annals
internal import RecordLog
package import TableCoding

/// What is to be done with an examined file.
package enum Decision: Sendable {
    /// Its dataset is known to satisfy identities that it was not held against, or to be read with other roles: examine
    /// it once more, expecting these.
    case examineAgain(bound: DatasetBinding)
    /// Record it as this says: as it was examined, or taken aside because it doesn't continue its dataset.
    case record(Examined)
}

/// Decides what becomes of a file, by what the archive holds: a function of the two and of nothing else.
struct Decider {
    let catalog: Catalog
    let library: TableLibrary
    /// What counts as the same code under another name.
    var translation = CodeTranslation.none

    /// Whether a file can be recorded as it was examined.
    ///
    /// - Throws: ``ArchiveError/sourceMismatch(claimed:found:)`` where it isn't the file that was claimed, and what
    ///   reading the nearest year's table throws.
    func decide(_ examined: Examined) throws(ArchiveError) -> Decision {
        switch examined.content {
        case .refused(let refusal):
            guard refusal.isOfFigures, let dataset = refusal.dataset else { return .record(examined) }
            let bound = catalog.binding(dataset)
            return bound.identities.allSatisfy(examined.bound.identities.contains)
                ? .record(examined) : .examineAgain(bound: bound)
        case .tables(var tables):
            let bound = catalog.binding(tables.facts.dataset)
            guard Self.isHeld(tables, against: bound.identities, given: examined.bound.identities),
                Self.hasRoles(tables, of: bound, given: examined.bound),
                Self.isOrdered(tables, as: bound, given: examined.bound)
            else { return .examineAgain(bound: bound) }
            var decided = examined
            var refusal = try discontinuity(of: tables, mayDiffer: examined.sidecar?.kind?.allowsOtherFigures ?? false)
            if refusal == nil { refusal = try implausibility(of: tables, in: examined) }
            if let refusal {
                decided.content = .refused(refusal)
            } else {
                tables.markBound(bound.identities)
                decided.content = .tables(tables)
            }
            return .record(decided)
        }
    }

    /// Whether each year satisfies everything that binds the dataset, as far as its own figures prove it or as far as
    /// it was held against it.
    private static func isHeld(_ tables: Examined.Tables, against bound: [Identity], given: [Identity]) -> Bool {
        bound.allSatisfy { identity in
            given.contains(identity)
                || tables.years.allSatisfy { year in
                    year.audits.contains { $0.identity == identity && $0.result != .failed }
                }
        }
    }

    /// Whether each column has the role that it had in the dataset's latest file, as far as that was asked for; a
    /// definition goes before that.
    private static func hasRoles(
        _ tables: Examined.Tables, of bound: DatasetBinding, given: DatasetBinding
    ) -> Bool {
        guard let plan = bound.plan, given.plan != plan else { return true }
        let facts = tables.facts
        return facts.plan.saysThroughout(whatSays: plan) && (facts.definition != nil || facts.plan.hasRoles(of: plan))
    }

    /// Whether the dimensions stand in the dataset's order, as far as that was asked for: what a definition says goes before
    /// it.
    private static func isOrdered(
        _ tables: Examined.Tables, as bound: DatasetBinding, given: DatasetBinding
    ) -> Bool {
        given.dimensions == bound.dimensions
            || tables.years.allSatisfy { $0.table.isOrdered(by: bound.dimensions) }
    }

    /// Why a file can't continue the dataset that it was taken for.
    private func discontinuity(
        of tables: Examined.Tables, mayDiffer: Bool
    ) throws(ArchiveError) -> Examined.Refusal? {
        let dataset = tables.facts.dataset
        for year in tables.years {
            let reason = try Continuity.reason(
                against: year.table, year.content, in: dataset, of: catalog, library: library,
                measuresAreDeclared: tables.measuresAreDeclared, mayBeRespelt: mayDiffer, translation: translation)
            if let reason { return Examined.Refusal(reason, dataset: dataset, year: year.table.period.year) }
        }
        return nil
    }

    /// Why the figures can't be those of the dataset; the first year that says so.
    private func implausibility(
        of tables: Examined.Tables, in examined: Examined
    ) throws(ArchiveError) -> Examined.Refusal? {
        let published =
            examined.sidecar?.published ?? tables.published ?? instantBeforeThoseThatOvertook(examined, of: tables)
        let plausibility = Plausibility(
            catalog: catalog, library: library, translation: translation, examined: examined, tables: tables,
            published: published)
        for year in tables.years {
            guard let reason = try plausibility.reason(against: year) else { continue }
            return Examined.Refusal(reason, dataset: tables.facts.dataset, year: year.table.period.year)
        }
        return nil
    }

    // MARK: What becomes of each year

    /// What is recorded of a file that can be.
    func filed(
        _ tables: Examined.Tables, of examined: Examined, recorded: Instant
    ) throws(ArchiveError) -> FiledDrop {
        guard tables.source == examined.file.sha256 else {
            throw .sourceMismatch(claimed: examined.file.sha256, found: tables.source)
        }
        var facts = tables.facts
        let overtaken = instantBeforeThoseThatOvertook(examined, of: tables)
        let published = examined.sidecar?.published ?? tables.published ?? overtaken ?? recorded
        var noticed = examined.arrival
        if let overtaken, published == overtaken {
            noticed.append(ArrivalFindings.recordedLate(publishedAs: overtaken))
        }
        var years: [FiledYear] = []
        for year in tables.years {
            let current = catalog.current(facts.dataset, year.table.period.year)
            var filed = try filed(
                year, of: facts.dataset, published: published, withDecimals: tables.decimalsAreDeclared)
            let arrival = ArrivalFindings.findings(
                published: published, recorded: recorded, version: filed.content == nil ? nil : filed.version,
                current: current)
            // In front, where a commit that must be cut keeps them longest.
            filed.findings.insert(contentsOf: arrival + noticed, at: 0)
            years.append(filed)
        }
        // Where every year is identical, no text is stored that nothing would refer to.
        let hasVintage = years.contains { $0.content != nil }
        if !hasVintage {
            facts.definition = nil
            facts.dialectDefinition = nil
        }
        return FiledDrop(
            claim: examined.file, published: published, facts: facts, sidecar: examined.sidecar,
            sidecarBytes: hasVintage ? tables.sidecarBytes : nil, source: hasVintage ? tables.source : nil,
            years: years)
    }

    /// Just before the vintages that came after a file and didn't wait for it; nil where none of its years has one.
    ///
    /// Had it been recorded in the order of arrival, it would have counted so.
    private func instantBeforeThoseThatOvertook(_ examined: Examined, of tables: Examined.Tables) -> Instant? {
        guard let overtaken = examined.overtaken else { return nil }
        let later = tables.years.flatMap { year in
            catalog.vintages(tables.facts.dataset, year.table.period.year).filter { $0.recorded >= overtaken }
        }
        return later.map(\.recorded).min().map { Instant(microseconds: $0.microseconds - 1) }
    }

    /// Identical to the vintage that was current when it was published, or a vintage of its own, perhaps one that another
    /// has the figures of.
    private func filed(
        _ year: ExaminedYear, of dataset: DatasetID, published: Instant, withDecimals: Bool
    ) throws(ArchiveError) -> FiledYear {
        let likeness = Likeness(library: library, withDecimals: withDecimals)
        let vintages = catalog.vintages(dataset, year.table.period.year)
        let current = catalog.current(dataset, year.table.period.year, asOf: published)
        if let current, try saysTheSame(year, as: current, likeness) {
            return FiledYear(period: year.table.period, outcome: .identical, version: current.version)
        }
        var revertsTo: Int?
        for earlier in vintages.reversed() where earlier.version != current?.version {
            guard try saysTheSame(year, as: earlier, likeness) else { continue }
            revertsTo = earlier.version
            break
        }
        return FiledYear(
            period: year.table.period, outcome: vintages.isEmpty ? .new : .revised,
            version: (vintages.last?.version ?? 0) + 1, revertsTo: revertsTo, content: year.content,
            dimensions: year.table.keySpace.dimensions.map(\.id), audits: year.audits,
            findings: year.findings)
    }

    /// A vintage whose content was lost for good can be told to be the same by its names, and is another one otherwise.
    private func saysTheSame(
        _ year: ExaminedYear, as vintage: Vintage, _ likeness: Likeness
    ) throws(ArchiveError) -> Bool {
        do throws(ArchiveError) {
            return try likeness.holds(between: year, and: vintage)
        } catch {
            switch error {
            case .missingContent, .log(.damaged): return false
            default: throw error
            }
        }
    }
}

extension Examined.Tables {
    /// Says of identities that held before that they are why the table was held against them.
    fileprivate mutating func markBound(_ bound: [Identity]) {
        guard !bound.isEmpty else { return }
        for year in years.indices {
            for audit in years[year].audits.indices
            where years[year].audits[audit].origin == .inferred && bound.contains(years[year].audits[audit].identity) {
                years[year].audits[audit].origin = .bound
            }
        }
    }
}
