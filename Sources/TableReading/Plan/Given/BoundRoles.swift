import Annals
import Definitions

/// The roles that the columns of the dataset's latest file had: they hold for the next one, column by column.
///
/// A role holds where the column can have it, and where it was earned by what stood in the column. That a column was empty,
/// counted the rows, or was needed for nothing says nothing of the next file: such a column is decided anew, and so no figure
/// and no flag is lost because of an earlier edition.
enum BoundRoles {
    private static let why = "had this role in the dataset's latest file"

    /// Gives columns of the same heading the same role; what is new in the file is decided by itself.
    static func assign(_ table: inout RoleTable, _ plan: ReadingPlan) {
        let roles = plan.byName
        for column in table.open {
            guard let bound = roles[table.columns[column].name], bound.of == nil, holds(bound, table.columns[column])
            else { continue }
            table.assign(column, bound.role, why)
        }
        for column in table.open {
            guard let bound = roles[table.columns[column].name], let name = bound.of,
                let owner = table.columns.firstIndex(where: { $0.title == name }), owner != column,
                belongs(column, to: owner, as: bound.role, table)
            else { continue }
            table.assign(column, bound.role, of: owner, why)
        }
    }

    /// Whether the column can have the role at all; where it can't, it is decided anew, and the difference is told.
    private static func holds(_ bound: ReadingPlan.Column, _ column: PlanColumn) -> Bool {
        switch bound.role {
        case .year, .key, .flag: column.texts != nil && column.profile.filled > 0
        case .measure: FigureChoice.mayBeFigures(column)
        // What was said of the whole table tells rows apart now.
        case .attribute where bound.text != nil:
            column.profile.filled > 0 && column.texts.map { $0.count <= 1 } ?? false
        case .label, .attribute, .index, .ignored: false
        }
    }

    /// Whether what a column said of another it says still: figures are nobody's label, and a text that differs where the
    /// key is the same tells rows apart.
    private static func belongs(_ column: Int, to owner: Int, as role: ReadingPlan.Role, _ table: RoleTable) -> Bool {
        let entry = table.columns[column]
        guard let own = entry.texts, entry.profile.filled > 0 else { return false }
        // Marks beside their figures are found there again, whatever year these have.
        if role == .flag { return abs(owner - column) != 1 }
        guard role == .label || role == .attribute, !entry.profile.isOfFigures || entry.heading.isKey,
            let texts = table.columns[owner].texts, table.role(owner) != nil
        else { return false }
        return ColumnRelations.exceptions(texts, own, atMost: table.rowCount < fewestRows ? 0 : table.rowCount / 50)
            != nil
    }

    /// In shorter files a row that is an exception is as good as the others.
    private static let fewestRows = 50

    /// Refuses a file in which a column says several things that said one throughout in the dataset's latest file, nothing,
    /// or the numbers of the rows, where the rows would stand under the same keys as before: `t` among the `kg`.
    ///
    /// Where it has become a key or figures, the table has another dimension or another measure, which is seen by that.
    ///
    /// - Throws: The first such column.
    static func refuseNoLongerConstant(
        _ table: RoleTable, _ plan: ReadingPlan, declared: [String]
    ) throws(Reason) {
        let bound = plan.byName
        for column in table.columns.indices {
            let entry = table.columns[column]
            guard let earlier = bound[entry.name], let texts = entry.texts, texts.count > 1,
                let said = whatItSaid(earlier, column, table),
                !declared.contains(where: { ColumnName.areSame($0, entry.name) })
            else { continue }
            let known = earlier.text.flatMap { $0.isEmpty ? nil : folded($0) }
            let others = (0..<texts.count).lazy.filter {
                !texts.bytes($0).isEmpty && (known == nil || folded(texts.string($0)) != known)
            }
            guard let other = others.first else { continue }
            let text = texts.string(other)
            throw Reason(
                "ambiguous-dataset: the column `\(entry.name)` \(said) in the dataset's latest file, and says "
                    + "`\(text)` in line \(table.lineOfRow(texts.firstRow(other))) now",
                line: table.lineOfRow(texts.firstRow(other)), column: entry.place + 1, found: text,
                expected: earlier.text?.isEmpty == false ? earlier.text : nil, remedy: remedy(entry.name))
        }
    }

