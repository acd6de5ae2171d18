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

    /// Whether a line of a label and figures that look like years stands right below the names of as many columns: a row, and
    /// no heading of years.
    func isRowBelowHeading(_ index: Int) -> Bool {
        guard let last = blocks.last, last.line == index - 1, last.width == lines[index].figures.count,
            let label = lines[index].label
        else { return false }
        return !SpacedHeading.isStubWord(page.string(label))
    }

    /// Whether a line above all headings is words and a year, `Births 2011`, which is no row without a heading.
    func isTitleOfYear(_ index: Int) -> Bool {
        blocks.isEmpty && lines[index].figures.count == 1
            && lines[index].figures.allSatisfy { YearValue.parse(page.string($0.piece)) != nil }
    }

    /// Whether a line without a gap in it, such as all rows of a block have, ends in a year: `Table 2. Deaths 2011`.
    func isTitle(_ index: Int, below block: SpacedBlock) -> Bool {
        guard lines[index].words.count > 2, lines[index].figures.count == 1, let year = lines[index].figures.last,
            YearValue.parse(page.string(year.piece)) != nil
        else { return false }
        return block.rows.allSatisfy { lines[$0.line].gapped.count > 1 } && !block.rows.isEmpty
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
