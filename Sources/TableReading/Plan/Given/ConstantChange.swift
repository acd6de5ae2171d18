import Annals
import Definitions

/// Columns that say one thing in every row, which the dataset's latest file has and a new one hasn't, or the other way round.
///
/// The figures of men alone stand under the same keys as those of everybody, where a column says so and is no dimension. So
/// one that is called as a dimension is, or says what is counted, or in percent, holds the file back; of others the file
/// only says that they are new or gone. What says that all are meant tells nothing apart.
struct ConstantChange {
    private let bound: ReadingPlan
    private let declared: [String]
    private let mayDiffer: Bool
    private(set) var notes: [(code: String, message: String)] = []

    /// - Parameters:
    ///   - bound: Of the dataset's latest file.
    ///   - declared: Columns that a definition calls attributes.
    ///   - mayDiffer: Whether the sidecar says that the table is made in another way than before.
    init(_ bound: ReadingPlan, declared: [String], mayDiffer: Bool) {
        self.bound = bound
        self.declared = declared
        self.mayDiffer = mayDiffer
    }

    /// - Throws: The first column that may make other figures of the table.
    mutating func compare(_ table: RoleTable) throws(Reason) {
        // A column in which nothing stands says as little as one that isn't there.
        let known = bound.columns.filter { $0.text?.isEmpty != true }.map(\.name)
        for column in table.columns.indices {
            let entry = table.columns[column]
            guard let text = table.constant(column), speaks(entry.name, entry.heading, known) else { continue }
            if tellsApart(entry.heading, text) {
                throw Reason(
                    "ambiguous-dataset: the column `\(entry.name)` says `\(text)` in every row, and the dataset's latest "
                        + "file has no such column",
                    line: table.lineOfRow(0), column: entry.place + 1, found: text,
                    remedy:
                        "Where it is another table, name its own dataset in a sidecar (dataset: …); where the figures "
                        + "are what they were before, leave the column out by a definition: "
                        + "`\(DatasetDefinition.Columns(ignored: [entry.name]).line)`")
            }
            notes.append(("column-new", "The column `\(entry.name)` is new, and says `\(text)` in every row"))
        }
        let names = table.columns.filter { $0.texts == nil || $0.profile.filled > 0 }.map(\.name)
        for column in bound.columns where column.isConstant {
            let heading = ColumnName(column.name)
            guard let text = column.text, speaks(column.name, heading, names) else { continue }
            if tellsApart(heading, text) {
                throw Reason(
                    "ambiguous-dataset: the column `\(column.name)`, which said `\(text)` in every row of the dataset's "
                        + "latest file, is gone",
                    line: table.headingLine, found: names.joined(separator: ", "), expected: column.name,
                    remedy:
                        "Where it is another table, name its own dataset in a sidecar (dataset: …); where the figures "
                        + "are what they were before, add the column again, or say in the sidecar: kind: method")
            }
            notes.append(
                ("column-gone", "The column `\(column.name)`, which said `\(text)` in every row before, is gone"))
        }
    }

    /// Whether a column that one file has says anything of what the other one, with columns of these names, counts.
    private func speaks(_ name: String, _ heading: ColumnName, _ others: [String]) -> Bool {
        !name.isEmpty && !heading.changesByItself && !heading.isYear
            && !others.contains { ColumnName.areSame($0, name) } && !declared.contains { ColumnName.areSame($0, name) }
    }

    private func tellsApart(_ heading: ColumnName, _ text: String) -> Bool {
        guard !mayDiffer, !TotalLabel.matches(text), !Self.all.contains(LabelText.folded(text)) else { return false }
        if heading.isUnit { return UnitText(text).map { $0.kind != nil || $0.multiplier != 0 } ?? false }
        return heading.isDimension || heading.isOfItsOwn || heading.saysWhatIsCounted
    }

    /// Texts that mean everybody, or everything.
    private static let all: Set<String> = [
        "t", "_t", "all", "alle", "all ages", "all persons", "both", "both sexes", "begge", "begge kjonn", "alle aldre",
        "males and females", "men and women", "persons", "_z", "ialt", "ensemble", "zusammen",
    ]
}
