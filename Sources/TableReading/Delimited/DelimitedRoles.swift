import Annals
import Definitions

/// What each column of a delimited file is for.
struct DelimitedRoles {
    /// The column that gives each row's year.
    private(set) var year: Int?
    private(set) var keys: [Int] = []
    private(set) var figures: [Int] = []
    /// Keys that a definition names: these stay keys, whatever follows from what.
    private(set) var declaredKeys: Set<Int> = []

    /// More dimensions than any table has; what looks for labels among the keys compares each with each.
    private static let maximumKeys = 512

    private let header: [String]
    private let survey: ColumnSurvey

    /// - Parameters:
    ///   - form: The header.
    ///   - survey: What stands in the columns.
    ///   - definition: What is said about them.
    /// - Throws: Where a column that is needed is missing, or two claim one role.
    init(_ form: DelimitedForm, survey: ColumnSurvey, definition: DatasetDefinition?) throws(Reason) {
        header = form.header
        self.survey = survey
        try Self.checkHeader(form, survey: survey, definition: definition)
        year = try yearColumn(form, definition)
        try assign(form, definition)
        guard keys.count <= Self.maximumKeys else {
            throw Reason(
                "The file has more columns of text than a table has dimensions", line: form.headerLine,
                found: "\(keys.count) columns of text", expected: "at most \(Self.maximumKeys)",
                remedy: "Look whether the file is a table at all")
        }
        guard !figures.isEmpty else {
            throw Reason(
                "No column holds figures: \(whyNone)", line: form.headerLine, found: header.joined(separator: ", "),
                expected: "a column of numbers", remedy: "Name the column in a definition: `columns: {value: …}`")
        }
    }

    private static func checkHeader(
        _ form: DelimitedForm, survey: ColumnSurvey, definition: DatasetDefinition?
    ) throws(Reason) {
        var seen: [String: Int] = [:]
        for (index, name) in form.header.enumerated() where !name.isEmpty {
            if let first = seen[name] {
                throw Reason(
                    "Columns \(first + 1) and \(index + 1) have the same name", line: form.headerLine,
                    column: index + 1,
                    found: name, expected: "different names", remedy: "Rename one of them")
            }
            seen[name] = index
        }
        let numbers = form.header.indices.filter { index in
            let name = form.header[index]
            return !name.isEmpty && FieldText.looksLikeFigure(name) && YearMentions(in: name).years.isEmpty
        }
        guard let first = numbers.first, definition?.heading == nil else { return }
        if form.widthAbove > 1 {
            throw Reason(
                "The header has \(form.widthAbove) fields, the rows have \(form.header.count)", line: form.headerLine,
                found: "\(form.header.count) fields", expected: "\(form.widthAbove) fields, as in the line above",
                remedy: "Give each column a name; remove a delimiter at the ends of the rows")
        }
        guard !isHeader(form.header, numbers: numbers, survey: survey) else { return }
        throw Reason(
            "The file has no header line", line: form.headerLine, column: first + 1, found: form.header[first],
            expected: "column names in the first line", remedy: "Export the table with its column names")
    }

    /// Whether a first line with numbers in it is a header all the same, and not the first row.
    ///
    /// It is one if a word stands over a column of numbers, or if the numbers count on: ages 0, 1, 2 …
    private static func isHeader(_ header: [String], numbers: [Int], survey: ColumnSurvey) -> Bool {
        let isNumber = Set(numbers)
        if header.indices.contains(where: {
            !isNumber.contains($0) && !header[$0].isEmpty && survey.columns[$0].isWhole
        }) {
            return true
        }
        let values = numbers.compactMap { Int32(header[$0]) }
        guard values.count == numbers.count, values.count > 2, values.count < header.count else { return false }
        let steps = Set(zip(values, values.dropFirst()).map { Int($1) - Int($0) })
        return steps.count == 1 && steps.first ?? 0 > 0
    }

