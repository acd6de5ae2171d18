import Annals
import Definitions

/// What a format of its own says of the columns of a delimited text: which there are, and what each is for.
///
/// A definition goes first, as everywhere. What the format leaves open is found from the columns themselves.
protocol ColumnFormat: Sendable {
    /// The columns as they were scanned, those that hold several texts taken apart.
    ///
    /// - Parameters:
    ///   - columns: In the order of the file.
    ///   - reader: Of the figures of a column, by its place in the file.
    /// - Returns: Columns with names that differ.
    func unpacked(_ columns: [PlanColumn], reader: (Int) -> FigureReader) -> [PlanColumn]

    /// Gives roles to columns that have none yet.
    ///
    /// - Parameters:
    ///   - table: The columns, and what a definition said of them.
    ///   - context: What else is known of the dataset.
    /// - Throws: Where what stands in the columns isn't what the format has there, or no yearly table.
    func assign(_ table: inout RoleTable, _ context: ColumnFormatContext) throws(Reason)

    /// What a column is called in words, by its place in the file; nil where the heading doesn't say it.
    func title(ofColumn place: Int) -> String?

    /// Whether a column, by its place in the file, is the dimension that says what is counted.
    func isOfMeasures(column place: Int) -> Bool

    /// Whether a column, by its place in the file, says when the figures were published: another edition is the same table.
    func isOfPublication(column place: Int) -> Bool

    /// When the figures were published, where a column says it.
    func published(_ table: RoleTable) -> Instant?

    /// Whether a column of the numbers of decimals says how many all figures have.
    var hasDecimals: Bool { get }
}

/// What is known of a dataset when a format gives roles.
struct ColumnFormatContext {
    /// Of the dataset, where there is one.
    var definition: DatasetDefinition?
    /// Of the dataset's latest file.
    var bound: ReadingPlan?

    /// Whether a dimension that has one category may stay what it was in the dataset's latest file: said of the table.
    func wasConstant(_ column: PlanColumn) -> Bool {
        guard let earlier = bound?.byName[column.name], earlier.isConstant else { return false }
        return column.texts.map { $0.count == 1 } ?? false
    }

    /// Whether a definition names the keys, and not this one among them: then it has to say what else the column is, unless
    /// that is the same throughout.
    func leavesOpen(_ column: PlanColumn) -> Bool {
        guard let keys = definition?.columns.keys, !keys.isEmpty else { return false }
        return column.texts.map { $0.count > 1 } ?? true
    }
}

extension ColumnFormatContext {
    /// Gives a dimension its role.
    func assignKey(_ column: Int, _ table: inout RoleTable, _ why: String) {
        let entry = table.columns[column]
        if wasConstant(entry) {
            table.assign(column, .attribute, "is the same throughout, as in the dataset's latest file")
        } else if !leavesOpen(entry) {
            let isNamed = definition?.columns.keys.isEmpty == false
            table.assign(column, isNamed ? .attribute : .key, isNamed ? "is the same throughout" : why)
        }
    }

    /// Gives the column of the frequency its role: it says that figures are yearly, and tells nothing apart.
    ///
    /// - Throws: The first row that is of another frequency.
    func assignFrequency(_ column: Int, _ table: inout RoleTable) throws(Reason) {
        guard let texts = table.columns[column].texts else { return }
        let codes = texts.strings.map(LabelText.normalized)
        let isOneOfMany = codes.count > 1
        if let odd = codes.firstIndex(where: { Self.isPartOfYear($0) || isOneOfMany && !Self.isOfYears($0) }) {
            throw Reason(
                "The figures are not all yearly: `\(table.columns[column].title)` says `\(codes[odd])`",
                line: table.lineOfRow(texts.firstRow(odd)), column: table.columns[column].place + 1,
                found: codes[odd], expected: "A, for yearly figures",
                remedy: "Annal keeps yearly tables; export the yearly figures alone (frequency A)")
        }
        guard codes.count > 1 else {
            table.assign(column, .attribute, "says that the figures are yearly")
            return
        }
        assignKey(column, &table, "is a dimension, and has more than one frequency")
    }

    /// `A`, and `A5` for every five years.
    private static func isOfYears(_ code: String) -> Bool {
        code.uppercased().first == "A" && code.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Source: SDMX, CL_FREQ 2.1: half-years, quarters, months, weeks, days, hours and what is made of them.
    private static func isPartOfYear(_ code: String) -> Bool {
        guard let first = code.uppercased().first, code.utf8.count <= 3, "SQTMWDBHNI".contains(first) else {
            return false
        }
        return code.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }
}
