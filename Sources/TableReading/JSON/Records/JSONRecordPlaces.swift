import Annals

/// Where the lines and fields of delimited text stood in the JSON file that it was made of.
///
/// Whoever reads the delimited text speaks of its lines; a person has the JSON file. Line 1 is the names, line *n* + 1
/// record *n*, and field *c* the value of the *c*-th name.
struct JSONRecordPlaces: Sendable {
    private let document: JSONDocument
    private let columns: Int
    private let records: [UInt32]
    private let cells: [UInt32]

    init(_ table: JSONRecordTable) {
        document = table.document
        columns = table.names.count
        records = table.records
        cells = table.cells
    }

    /// The value that a field was made of; the record, or the first one, where there is none.
    private func value(line: Int, column: Int?) -> JSONValue? {
        guard !records.isEmpty else { return nil }
        let record = min(max(0, line - 2), records.count - 1)
        if let column, (1...columns).contains(column), line > 1 {
            let cell = Int(cells[record * columns + column - 1])
            if cell > 0 { return JSONValue(document, place: cell) }
        }
        return JSONValue(document, place: Int(records[record]))
    }

    func mapped(_ reason: Reason) -> Reason {
        var reason = reason
        if let line = reason.line, let value = value(line: line, column: reason.column) {
            let place = document.position(of: value.offset)
            (reason.line, reason.column) = (place.line, place.column)
        } else {
            (reason.line, reason.column) = (nil, nil)
        }
        reason.message = Self.ofRecords(reason.message)
        reason.remedy = reason.remedy.map(Self.ofRecords)
        return reason
    }

    func mapped(_ finding: Finding) -> Finding {
        var finding = finding
        finding.line = finding.line.flatMap { value(line: $0, column: nil) }.map {
            document.position(of: $0.offset).line
        }
        finding.message = Self.ofRecords(finding.message)
        return finding
    }

    func mapped(_ origin: CellOrigin, _ positions: JSONPositions) -> CellOrigin {
        guard let value = value(line: origin.line, column: origin.column) else { return origin }
        let place = positions.position(of: value.offset)
        return CellOrigin(line: place.line, column: place.column, text: value.printed ?? "")
    }

    /// `Lines 3 and 5 have the same keys` as `Records 2 and 4 have the same keys`.
    static func ofRecords(_ text: String) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for place in words.indices {
            let word = words[place].trimmingPrefix(while: { $0 == "(" })
            guard ["line", "lines", "Line", "Lines"].contains(word), place + 1 < words.count,
                let number = shifted(words[place + 1])
            else { continue }
            let record = word.first == "L" ? "Record" : "record"
            words[place] =
                words[place].prefix(words[place].count - word.count) + record + (word.hasSuffix("s") ? "s" : "")
            words[place + 1] = number
            var next = place + 2
            while next + 1 < words.count, words[next] == "and", let number = shifted(words[next + 1]) {
                words[next + 1] = number
                next += 2
            }
        }
        return words.joined(separator: " ")
    }

    /// One less than the number that a word begins with, with what stands behind it; nil where it begins with none.
    private static func shifted(_ word: String) -> String? {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number > 1 else { return nil }
        return String(number - 1) + word[digits.endIndex...]
    }
}
