/// Which columns of a delimited text hold figures, as far as its heading is told by them.
enum HeadedColumns {
    /// The columns in which more than half of the filled fields are figures, and those behind the first that hold nothing
    /// but figures and symbols.
    static func all(_ lines: HeaderLines, width: Int, from row: Int) -> [Bool] {
        let rows = (row..<lines.count).filter { lines.width($0) == width && lines.filled($0) > 1 }
        var figures = [Int](repeating: 0, count: width)
        var fields = figures
        for record in rows {
            for column in 0..<width where lines.isFilled(record, column) {
                fields[column] += 1
                if lines.isFigure(record, column) { figures[column] += 1 }
            }
        }
        return (0..<width).map { column in
            figures[column] * 2 > fields[column]
                || column > 0 && fields[column] > 0
                    && holdNoWords(lines, column, rows, besideFigures: figures[column] > 0)
        }
    }

    /// Whether a column holds figures and symbols alone; beside figures, one short text may be a symbol too: `NA`.
    static func holdNoWords(
        _ lines: HeaderLines, _ column: Int, _ rows: [Int], besideFigures: Bool = false
    ) -> Bool {
        var word: String?
        return rows.allSatisfy { row in
            guard lines.isFilled(row, column), !lines.isFigure(row, column) else { return true }
            let text = lines.text(row, column)
            guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return true }
            guard besideFigures, text.utf8.count <= longestSymbol, word == nil || word == text else { return false }
            word = text
            return true
        }
    }

    /// In bytes: `N/A`, `n.a.`.
    private static let longestSymbol = 4

    /// The columns of figures, and those between and behind them that hold nothing but symbols, or nothing at all.
    static func withoutWords(_ lines: HeaderLines, _ figures: [Bool], from row: Int) -> [Bool] {
        let first = figures.firstIndex(of: true) ?? figures.count
        let rows = (row..<lines.count).filter { lines.width($0) == figures.count && lines.filled($0) > 1 }
        return figures.indices.map { column in
            figures[column] || column > first && holdNoWords(lines, column, rows)
        }
    }
}
