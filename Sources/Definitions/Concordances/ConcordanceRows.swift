import Annals

/// The rows of a concordance as links: the first names the columns, which may stand in any order.
struct ConcordanceRows {
    private enum Column: String, CaseIterable {
        case validFrom = "valid_from"
        case from = "from_code"
        case to = "to_code"
        case scope, share, size
        /// What the size counts in the lists of municipalities that counties are made from.
        case municipalities
        // For people.
        case fromLabel = "from_label"
        case toLabel = "to_label"
        case note
    }

    private static let required: [Column] = [.validFrom, .from, .to, .scope]

    private let file: String
    private let rows: ArraySlice<ConcordanceText.Row>
    private let placeByColumn: [Column: Int]
    private let columnCount: Int

    init(_ rows: [ConcordanceText.Row], file: String) throws(DefinitionError) {
        let names = Self.required.map(\.rawValue).joined(separator: ",")
        guard let header = rows.first else {
            throw DefinitionError(
                file: file, message: "holds no concordance", remedy: "its first row that is no comment is `\(names)`")
        }
        var places: [Column: Int] = [:]
        for (place, name) in header.fields.enumerated() {
            guard let column = Column(rawValue: name) else {
                throw DefinitionError(
                    file: file, line: header.line, message: "has the unknown column `\(name)`",
                    remedy: "columns are \(Column.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            guard places.updateValue(place, forKey: column) == nil else {
                throw DefinitionError(file: file, line: header.line, message: "has the column `\(name)` twice")
            }
        }
        for column in Self.required where places[column] == nil {
            throw DefinitionError(
                file: file, line: header.line, message: "lacks the column `\(column.rawValue)`",
                remedy: "its first row names the columns: `\(names)`, and `share` or `size` where they are known")
        }
        if places[.size] != nil, places[.municipalities] != nil {
            throw DefinitionError(
                file: file, line: header.line, message: "has both `size` and `municipalities`, which is a size")
        }
        self.file = file
        self.rows = rows.dropFirst()
        placeByColumn = places
        columnCount = header.fields.count
    }

    /// Every link, in the file's order.
    func links() throws(DefinitionError) -> [Concordance.Link] {
        var links: [Concordance.Link] = []
        for row in rows { links.append(try link(of: row)) }
        return links
    }

    private func link(of row: ConcordanceText.Row) throws(DefinitionError) -> Concordance.Link {
        guard row.fields.count == columnCount else {
            throw DefinitionError(
                file: file, line: row.line,
                message: "has \(row.fields.count) fields where the first row names \(columnCount) columns")
        }
        let date = text(.validFrom, in: row)
        guard let day = CalendarDay(iso8601: date) else {
            throw error(.validFrom, row, "is no day: `\(date)`", remedy: "write YYYY-MM-DD, as 2020-01-01")
        }
        let word = text(.scope, in: row)
        guard let scope = Concordance.Scope(rawValue: word) else {
            let known = Concordance.Scope.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(.scope, row, "can't be `\(word)`", remedy: "it is one of \(known)")
        }
        return Concordance.Link(
            day, try code(.from, in: row), try code(.to, in: row), scope, shareBillionths: try share(in: row),
            size: try size(in: row), line: row.line)
    }

    private func code(_ column: Column, in row: ConcordanceText.Row) throws(DefinitionError) -> String {
        let code = text(column, in: row)
        guard !code.isEmpty else { throw error(column, row, "is empty") }
        guard code.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw error(column, row, "has control characters in it")
        }
        return code
    }

    private func share(in row: ConcordanceText.Row) throws(DefinitionError) -> Int64? {
        let text = text(.share, in: row)
        if text.isEmpty { return nil }
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        let places = Concordance.Link.shareDecimals
        let fraction = halves.count == 2 ? String(halves[1]) : ""
        let digits = halves[0] + fraction + String(repeating: "0", count: max(0, places - fraction.utf8.count))
        guard halves.count <= 2, !halves[0].isEmpty, halves.count == 1 || !fraction.isEmpty,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), fraction.utf8.count <= places,
            let share = Int64(digits), (1...ScaledDecimal.powerOfTen(places)).contains(share)
        else {
            throw error(
                .share, row, "is no part of 1: `\(text)`", remedy: "write 0.25, with at most \(places) decimals")
        }
        return share
    }

    private func size(in row: ConcordanceText.Row) throws(DefinitionError) -> Int64? {
        let column = placeByColumn[.size] == nil ? Column.municipalities : .size
        let text = text(column, in: row)
        if text.isEmpty { return nil }
        guard let size = Int64(text), size >= 0 else {
            throw error(column, row, "is no whole number from 0 on: `\(text)`")
        }
        return size
    }

    /// Empty where there is no such column.
    private func text(_ column: Column, in row: ConcordanceText.Row) -> String {
        placeByColumn[column].map { row.fields[$0] } ?? ""
    }

    private func error(
        _ column: Column, _ row: ConcordanceText.Row, _ what: String, remedy: String? = nil
    ) -> DefinitionError {
        DefinitionError(file: file, line: row.line, message: "`\(column.rawValue)` \(what)", remedy: remedy)
    }
}
