package import Annals
package import Archive
import Comparison
package import Definitions
import TableCoding

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
    func change(from: Vintage, to: Vintage, knowing sums: KnownSums) throws(ArchiveError) -> VersionChange {
        let antisymmetric = DeltaOptions.antisymmetry(from: from.audits, to: to.audits)
        let key = ChangeKey(.change, from: from, to: to, antisymmetric: antisymmetric, knowing: sums.digest)
        return try answer(key, from, to) {
            VersionChange(
                from: sums.informed($0, of: from), to: sums.informed($1, of: to), antisymmetric: antisymmetric)
        }
    }

    /// How much of that is material.
    ///
    /// - Throws: `ArchiveError` where one of them can't be read.
    func material(from: Vintage, to: Vintage, beyond tolerance: Tolerance) throws(ArchiveError) -> MaterialCount {
        let antisymmetric = DeltaOptions.antisymmetry(from: from.audits, to: to.audits)
        let key = ChangeKey(.material(tolerance), from: from, to: to, antisymmetric: antisymmetric)
        return try answer(key, from, to) {
            MaterialCount(from: $0, to: $1, beyond: tolerance, antisymmetric: antisymmetric)
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
