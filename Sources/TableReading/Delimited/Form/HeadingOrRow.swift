// Whether a line with numbers is a row of the table, or a line of its heading.
extension HeaderSearch {
    /// Whether what look like years are figures: names stand above them, and a label beside them.
    static func standsBelowNames(_ lines: HeaderLines, _ index: Int, figures: [Int]) -> Bool {
        let record = lines.texts(index)
        let labels = record.indices.filter { !figures.contains($0) && !record[$0].isEmpty }
        guard !labels.isEmpty, !labels.contains(where: { ColumnName.speaksOfTime(record[$0]) }) else { return false }
        return (0..<index).contains { above in
            // Names that come again have years below them.
            lines.width(above) == record.count && Set(figures.map { lines.text(above, $0) }).count == figures.count
                && figures.allSatisfy { lines.isFilled(above, $0) && !lines.isFigure(above, $0) }
                && labels.contains { lines.isFilled(above, $0) }
        }
    }

    /// Whether what look like years are figures, in a line that has one in place of a label: names stand above all.
    ///
    /// So it is in a series of years. A further line of the heading leaves the names of the keys free, or has words there.
    static func isRowOfYears(
        _ record: [String], below names: [String], _ lines: HeaderLines, from row: Int
    ) -> Bool {
        let filled = record.indices.filter { !record[$0].isEmpty }
        guard filled.first == 0, filled.count > 1, filled.allSatisfy({ HeaderLines.isFigure(record[$0]) }),
            !isYear(names[0]), !HeaderLines.isFigure(names[0]), filled.dropFirst().allSatisfy({ !names[$0].isEmpty }),
            Set(filled.map { names[$0] }).count == filled.count
        else { return false }
        // What is empty in it names no key: no words stand below.
        return (row..<lines.count).allSatisfy { row in
            lines.width(row) != record.count
                || record.indices.allSatisfy {
                    !record[$0].isEmpty || HeadedColumns.holdNoWords(lines, $0, [row])
                }
        }
    }

    /// Whether most numbers of a line stand again in a column that it doesn't number: the codes of a matrix, above the
    /// columns and in front of the rows.
    static func headsMatrix(_ lines: HeaderLines, _ index: Int, figures: [Int]) -> Bool {
        let width = lines.width(index)
        guard figures.count > 1, index + 1 < lines.count, lines.width(index + 1) == width else { return false }
        let numbers = Set(figures.map { lines.text(index, $0) })
        return (0..<width).contains { column in
            guard !lines.isFigure(index, column), lines.isFigure(index + 1, column) else { return false }
            let below = (index + 1..<lines.count).filter { lines.width($0) == width }.map { lines.text($0, column) }
            let shared = numbers.intersection(below).count
            return shared > 1 && shared * 2 >= numbers.count
        }
    }

    /// Whether words name half of the columns of figures.
    static func namesHalf(_ lines: HeaderLines, _ index: Int, figures: [Bool]) -> Bool {
        let named = figures.indices.filter { lines.isFilled(index, $0) }
        return named.count > 1 && named.allSatisfy { !lines.isFigure(index, $0) }
            && named.count { figures[$0] } * 2 >= figures.count { $0 }
    }

    /// The number that keeps a line from being the heading, where all else in it names columns: years beside it, the name of
    /// a dimension, a word above numbers, or numbers that count on.
    ///
    /// - Returns: Its column; nil for a row.
    static func numberAmongNames(_ lines: HeaderLines, _ index: Int) -> Int? {
        let width = lines.width(index)
        let figures = lines.figures(index)
        let words = (0..<width).filter { lines.isFilled(index, $0) && !lines.isFigure(index, $0) }
        guard let first = words.first, let odd = figures.first(where: { !isYear(lines.text(index, $0)) }) else {
            return nil
        }
        let name = ColumnName(lines.text(index, first))
        let isNamed = name.isKey || name.isDimension || name.isLabel || name.isYear
        let isAboveNumbers =
            index + 1 < lines.count && lines.width(index + 1) == width
            && words.contains { lines.isFigure(index + 1, $0) }
        let values = figures.compactMap { Int(lines.text(index, $0)) }
        let countsOn =
            values.count > 1 && values.count == figures.count
            && zip(values, values.dropFirst()).allSatisfy { $0 + 1 == $1 }
        let isAmongYears = figures.contains { isYear(lines.text(index, $0)) }
        return isNamed || isAboveNumbers || countsOn || isAmongYears ? odd : nil
    }
}