    private func column(named name: String, as role: String, form: DelimitedForm) throws(Reason) -> Int {
        guard let index = header.firstIndex(where: { ColumnNames.areSame($0, name) }) else {
            throw Reason(
                "The definition's \(role) column `\(name)` is missing", line: form.headerLine,
                found: header.joined(separator: ", "), expected: name,
                remedy: "Correct the file's header, or the definition")
        }
        return index
    }

    private func yearColumn(_ form: DelimitedForm, _ definition: DatasetDefinition?) throws(Reason) -> Int? {
        if let name = definition?.columns.year { return try column(named: name, as: "year", form: form) }
        let named = header.indices.filter { ColumnNames.isYear(header[$0]) }
        guard named.count <= 1 else {
            let names = named.map { "`\(header[$0])`" }.joined(separator: " and ")
            throw Reason(
                "More than one column may give the year: \(names)", line: form.headerLine, column: named[1] + 1,
                found: header[named[1]], expected: "one year column",
                remedy: "Say which in a definition: `columns: {year: \(header[named[0]])}`")
        }
        return named.first
    }

    private mutating func assign(_ form: DelimitedForm, _ definition: DatasetDefinition?) throws(Reason) {
        var declared: [Int] = []
        for name in definition?.columns.keys ?? [] { declared.append(try column(named: name, as: "key", form: form)) }
        for dimension in definition?.dimensions ?? [] {
            guard case .column(let name) = dimension.role else { continue }
            declared.append(try column(named: name, as: "key", form: form))
        }
        declaredKeys = Set(declared)
        var value: Int?
        if let name = definition?.columns.value { value = try column(named: name, as: "value", form: form) }
        let values = header.indices.filter { ColumnNames.isValue(header[$0]) && survey.columns[$0].kind != .text }
        if value == nil, values.count == 1 { value = values[0] }
        for column in header.indices where column != year {
            if let role = role(of: column, value: value) {
                if role == .text { keys.append(column) } else { figures.append(column) }
            }
        }
    }

    /// Nil for a column that is left out: without a name and without content.
    private func role(of column: Int, value: Int?) -> ColumnSurvey.Kind? {
        if declaredKeys.contains(column) { return .text }
        if column == value { return .figure }
        let counts = survey.columns[column]
        if counts.isBlank { return header[column].isEmpty ? nil : .figure }
        guard counts.kind == .figure else { return .text }
        // In long form with a value column, whole numbers beside it are codes; so are numbers that the name calls codes.
        if counts.isWhole, value != nil || ColumnNames.isKey(header[column]) { return .text }
        // The first column of a matrix has no name above it, and may hold codes that are mere numbers.
        if counts.isWhole, column == 0, header[column].isEmpty { return .text }
        return .figure
    }

    /// Each column, and what keeps it from being one of figures.
    private var whyNone: String {
        let columns = header.indices.prefix(Self.namedAtMost).map { column in
            let name = header[column].isEmpty ? "column \(column + 1)" : "`\(header[column])`"
            return "\(name) \(why(notFigures: column))"
        }
        return columns.joined(separator: "; ") + (header.count > Self.namedAtMost ? " …" : "")
    }

    private static let namedAtMost = 8

    private func why(notFigures column: Int) -> String {
        if column == year { return "gives the year" }
        if declaredKeys.contains(column) { return "is a key, says the definition" }
        let counts = survey.columns[column]
        if counts.isBlank { return "is empty" }
        if counts.leadingZeros > 0 { return "holds codes, with leading zeros" }
        if counts.hasWords { return "holds words" }
        if counts.kind == .figure { return "holds whole numbers, and its name or its place says that they are codes" }
        let symbols = counts.oddities.mostFrequentFirst.prefix(3).map { "`\($0)`" }
        return "holds \(symbols.joined(separator: ", ")): no figures, and no symbols of the dialect"
    }

    /// Whole-number columns among the figures: one of them may be what is missing to make the keys unique.
    var candidates: [Int] { figures.filter { survey.columns[$0].isWhole } }
}
