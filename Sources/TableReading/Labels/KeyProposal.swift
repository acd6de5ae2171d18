import Annals

/// Which column would tell rows apart that have the same keys; for the remedy of a refusal.
enum KeyProposal {
    private static let triedAtMost = 64

    /// Names of whole-number columns that would make all rows different, fewest different figures first.
    ///
    /// A figure tends to differ from row to row, so a column with few different figures is the likelier key.
    ///
    /// - Parameters:
    ///   - columns: What was read.
    ///   - candidates: Indices of figure columns, with their names.
    /// - Returns: Names; empty where no single column would do.
    static func names(_ columns: TableColumns, candidates: [(figure: Int, name: String)]) -> [String] {
        guard columns.rowCount <= 1_000_000, candidates.count > 1 || columns.figures.count > 1 else { return [] }
        let found = candidates.prefix(triedAtMost).compactMap { candidate -> (name: String, different: Int)? in
            let values = columns.figures[candidate.figure].values
            var seen = Set<[Int64]>()
            for row in 0..<columns.rowCount {
                var key = columns.keys.map { Int64($0.indices[row]) }
                key.append(columns.rowPeriods.map { Int64($0[row]) } ?? 0)
                key.append(values[row])
                guard seen.insert(key).inserted else { return nil }
            }
            return (candidate.name, Set(values).count)
        }
        return found.sorted { $0.different < $1.different }.map(\.name)
    }
}
