import Annals

/// Where the fields of a heading stand above those of its rows, on a page that gaps part.
extension GapColumns {
    /// - Throws: A first name that would be that of the rows, and stands above figures, as where a column is blank:
    ///
    ///                2010     2011     2012
    ///     Cancer      120      130
    func refuseShift(_ block: SpacedBlock, _ rows: [Int], width: Int) throws(Reason) {
        guard let stub = block.stub else { return }
        let name = page.string(stub)
        let whole = rows.filter { lines[$0].gapped.count == width + 1 }
        let isColumn = SpacedHeading.namesColumn(name, beside: block.labels.map(page.string))
        guard isColumn || !SpacedHeading.isStubWord(name) && standsAboveFigures(extent(stub), block, whole) else {
            return
        }
        throw SpacedHeading.doubtfulStub(name, found: page.string(page.lines[block.line].text), line: block.line + 1)
    }

    /// Whether a name stands right of most labels, and some row has figures below another name than its own.
    private func standsAboveFigures(_ name: Extent, _ block: SpacedBlock, _ rows: [Int]) -> Bool {
        let isBehind = rows.count { labelEnd($0) <= name.start }
        guard isBehind * 2 > rows.count else { return false }
        let labels = block.labels.map(extent)
        return rows.contains { row in
            let fields = lines[row].gapped
            // A figure one space behind the label is the label's, as the gaps cut the line.
            let isGlued = lines[row].words[fields[0]].contains { $0.isFigure && extent($0.piece).overlaps(name) }
            return isGlued
                || zip(fields.dropFirst(), labels).contains { !extent(lines[row], $0).overlaps($1) }
        }
    }

    /// Where a label ends, without figures one space behind it.
    private func labelEnd(_ row: Int) -> Int {
        let words = lines[row].words[lines[row].gapped[0]]
        let last = words.last { !$0.isFigure } ?? words.last
        return last.map { extent($0.piece).end } ?? 0
    }

    /// A name of one column in a line of its own right above the others, of which its column's goes on in lower case.
    ///
    ///                      Secondary
    ///           Primary      schools
    ///
    /// - Returns: A piece for each column; nil where the line is a title.
    /// - Throws: A name above another column than the last: it would go on to the right.
    func loneUpper(_ upper: Int, above block: SpacedBlock, _ rows: [Int]) throws(Reason) -> [PageText.Piece]? {
        let width = block.labels.count
        guard page.isIndented(upper), width > 1, hasTitle(above: upper),
            let piece = lines[upper].piece(lines[upper].gapped[0])
        else { return nil }
        let text = LabelText.normalized(page.string(piece))
        guard UnitText(text) == nil, !HeadingLines.namesYear(text), text.first?.isLetter == true else { return nil }
        let name = extent(piece)
        let columns = columns(rows, width: width, labels: block.labels)
        let below = columns.indices.filter { columns[$0].overlaps(name) }
        guard below.count == 1, let place = below.first else { return nil }
        let label = extent(block.labels[place])
        let goesOn = page.string(block.labels[place]).first?.isLowercase == true || text.hasSuffix("-")
        guard goesOn, label.start == name.start || label.end == name.end else { return nil }
        guard place == width - 1 else { throw Self.cannotPlace(text, line: upper + 1) }
        var pieces = [PageText.Piece](repeating: PageText.Piece(0..<0), count: width)
        pieces[place] = piece
        return pieces
    }

    /// Whether a text stands above a line, and nothing right above it.
    private func hasTitle(above index: Int) -> Bool {
        guard index > 1, lines[index - 1].words.isEmpty, !page.lines[index - 1].isFurniture else { return false }
        return lines[..<index].contains { !$0.words.isEmpty }
    }
}