    /// Refuses a file in which a column has figures that differ, which had one number in all rows of the dataset's latest
    /// file: it was said of the whole table there, and would be a measure now, beside which that table has none.
    ///
    /// - Throws: The first such column that no definition calls figures.
    static func refuseNewFigures(_ table: RoleTable, _ plan: ReadingPlan, declared: [String]) throws(Reason) {
        let bound = plan.byName
        let measures = table.places(.measure)
        for column in measures {
            let entry = table.columns[column]
            guard let earlier = bound[entry.name], earlier.isConstant, let said = earlier.text,
                !declared.contains(where: { ColumnName.areSame($0, entry.name) })
            else { continue }
            let texts = entry.texts
            let other = texts.flatMap { texts in (0..<texts.count).first { folded(texts.string($0)) != folded(said) } }
            let row = other.flatMap { entry in texts?.firstRow(entry) }
            let all = measures.map { table.columns[$0].title }
            throw Reason(
                "ambiguous-dataset: the column `\(entry.name)` said `\(said)` in every row of the dataset's latest file, and "
                    + "was no measure there; it has figures that differ now",
                line: row.map(table.lineOfRow) ?? table.headingLine, column: entry.place + 1,
                found: other.flatMap { texts?.string($0) } ?? entry.name, expected: said,
                remedy:
                    "To keep it as a measure, give the table with it a dataset of its own in a sidecar (dataset: …), with a "
                    + "definition: `\(DatasetDefinition.Columns(values: all).line)`, and drop the earlier years there again; "
                    + "where it says nothing that is counted, leave it out by a definition: "
                    + "`\(DatasetDefinition.Columns(ignored: [entry.name]).line)`")
        }
    }

    /// What a column said throughout that says something of the rows now, as the rest of a sentence; nil for others.
    private static func whatItSaid(_ earlier: ReadingPlan.Column, _ column: Int, _ table: RoleTable) -> String? {
        if earlier.role == .index { return isSaidOfRows(column, table) ? "counted the rows" : nil }
        guard let text = earlier.text, earlier.of == nil, !table.columns[column].heading.changesByItself else {
            return nil
        }
        if text.isEmpty { return table.isBesideKeys(column) ? "was empty" : nil }
        return isSaidOfRows(column, table) ? "said `\(text)` in every row" : nil
    }

    /// Whether a column says something of its rows now: not figures, which are left out with a finding of their own.
    private static func isSaidOfRows(_ column: Int, _ table: RoleTable) -> Bool {
        let entry = table.columns[column]
        let mayBeCodes = !entry.profile.isOfFigures || entry.heading.isKey
        return mayBeCodes && (table.role(column) == .attribute || table.role(column) == .label)
    }

    private static func remedy(_ name: String) -> String {
        "Where it is another table, name its own dataset in a sidecar (dataset: …); where the column says "
            + "nothing of what is counted, leave it out by a definition: "
            + "`\(DatasetDefinition.Columns(ignored: [name]).line)`"
    }

    /// Refuses a file that says throughout something else than the dataset's latest one did: `Deaths` for `Births`.
    ///
    /// - Throws: The first such column.
    static func refuseOtherConstant(_ table: RoleTable, _ plan: ReadingPlan) throws(Reason) {
        let bound = plan.byName
        for column in table.columns.indices {
            let entry = table.columns[column]
            guard let text = table.constant(column), let earlier = bound[entry.name]?.text,
                bound[entry.name]?.of == nil, !earlier.isEmpty,
                !entry.heading.mayChange(from: earlier, to: text),
                folded(text) != folded(earlier)
            else { continue }
            throw Reason(
                "ambiguous-dataset: the column `\(entry.name)` says `\(text)` in every row, and `\(earlier)` in the "
                    + "dataset's latest file",
                line: table.lineOfRow(0), column: entry.place + 1, found: text, expected: earlier,
                remedy: remedy(entry.name))
        }
    }

    /// Refuses a file in which a code has another unit than in the dataset's latest one: `t` for coal that was in `kg`.
    ///
    /// - Throws: The first such code.
    static func refuseOtherUnits(_ table: RoleTable, _ plan: ReadingPlan) throws(Reason) {
        let bound = plan.byName
        for (column, text) in table.units.sorted(by: { $0.key < $1.key }) {
            let entry = table.columns[column]
            guard let earlier = bound[entry.name], earlier.of == table.owner(column).map({ table.columns[$0].title }),
                let known = earlier.text.map(units),
                let codes = table.owner(column).flatMap({ table.columns[$0].texts })
            else { continue }
            for (code, unit) in units(text).sorted(by: { $0.key < $1.key }) {
                guard let last = known[code], !last.isEmpty, !unit.isEmpty, folded(last) != folded(unit) else {
                    continue
                }
                let row = codes.strings.firstIndex(of: code).map { codes.firstRow($0) } ?? 0
                throw Reason(
                    "ambiguous-dataset: the `\(entry.name)` of `\(code)` is `\(unit)`, and `\(last)` in the dataset's "
                        + "latest file", line: table.lineOfRow(row), column: entry.place + 1, found: unit,
                    expected: last,
                    remedy: remedy(entry.name))
            }
        }
    }

    /// *Shape:* code → unit.
    private static func units(_ text: String) -> [String: String] {
        let lines = text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        return Dictionary(
            lines.filter { $0.count == 2 }.map { (String($0[0]), String($0[1])) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Without years, which differ from file to file, and without capitals and accents; in any script.
    private static func folded(_ text: String) -> String {
        if YearValue.parseInColumn(text) != nil { return "" }
        return LabelText.folded(YearMentions(in: text).remainder)
    }
}
