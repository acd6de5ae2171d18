import Annals

/// Two dimensions side by side: rows are the first one's categories, columns the second one's codes.
struct MatrixLayout {
    private let cells: ChosenCells
    private let text: CellText
    /// Categories that any cell has.
    private let rows: [Int]
    private let columns: [Int]
    /// *Shape:* one of `columns`.
    private let widths: [Int]
    private let nameWidth: Int

    init(_ cells: ChosenCells, _ text: CellText, _ survey: CellSurvey) {
        self.cells = cells
        self.text = text
        rows = survey.used(0)
        columns = survey.used(1)
        let dimensions = cells.table.keySpace.dimensions
        widths = columns.map { column in
            max(survey.widths[column], TextColumns.width(of: Self.code(dimensions[1].categories[column])))
        }
        nameWidth = rows.map { TextColumns.width(of: dimensions[0].categories[$0].name) }
            .reduce(TextColumns.width(of: TerminalText.sanitised(dimensions[0].id))) { max($0, $1) }
    }

    func append(to body: inout AnswerBody) {
        let dimensions = cells.table.keySpace.dimensions
        body.append(
            TextColumns.line(
                [TerminalText.sanitised(dimensions[0].id)] + columns.map { Self.code(dimensions[1].categories[$0]) },
                [(.left, nameWidth)] + widths.map { (.right, $0) }))
        let names = PackedTexts(
            rows.map { TextColumns.padded(dimensions[0].categories[$0].name, to: nameWidth) })
        let (cells, text, rows, columns, widths) = (cells, text, rows, columns, widths)
        body.append(rows: rows.count) { range, buffer in
            for row in range {
                let line = buffer.count
                buffer.append(names, at: row)
                let first = rows[row] * cells.table.keySpace.strides[0]
                for (column, width) in zip(columns, widths) {
                    // A row and a column that are wanted: so is the cell.
                    if let cell = cells.table.cell(atOrdinal: first + column) {
                        text.append(cell: cell, decimals: cells.decimals(at: first + column), width: width, to: &buffer)
                    } else {
                        buffer.append(spaces: width)
                    }
                    buffer.append(spaces: TextColumns.gap)
                }
                buffer.removeTrailingSpaces(backTo: line)
                buffer.append(0x0A)
            }
        }
        body.append(unsaid())
    }

    /// Columns are headed by code alone: what those mean that no row has said.
    private func unsaid() -> String {
        let dimensions = cells.table.keySpace.dimensions
        let said = Set(rows.map { dimensions[0].categories[$0] }.map { [$0.code, $0.label] })
        let names = columns.map { dimensions[1].categories[$0] }
            .filter { $0.label != $0.code && !said.contains([$0.code, $0.label]) }.map(\.name)
        guard !names.isEmpty else { return "" }
        return TerminalText.sanitised("\(dimensions[1].id): ") + names.joined(separator: ", ") + "\n"
    }

    private static func code(_ category: Category) -> String { TerminalText.sanitised(category.code) }
}
