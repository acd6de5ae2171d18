import Annals

/// Numbers that may end a label, where a single space parts all words: `Covid 19 7 188` is `Covid`, 19 and 7 188, or
/// `Covid 19`, 7 and 188.
///
/// Whether spaces group digits must be proved by the page as a whole, as a comma must: by a row that can't be read
/// without a group, by printed sums, or by most rows.
extension SpacedPage {
    /// - Throws: A row that can be cut either way, where nothing proves which.
    func refuseNumberedLabels() throws(Reason) {
        guard !isGapped else { return }
        let isProved = blocks.contains { block in block.rows.contains { provesGroups($0, block) } }
        for block in blocks {
            try refuseRepeatedLabels(block)
            let rows = block.rows.filter { !lines[$0.line].figures.isEmpty }
            let open = rows.filter { mayEndInNumber($0, block) }
            guard let first = open.first, !open.allSatisfy({ addsUp($0, block) }),
                columnsAddUp(block, rows, numbered: nil) != true
            else { continue }
            let other = open.first { columnsAddUp(block, rows, numbered: $0.line) == true }
            let areMost = open.count > 1 && open.count * 2 >= rows.count && !holdLongNumbers(rows)
            guard other != nil || !isProved && !areMost else { continue }
            throw numberedLabel(other ?? first)
        }
    }

    /// Whether a row has one word too many, and the first figure may belong to its label.
    private func mayEndInNumber(_ row: SpacedBlock.Row, _ block: SpacedBlock) -> Bool {
        let line = lines[row.line]
        // `1 204,5`: three digits and decimals go on with what stands before them.
        if line.figures.dropFirst().first.map({ $0.mayBeGroup && !$0.isGroup }) == true { return false }
        return line.figures.count == block.width + 1 && line.mayEndInNumber
            && !line.figures.dropFirst().contains { $0.isOnlyGroup && $0.gap == 1 }
    }

    /// Whether a row can't be cut without a figure of several groups, even if its label ends in a number.
    private func provesGroups(_ row: SpacedBlock.Row, _ block: SpacedBlock) -> Bool {
        lines[row.line].figures.count > block.width && !mayEndInNumber(row, block)
    }

    /// Whether numbers of five digits and more stand on the page without a space in them.
    private func holdLongNumbers(_ rows: [SpacedBlock.Row]) -> Bool {
        rows.contains { row in
            lines[row.line].figures.contains { $0.isCount && $0.piece.range.count > 4 }
        }
    }

    // MARK: Sums

    /// The figures of a row as it was cut, or as it would be if its label ended in a number; nil for what can't be summed.
    private func values(_ row: SpacedBlock.Row, _ block: SpacedBlock, isNumbered: Bool = false) -> [Int64]? {
        var pieces: [PageText.Piece] = []
        if isNumbered {
            pieces = lines[row.line].figures.dropFirst().map(\.piece)
        } else if case .fields(let fields) = page.lines[row.line].form {
            pieces = Array(page.fields[fields].dropFirst())
        }
        guard pieces.count >= block.width else { return nil }
        var values: [Int64] = []
        for piece in pieces.prefix(block.width) {
            guard let value = page.withBytes(piece, SpacedSums.value) else { return nil }
            values.append(value)
        }
        return values
    }

    /// Whether a row's total, where the heading has one, is the sum of its other figures.
    private func addsUp(_ row: SpacedBlock.Row, _ block: SpacedBlock) -> Bool {
        guard block.width > 2, let values = values(row, block),
            let total = block.hasTotal ? 0 : block.labels.firstIndex(where: isTotal)
        else { return false }
        return values.reduce(0, &+) == 2 &* values[total]
    }

    /// Whether the one row of totals is the sum of the others, in each column, where the label of one line of them ends in
    /// a number; nil without such a row.
    private func columnsAddUp(_ block: SpacedBlock, _ rows: [SpacedBlock.Row], numbered: Int?) -> Bool? {
        let totals = rows.filter { isTotal($0.label) }
        guard totals.count == 1, rows.count > 2 else { return nil }
        var sums = [Int64](repeating: 0, count: block.width)
        for row in rows {
            guard let values = values(row, block, isNumbered: row.line == numbered) else { return nil }
            let isTotal = row.line == totals[0].line
            for (place, value) in values.enumerated() { sums[place] &+= isTotal ? 0 &- value : value }
        }
        return sums.allSatisfy { $0 == 0 }
    }

    // MARK: Refusals

    private func numberedLabel(_ row: SpacedBlock.Row) -> Reason {
        let line = lines[row.line]
        let label = page.string(row.label)
        let number = line.figures.first.map { page.string($0.piece) } ?? ""
        return Reason(
            "The row can be cut in two ways: `\(number)` is a figure, or the end of the label `\(label) \(number)`",
            line: row.line + 1, found: string(row.line),
            expected: "rows that show whether a space groups digits, or sums that do",
            remedy: "Print two spaces behind the label, or export the table with tabs, or as CSV")
    }

    /// - Throws: Labels that are one below a heading without a name of the rows: the numbers behind them tell them apart.
    private func refuseRepeatedLabels(_ block: SpacedBlock) throws(Reason) {
        guard block.stub == nil, !page.isIndented(block.line) else { return }
        var first: [String: Int] = [:]
        for row in block.rows where !lines[row.line].figures.isEmpty {
            guard let earlier = first[row.name], string(earlier) != string(row.line) else {
                first[row.name] = first[row.name] ?? row.line
                continue
            }
            throw Reason(
                "Two rows have the label `\(row.name)`: the number behind it may belong to it", line: earlier + 1,
                found: string(earlier), expected: "labels that differ",
                remedy: "Print two spaces behind the labels, or export the table with tabs, or as CSV")
        }
    }
}
