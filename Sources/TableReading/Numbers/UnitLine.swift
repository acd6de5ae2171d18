import Annals

/// A line above a table that says the unit of all its figures: `(1 000 tonn)`, `Unit: 1000 NOK`.
enum UnitLine {
    /// - Parameter lines: Those above the table, its title aside.
    /// - Returns: Nil where none says one, or two say different ones.
    static func unit(of lines: [String]) -> UnitText? {
        let units = lines.compactMap(unit)
        guard let first = units.first, units.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    private static func unit(_ line: String) -> UnitText? {
        let text = FieldText.withoutWhitespace(line)
        if let open = text.first, "([".contains(open), text.last == (open == "(" ? ")" : "]") {
            return UnitText(String(text.dropFirst().dropLast()))
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        guard ColumnName(String(text[..<colon])).isUnit else { return nil }
        return UnitText(String(text[text.index(after: colon)...]))
    }
}
