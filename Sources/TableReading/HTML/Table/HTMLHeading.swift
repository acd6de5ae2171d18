import Annals

/// The names of a table's columns: what stands above each, from the upper rows of the heading to the lower.
struct HTMLHeading {
    /// *Shape:* one a column.
    private(set) var names: [String]
    /// Lines of the heading that go over all columns: a unit, a remark.
    private(set) var lines: [HTMLSurroundings.Line] = []
    /// A row that numbers the columns.
    private(set) var numbers: HTMLPlace?

    /// - Parameters:
    ///   - grid: The table.
    ///   - rows: Those of the heading.
    ///   - figures: *Shape:* one a column: whether figures stand in it.
    ///   - texts: What the cells of the heading say, footnote marks aside, by their number in the grid.
    init(_ grid: HTMLGrid, _ rows: Range<Int>, figures: [Bool], texts: [Int32: String]) {
        var levels: [[(cell: Int32, text: String)?]] = []
        for row in rows {
            if HTMLRows.isLone(grid, row), row > rows.lowerBound || rows.count > 1 {
                let text = grid.rows[row].slots.first?.cell.flatMap { texts[$0] } ?? ""
                lines.append(HTMLSurroundings.Line(text: text, place: grid.rows[row].place))
                continue
            }
            let slots = grid.rows[row].slots
            let level = (0..<grid.width).map { column -> (cell: Int32, text: String)? in
                guard column < slots.count, let cell = slots[column].cell else { return nil }
                return (cell, texts[cell] ?? "")
            }
            if row == rows.upperBound - 1, row > rows.lowerBound, Self.numbersColumns(level.map { $0?.text ?? "" }) {
                numbers = grid.rows[row].place
                continue
            }
            levels.append(level)
        }
        names = (0..<grid.width).map { _ in "" }
        for (depth, level) in levels.enumerated() {
            let isOfUnits = depth > 0 && Self.isOfUnits(level.map { $0?.text ?? "" }, figures)
            for column in level.indices {
                guard let (cell, text) = level[column], !text.isEmpty else { continue }
                // A cell that goes down names its column once.
                if depth > 0, levels[depth - 1][column]?.cell == cell { continue }
                // One that goes on over the names of rows names the first of them.
                if !figures[column], column > 0, level[column - 1]?.cell == cell { continue }
                let upper = names[column]
                if upper.isEmpty || !figures[column] {
                    names[column] = figures[column] ? text : Self.keyName(upper, text)
                } else if upper != text {
                    let isUnit = isOfUnits && !HeaderSearch.isYear(text)
                    // `f` below 2010 isn't the mark of a forecast behind it.
                    let isLetter = text.count <= 2 && text.allSatisfy(\.isLetter) && HeaderSearch.isYear(upper)
                    names[column] =
                        isUnit
                        ? "\(upper) (\(Self.unbracketed(text)))" : isLetter ? "\(text) \(upper)" : "\(upper) \(text)"
                }
            }
        }
    }

    /// The lower name of a key, unless it says that years follow.
    private static func keyName(_ upper: String, _ lower: String) -> String {
        !upper.isEmpty && ColumnName(lower).speaksOfTime ? upper : lower
    }

    private static func isOfUnits(_ texts: [String], _ figures: [Bool]) -> Bool {
        let names = texts.indices.filter { figures[$0] && !texts[$0].isEmpty }.map { texts[$0] }
        return names.contains { UnitText(unbracketed($0)) != nil && !HeaderSearch.isYear($0) }
            && names.allSatisfy { HeaderSearch.isYear($0) || UnitText(unbracketed($0)) != nil }
    }

    /// Whether texts count on from one; the first of them may be empty.
    static func numbersColumns(_ texts: [String]) -> Bool {
        let isLabelNumbered = texts.first.map { !$0.isEmpty } ?? false
        let counted = isLabelNumbered ? texts : Array(texts.dropFirst())
        return counted.count > 1 && ColumnNumbers.countOn(counted, isLabelNumbered: isLabelNumbered)
    }

    private static func unbracketed(_ text: String) -> String {
        guard let first = text.first, let last = text.last, "([".contains(first), ")]".contains(last) else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }
}
