import Foundation

/// The founding page read by other means than the daemon's: what is printed where.
struct FoundingPage {
    /// What a cell prints: a dash is a nil of zero.
    struct Printed: Hashable {
        var value: Int
        var isNil: Bool
    }

    /// Row code and column code; the totals' column is `total`.
    struct Place: Hashable {
        var row: String
        var column: String
    }

    private(set) var cells: [Place: Printed] = [:]
    private(set) var rowCodes: [String] = []

    static func text() throws -> String { try String(contentsOfFile: Repository.foundingFile, encoding: .utf8) }

    /// Reads a page in the founding table's layout.
    init(_ text: String) {
        var columns: [String] = []
        var codes: [String: String] = [:]
        for line in text.components(separatedBy: "\n") where line.contains("\t") {
            let fields = line.components(separatedBy: "\t")
            guard !fields[0].isEmpty else {
                columns = fields.dropFirst().map { Self.code($0) ?? "total" }
                continue
            }
            let row = Self.code(fields[0]) ?? codes[fields[0]] ?? "?"
            codes[String(fields[0].dropFirst(3))] = row
            if !rowCodes.contains(row) { rowCodes.append(row) }
            for (column, field) in zip(columns, fields.dropFirst()) where !field.isEmpty {
                let digits = field.replacingOccurrences(of: " ", with: "")
                cells[Place(row: row, column: column)] = Printed(value: Int(digits) ?? 0, isNil: digits == "-")
            }
        }
    }

    /// `01` of `01 Østfold`.
    private static func code(_ label: String) -> String? {
        let code = label.prefix(2)
        return code.count == 2 && code.allSatisfy(\.isNumber) && label.dropFirst(2).first == " " ? String(code) : nil
    }
}

/// A `show` answer by place.
struct ShownCells {
    private(set) var byPlace: [[String]: JSON] = [:]

    init(_ show: JSON) {
        for cell in show["cells"].items { byPlace[cell["at"].texts] = cell }
    }

    subscript(codes: String...) -> JSON { byPlace[codes] ?? .null }
}
