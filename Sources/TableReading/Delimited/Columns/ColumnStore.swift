import Annals
import Definitions

/// What is kept of a column while the rows are gone through.
///
/// Texts are kept of everything that a key could be, and of everything in doubt: figures can be made of them afterwards,
/// and not the other way round. So the roles are decided from whole columns, and a file is gone through once.
enum ColumnStore {
    case figures
    case texts

    /// Whole numbers up to here cost a dictionary little, and may be codes, ages or years.
    private static let smallNumber: UInt64 = 9999
    /// Up to here a dictionary costs nothing that is felt.
    private static let manyRows = 100_000

    /// From `190001` to `21001231`.
    private static let times: ClosedRange<UInt64> = 190_001...21_001_231

    /// *Shape:* one a column.
    static func choose(
        _ header: [String], _ headings: [ColumnName], _ survey: ColumnSurvey, definition: DatasetDefinition?,
        bound: ReadingPlan?
    ) -> [ColumnStore] {
        let declared = definition.map(DeclaredStores.init) ?? bound.map(DeclaredStores.init)
        let values = header.indices.filter { headings[$0].isValue && survey.columns[$0].isMostlyFigures }
        let hasValue = values.count == 1 || declared?.values.isEmpty == false
        return header.indices.map { place in
            let (name, heading, column) = (header[place], headings[place], survey.columns[place])
            if let declared {
                if declared.texts.holds(name, slug: heading.comparable) { return .texts }
                if declared.values.holds(name, slug: heading.comparable) { return .figures }
            }
            guard column.isMostlyFigures, !heading.isYear else { return .texts }
            if heading.year != nil { return .figures }
            if values == [place] { return .figures }
            // Days and months without marks.
            if heading.isMonth, times.contains(column.greatest) { return .texts }
            if column.leadingZeros > 0 || hasValue { return .texts }
            if column.fractions > 0, !heading.isKey {
                return column.others == 0 && column.fractions * 5 > column.numbers ? .figures : .texts
            }
            if survey.rowCount < manyRows && survey.isComplete || heading.isKey || heading.isIndex {
                return .texts
            }
            return column.greatest <= smallNumber || column.others > 0 ? .texts : .figures
        }
    }
}

/// The columns that a definition gives a role, by whether they are texts or figures.
private struct DeclaredStores {
    /// Names as ``ColumnName/areSame(_:_:)`` compares them.
    struct Names {
        private let exact: Set<String>
        private let slugs: Set<String>

        init(_ names: [String]) {
            exact = Set(names)
            slugs = Set(names.map { Slug.name($0) }).subtracting([""])
        }

        var isEmpty: Bool { exact.isEmpty }

        func holds(_ name: String, slug: String) -> Bool { exact.contains(name) || slugs.contains(slug) }
    }

    let values: Names
    let texts: Names

    init(_ plan: ReadingPlan) {
        values = Names(plan.names(.measure))
        texts = Names(plan.columns.filter { $0.role != .measure && !$0.name.isEmpty }.map(\.name))
    }

    init(_ definition: DatasetDefinition) {
        let columns = definition.columns
        values = Names(columns.values)
        var texts = columns.keys.flatMap { $0.columns + ($0.label.map { [$0] } ?? []) }
        texts += columns.labels.flatMap { [$0.code, $0.label] }
        texts += columns.attributes + columns.ignored + columns.flags.flatMap(\.columns)
        if let year = columns.year { texts.append(year.column) }
        for dimension in definition.dimensions {
            if case .column(let name) = dimension.role { texts.append(name) }
        }
        self.texts = Names(texts)
    }
}
