package import Annals
package import Archive
import Comparison
package import Definitions
import TableCoding

/// What is known of a dataset that tells how two versions of a year are held against one another.
struct KnownBasis: Sendable {
    let sums: KnownSums
    /// What is bound to the dataset, and the digest of its text; nil for none.
    private let bound: (choice: ConcordanceChoice, digest: Digest)?

    init(of question: CatalogQuestion, _ definitions: Definitions, _ changes: VersionChanges) {
        sums = changes.sums.sums(of: question, definitions)
        bound = ConcordanceQuestion.bound(to: question.id, definitions).map { choice in
            let text = definitions.text(ofConcordance: choice.concordance.name) ?? ""
            let dimensions = choice.dimensions?.joined(separator: ",") ?? ""
            return (choice, ContentHasher.digest(of: Array((dimensions + "\n" + text).utf8)))
        }
    }

    /// The concordance for two versions, with its digest; nil where they have the same codes.
    func concordance(_ from: Vintage, _ to: Vintage) -> (ConcordanceChoice?, [Digest]) {
        guard let bound, from.content.keySpace != to.content.keySpace else { return (nil, []) }
        return (bound.choice, [bound.digest])
    }
}

/// What versions changed against one another, computed once.
///
/// Each answer is a function of what its ``ChangeKey`` names, so one that was kept is never out of date. The tables are
/// read where none was kept, and where the archive knows that something of them is missing: what is said of a lost vintage
/// doesn't depend on what was asked before.
package final class VersionChanges: Sendable {
    private let archive: Archive
    private let file: ChangeFile?
    /// What tables say of codes that are sums.
    let sums: SumLibrary

    /// A year with a larger table is not prepared: two of so many cells take 20 MB.
    private static let mostPreparedCells = 1_000_000
    /// Nor is one whose tables have more together: all of them may have to be read, a second or two.
    private static let mostPreparedCellsTogether = 20_000_000

    /// - Parameters:
    ///   - archive: Whose vintages they are.
    ///   - file: Where answers are kept; nil where they aren't.
    package init(_ archive: Archive, keptIn file: ChangeFile?) {
        self.archive = archive
        self.file = file
        sums = SumLibrary(archive, keptIn: file)
    }

    /// What a vintage changed against another one: as the summary of their delta counts it, without what is a sum.
    ///
    /// - Throws: `ArchiveError` where one of them can't be read.
    func change(from: Vintage, to: Vintage, knowing known: KnownBasis) throws(ArchiveError) -> VersionChange {
        let antisymmetric = DeltaOptions.antisymmetry(from: from.audits, to: to.audits)
        let (choice, codes) = known.concordance(from, to)
        let key = ChangeKey(
            .change, from: from, to: to, antisymmetric: antisymmetric, on: [known.sums.digest] + codes)
        return try answer(key, from, to) {
            VersionChange(
                from: known.sums.informed($0, of: from), to: known.sums.informed($1, of: to),
                antisymmetric: antisymmetric, by: choice)
        }
    }

    /// How much of that is material.
    ///
    /// - Throws: `ArchiveError` where one of them can't be read.
    func material(
        from: Vintage, to: Vintage, beyond tolerance: Tolerance, knowing known: KnownBasis
    ) throws(ArchiveError) -> MaterialCount {
        let antisymmetric = DeltaOptions.antisymmetry(from: from.audits, to: to.audits)
        let (choice, codes) = known.concordance(from, to)
        let basis = codes.isEmpty ? [] : [known.sums.digest] + codes
        let key = ChangeKey(.material(tolerance), from: from, to: to, antisymmetric: antisymmetric, on: basis)
        return try answer(key, from, to) { earlier, later in
            // What is a sum is brought together otherwise than its parts; else it has no say.
            guard choice != nil else {
                return MaterialCount(from: earlier, to: later, beyond: tolerance, antisymmetric: antisymmetric)
            }
            return MaterialCount(
                from: known.sums.informed(earlier, of: from), to: known.sums.informed(later, of: to),
                beyond: tolerance, antisymmetric: antisymmetric, by: choice)
        }
    }

    private func answer<Answer: KeptAnswer>(
        _ key: ChangeKey, _ from: Vintage, _ to: Vintage, _ compute: (Table, Table) -> Answer
    ) throws(ArchiveError) -> Answer {
        guard let file, archive.holdsTable(of: from), archive.holdsTable(of: to) else {
            let (earlier, later) = try archive.tables(from, to)
            return compute(earlier, later)
        }
        if let kept = file.answer(of: key.digest) {
            // One that can't be read is computed anew, like one that isn't there.
            if let answer = try? Answer(decoding: FieldReader(kept, what: "change")) { return answer }  // see above
        }
        let (earlier, later) = try archive.tables(from, to)
        let answer = compute(earlier, later)
        var writer = FieldWriter()
        answer.encode(to: &writer)
        file.keep(writer.bytes, under: key.digest)
        return answer
    }

    /// Computes what the history of a year will be asked for, so that it reads no table then.
    ///
    /// Not for large tables, which take their time and memory only for who asks.
    package func prepare(_ dataset: DatasetID, _ year: Int, _ definitions: Definitions) {
        guard file != nil, let question = CatalogQuestion(about: dataset, in: archive.catalog) else { return }
        // Which codes are sums is asked of every version of every year, of each once.
        let vintages = question.years.flatMap(question.vintages).filter { $0.year == year || !sums.knows($0) }
        let cellCounts = vintages.map(\.content.cellCount)
        guard cellCounts.allSatisfy({ $0 <= Self.mostPreparedCells }),
            cellCounts.reduce(0, +) <= Self.mostPreparedCellsTogether
        else { return }
        _ = HistoryAnswer(question, year: year, in: archive, self, definitions).report
    }
}
