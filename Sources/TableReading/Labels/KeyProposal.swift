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
            let different = Set(values).count
            // Codes come again, and again; a figure may once.
            guard different * 2 <= columns.rowCount + 1, tellsApart(columns, { values[$0] }) else { return nil }
            return (candidate.name, different)
        }
        return found.sorted { $0.different < $1.different }.map(\.name)
    }

    /// Whether the first column of figures would make all rows different where no column is a key: codes such as `301.0`.
    static func isInFront(_ columns: TableColumns) -> Bool {
        guard columns.keys.isEmpty, columns.figures.count > 1, columns.rowCount <= 1_000_000,
            columns.figures[0].decimals > 0
        else { return false }
        let values = columns.figures[0].values
        return tellsApart(columns) { values[$0] }
    }

    /// The first column of texts that would make all rows different, though it is no key: a definition leaves it out.
    ///
    /// - Parameters:
    ///   - columns: What was read.
    ///   - table: The roles.
    /// - Returns: Its name; nil where no single column would do.
    static func leftOut(_ columns: TableColumns, _ table: RoleTable) -> String? {
        guard columns.rowCount <= 1_000_000 else { return nil }
        return (table.places(.attribute) + table.places(.ignored)).sorted().prefix(triedAtMost).first { place in
            guard let texts = table.columns[place].texts, texts.count > 1, texts.count < columns.rowCount else {
                return false
            }
            return tellsApart(columns) { Int64(texts.index(ofRow: $0)) }
        }.map { table.columns[$0].title }
    }

    /// The first columns of whole numbers, one or a few, by which alone all rows are told apart, though they are figures or
    /// left out: `Rooms`, `UNITID`, `Origin` and `Destination`.
    ///
    /// - Parameters:
    ///   - columns: What was read.
    ///   - table: The roles.
    /// - Returns: Their names; empty where others than the first would be needed, or no figure would be left.
    static func inFront(_ columns: TableColumns, _ table: RoleTable) -> [String] {
        guard columns.rowCount <= 1_000_000 else { return [] }
        let measures = table.places(.measure)
        var found: [(Int) -> Int64] = []
        var names: [String] = []
        for place in table.columns.indices where table.role(place) != .index {
            // Behind a year stand figures.
            guard table.role(place) != .year else { return [] }
            let entry = table.columns[place]
            guard names.count < mostInFront, !entry.name.isEmpty, entry.profile.isOfWholeNumbers,
                entry.heading.year == nil, MeasureSign(Measure(code: "", label: entry.title)) == .unknown,
                measures.contains(where: { $0 > place }),
                let value = numbers(place, columns, table, measures)
            else { return [] }
            found.append(value)
            names.append(entry.title)
            var seen = Set<[Int64]>()
            let areApart = (0..<columns.rowCount).allSatisfy { row in
                let year = columns.rowPeriods.map { Int64($0[row]) } ?? 0
                return seen.insert([year] + found.map { $0(row) }).inserted
            }
            if areApart { return names }
        }
        return []
    }

    /// What tells the rows of a column apart; nil for one that is a key or a label, of which no rows are left.
    private static func numbers(
        _ place: Int, _ columns: TableColumns, _ table: RoleTable, _ measures: [Int]
    ) -> ((Int) -> Int64)? {
        if let figure = measures.firstIndex(of: place) {
            let values = columns.figures[figure].values
            return { values[$0] }
        }
        guard table.role(place) == .attribute, let texts = table.columns[place].texts,
            texts.lane.rows.count == columns.rowCount
        else { return nil }
        return { Int64(texts.index(ofRow: $0)) }
    }

    private static let mostInFront = 3

    private static func tellsApart(_ columns: TableColumns, _ value: (Int) -> Int64) -> Bool {
        var seen = Set<[Int64]>()
        return (0..<columns.rowCount).allSatisfy { row in
            var key = columns.keys.map { Int64($0.indices[row]) }
            key.append(columns.rowPeriods.map { Int64($0[row]) } ?? 0)
            key.append(value(row))
            return seen.insert(key).inserted
        }
    }
}
