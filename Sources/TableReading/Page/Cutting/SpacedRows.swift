import Annals

/// Which lines of a page that is parted by spaces are rows, where they look like something else.
extension SpacedPage {
    /// Whether a line has a block's figures behind its label, so that it is a row and no note: `(5)   322   46`.
    func isRow(_ index: Int, of block: SpacedBlock) -> Bool {
        let line = lines[index]
        if block.isOfGaps {
            return line.gapped.count - 1 == block.width
                && line.gapped.dropFirst().allSatisfy { $0.allSatisfy { line.words[$0].isFigure } }
        }
        let text = string(index)
        return (1...Self.longestLabel).contains(line.labelCount) && !text.hasSuffix(".") && !text.contains(":")
            && isBehindTable(index) && SpacedCut.isPossible(line.figures, count: block.width, joinsAlways: isGapped)
    }

    /// Words of a label; a note has more.
    private static let longestLabel = 3

    /// Whether the line above, drawn lines aside, is a row or a heading.
    func isBehindTable(_ index: Int) -> Bool {
        guard let last = blocks.last,
            let previous = lines.indices[..<index].last(where: { !page.lines[$0].isFurniture })
        else { return false }
        return [last.rows.last?.line, last.line, last.secondLine].contains(previous)
            || last.further.contains { $0.line == previous }
    }

    /// - Throws: A label without figures, between a row or a heading and a row.
    func refuseGroup(_ index: Int, _ block: SpacedBlock) throws(Reason) {
        guard block.isOfGaps, lines[index].gapped.count == 1, isBehindTable(index), index + 1 < lines.count,
            isRow(index + 1), !PageFurniture.isCertain(string(index))
        else { return }
        throw GroupRows.reason(string(index), line: index + 1)
    }

    /// - Throws: A row above the first heading, which would be taken for a title.
    func refuseRowsAbove() throws(Reason) {
        guard let first = blocks.first else { return }
        let heading = first.further.map(\.line).min().map { min($0, first.line) } ?? first.line
        for index in lines.indices[..<heading].reversed() where !page.lines[index].isFurniture {
            let line = lines[index]
            if line.words.isEmpty, !first.isOfGaps { return }
            let figures = first.isOfGaps ? line.words[...].dropFirst(line.gapped.first?.count ?? 0) : line.figures
            guard line.labelCount > 0, isRow(index, of: first) || !first.isOfGaps && canBeRow(index, of: first),
                figures.contains(where: { !HeadingLines.namesYear(page.string($0.piece)) })
            else { continue }
            throw Reason(
                "A row stands before any heading", line: index + 1, found: string(index),
                expected: "a line of column headings first", remedy: "Keep the heading line of the table")
        }
    }

    private func canBeRow(_ index: Int, of block: SpacedBlock) -> Bool {
        !lines[index].figures.isEmpty
            && SpacedCut.isPossible(lines[index].figures, count: block.width, joinsAlways: isGapped)
    }
}
