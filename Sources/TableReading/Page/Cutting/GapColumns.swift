import Annals

/// A page on which two spaces or more part all fields: what stands in which column, and the lines that head them.
///
///                            2001        2011   Change, per cent
///                                               2001-2011
///     All households          548         190            12.4
///     Living alone            563        n.a.            19.3
///
/// A row's fields are what its gaps part, whatever stands in them: a field that is no figure is refused as one, and its
/// row stays a row. A heading has as many fields as most rows below it have figures, or one more for the stub. A second
/// line of a heading is placed by what can't be otherwise: fields in equal number, the same labels again below each of
/// its fields, or a field that stands over or under one column alone.
struct GapColumns {
    let page: PageText
    let lines: [SpacedLine]

    init(_ page: PageText, _ lines: [SpacedLine]) {
        self.page = page
        self.lines = lines
    }

    /// Whether gaps part the fields of most rows.
    static func part(_ lines: [SpacedLine]) -> Bool {
        var (rows, gapped) = (0, 0)
        for line in lines where line.labelCount > 0 && line.figures.count > 1 {
            rows += 1
            if line.hasGapBehindLabel { gapped += 1 }
        }
        if rows > 0, gapped * 5 >= rows * 4 || areEqual(lines) { return true }
        // One column of figures, or years in front of them.
        let single = lines.filter { $0.words.count > 1 && ($0.labelCount == 0 || $0.figures.count == 1) }
        guard rows * 2 <= single.count else { return false }
        let apart = single.count { $0.gapped.count > 1 && ($0.labelCount == 0 || $0.hasGapBehindLabel) }
        return apart > 1 && apart * 2 > single.count
    }

    /// Whether the gaps part most rows, labels with figures in them (`Zone 1`) among them, into as many fields, and a
    /// line of words into as many or one less.
    private static func areEqual(_ lines: [SpacedLine]) -> Bool {
        let rows = lines.filter { $0.labelCount > 0 && isRow($0) }
        var counts: [Int: Int] = [:]
        for row in rows { counts[row.gapped.count, default: 0] += 1 }
        guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
            lines.count(where: { $0.gapped.count == most.key }) > 1, most.value * 5 >= rows.count * 4,
            !rows.contains(where: { row in row.words.contains { $0.isLeader } })
        else { return false }
        // A label and one figure, each behind a gap, say enough.
        return most.key == 2
            || lines.contains { line in
                let fields = line.gapped
                return fields.count > 1 && (fields.count == most.key || fields.count + 1 == most.key)
                    && fields.allSatisfy { field in
                        !field.allSatisfy { line.words[$0].isFigure }
                            || field.count == 1 && !line.words[field.lowerBound].mayBeginGroups
                    }
            }
    }

    /// Whether a line is a row as the gaps cut it: a label, and a figure right of it.
    static func isRow(_ line: SpacedLine) -> Bool {
        let fields = line.gapped
        return fields.count > 1 && fields.dropFirst().contains { $0.allSatisfy { line.words[$0].isFigure } }
    }

    // MARK: Headings

    /// The heading right above rows, with its second line.
    ///
    /// - Parameters:
    ///   - index: Its last line.
    ///   - isBehindTable: Whether a row or a heading stands right above it.
    ///   - stubs: What stands above the labels in other headings.
    /// - Returns: Nil where the line heads nothing.
    /// - Throws: A second line whose fields can't be placed.
    func heading(_ index: Int, isBehindTable: Bool, stubs: Set<String>) throws(Reason) -> SpacedBlock? {
        let line = lines[index]
        guard !line.words.isEmpty, mayHead(index, isBehindTable: isBehindTable, stubs: stubs) else { return nil }
        let rows = rows(below: index)
        guard let width = width(rows, fields: line.gapped.count) else { return nil }
        if let block = whole(index, rows, width: width) {
            try refuseWords(block, rows, width: width)
            try refuseShift(block, rows, width: width)
            return try withUpperLine(block, above: index, rows)
        }
        // The line above has all the labels, and this one says more about some of them.
        guard line.gapped.count < width, let upper = previous(index), let block = whole(upper, rows, width: width),
            stand(line.gapped[...], index, above: block)
        else { return nil }
        try refuseWords(block, rows, width: width)
        try refuseShift(block, rows, width: width)
        var pieces = [PageText.Piece](repeating: PageText.Piece(0..<0), count: width)
        let columns = columns(rows, width: width, labels: block.labels)
        for field in line.gapped {
            let found = columns.indices.filter { columns[$0].overlaps(extent(line, field)) }
            guard found.count == 1, let column = found.first, pieces[column].isEmpty, let piece = line.piece(field)
            else {
                // A unit in the middle is that of all figures.
                if UnitText(page.string(page.lines[index].text)) != nil { return block }
                throw Self.cannotPlace(line.piece(field).map(page.string) ?? "", line: index + 1)
            }
            pieces[column] = piece
        }
        var joined = block
        joined.further.append((index, pieces))
        return joined
    }

    /// The heading once more, with its further lines where they stand there too.
    func again(_ block: SpacedBlock, line index: Int) -> SpacedBlock {
        var again = block.again(line: index)
        for (line, pieces) in block.further {
            if line < block.line, let upper = previous(index), isSame(line, upper) {
                again.further.append((upper, pieces))
            }
            if line > block.line, index + 1 < lines.count, isSame(line, index + 1) {
                again.further.append((index + 1, pieces))
            }
        }
        return again
    }

    /// Whether a line isn't a row of figures: years head columns where they begin right of the labels, where their stub
    /// is that of another heading, or where nothing of a table stands right above them.
    private func mayHead(_ index: Int, isBehindTable: Bool, stubs: Set<String>) -> Bool {
        guard !NoteLine.beginsLikeNote(page.string(page.lines[index].text)) else { return false }
        guard Self.isRow(lines[index]) else {
            // A row of which no field is a figure.
            return !(isBehindTable && previous(index).map { hasOtherStub(index, below: $0) } ?? false)
        }
        let names = lines[index].gapped.compactMap(lines[index].piece).map { LabelText.normalized(page.string($0)) }
        if page.isIndented(index), names.allSatisfy(HeadingLines.namesYear) { return true }
        if let stub = names.first, stubs.contains(stub), names.dropFirst().allSatisfy(HeadingLines.namesYear) {
            return true
        }
        guard !isBehindTable else { return false }
        let labels = names.filter { !HeadingLines.namesYear($0) }
        return labels.allSatisfy { !FieldText.looksLikeFigure($0) } || HeadingLines.areCodes(names)
    }

    /// - Throws: A column of words: the rows have more labels than one.
    private func refuseWords(_ block: SpacedBlock, _ rows: [Int], width: Int) throws(Reason) {
        let whole = rows.filter { lines[$0].gapped.count == width + 1 }
        for place in block.labels.indices {
            let words = whole.compactMap { row -> String? in
                let field = lines[row].gapped[place + 1]
                guard !field.allSatisfy({ lines[row].words[$0].isFigure }) else { return nil }
                return lines[row].piece(field).map(page.string)
            }
            guard words.count * 2 > whole.count, Set(words).count > 1,
                !words.contains(where: { NumberShape.isDigit($0.utf8.first ?? 0) })
            else { continue }
            let label = page.string(block.labels[place])
            throw Reason(
                "Words stand below `\(label)`: the rows have more than one label", line: block.line + 1,
                column: place + 2,
                found: words.prefix(2).joined(separator: ", "), expected: "one label, and figures right of it",
                remedy: "Export the table as CSV, with a column for each label")
        }
    }

    /// A line of a label for each column, with the stub's name or without.
    private func whole(_ index: Int, _ rows: [Int], width: Int) -> SpacedBlock? {
        let line = lines[index]
        let fields = line.gapped
        let isStubbed = fields.count == width + 1
        // A single label at the edge is that of a row.
        guard isStubbed || fields.count == width, fields.count > 1 || page.isIndented(index) else { return nil }
        let labels = fields.suffix(width).compactMap(line.piece)
        let names = labels.map { LabelText.normalized(page.string($0)) }
        // What stands above the labels of the rows is the stub's name, and then a column has none.
        if !isStubbed, let first = names.first, isStub(first, line.piece(fields[0]), rows, width: width) { return nil }
        // Figures that are no years are those of a row.
        let areLabels = names.allSatisfy { !FieldText.looksLikeFigure($0) || HeadingLines.namesYear($0) }
        guard areLabels || HeadingLines.areCodes(names) else { return nil }
        return SpacedBlock(
            line: index, stub: isStubbed ? line.piece(fields[0]) : nil, labels: labels,
            names: names.map(SpacedHeading.name), isOfGaps: true)
    }

    /// Whether the first label of a heading names the rows, by its word or by its place.
    private func isStub(_ name: String, _ piece: PageText.Piece?, _ rows: [Int], width: Int) -> Bool {
        guard let piece, !HeadingLines.namesYear(name) else { return false }
        let start = extent(piece).start
        if start == 0, SpacedHeading.isStubWord(name) { return true }
        // Gaps of two spaces don't stand below one another; places speak where columns do.
        return areAligned(rows, width: width)
            && rows.contains { extent(lines[$0], lines[$0].gapped[0]).start >= start }
    }

    /// Whether the fields of each column begin, or end, at one place.
    private func areAligned(_ rows: [Int], width: Int) -> Bool {
        let whole = rows.filter { lines[$0].gapped.count == width + 1 }
        guard whole.count > 1 else { return false }
        return (1...width).allSatisfy { place in
            let extents = whole.map { extent(lines[$0], lines[$0].gapped[place]) }
            return Set(extents.map(\.start)).count == 1 || Set(extents.map(\.end)).count == 1
        }
    }

    /// The heading with the line above it, where that covers its labels.
    private func withUpperLine(_ block: SpacedBlock, above index: Int, _ rows: [Int]) throws(Reason) -> SpacedBlock {
        guard let upper = previous(index), !Self.isRow(lines[upper]) || areYears(upper) else { return block }
        let fields = lines[upper].gapped
        if fields.count == 1, let pieces = try loneUpper(upper, above: block, rows) {
            var joined = block
            joined.further.append((upper, pieces))
            return joined
        }
        guard fields.count > 1, stand(fields.dropFirst(), upper, above: block) else { return block }
        var joined = block
        if isSame(upper, index) {
            joined.further.append((upper, block.labels))
            return joined
        }
        let isStubbed = !stand(fields.prefix(1), upper, above: block)
        let texts = fields.dropFirst(isStubbed ? 1 : 0).compactMap(lines[upper].piece)
        let width = block.labels.count
        if texts.count == width {
            // As where tabs part them: a name of the rows, and no label of one.
            if let stub = block.stub.map(page.string), !isStubbed, !SpacedHeading.isStubWord(stub) {
                throw HeadingLines.rowOfWords(
                    stub, found: block.labels.map(page.string).joined(separator: ", "), line: block.line + 1)
            }
            joined.further.append((upper, texts))
        } else if texts.count < 2 {
            // A title with gaps in it.
            return block
        } else {
            let names = block.labels.map { LabelText.normalized(page.string($0)) }
            let each = width / texts.count
            guard each > 1, each * texts.count == width, names.indices.allSatisfy({ names[$0] == names[$0 % each] })
            else {
                throw Self.cannotPlace(texts.first.map(page.string) ?? "", line: upper + 1)
            }
            var pieces = [PageText.Piece](repeating: PageText.Piece(0..<0), count: width)
            for (place, text) in texts.enumerated() { pieces[place * each] = text }
            joined.further.append((upper, pieces))
        }
        if isStubbed, joined.stub == nil { joined.stub = lines[upper].piece(fields[0]) }
        return joined
    }

    private func areYears(_ index: Int) -> Bool {
        lines[index].gapped.allSatisfy { field in
            lines[index].piece(field).map { HeadingLines.namesYear(page.string($0)) } ?? false
        }
    }

    /// Whether fields begin right of where the first label of a heading does, or above it.
    private func stand(_ fields: ArraySlice<Range<Int>>, _ index: Int, above block: SpacedBlock) -> Bool {
        guard let first = block.labels.first else { return false }
        let start = page.place(Int(first.start))
        return fields.allSatisfy { extent(lines[index], $0).end > start }
    }

    private func isSame(_ first: Int, _ second: Int) -> Bool {
        let (first, second) = (lines[first], lines[second])
        return first.words.count == second.words.count
            && zip(first.words, second.words).allSatisfy { page.string($0.piece) == page.string($1.piece) }
    }

    static func cannotPlace(_ text: String, line: Int) -> Reason {
        Reason(
            "Which columns `\(text)` stands above can't be told", line: line, found: text,
            expected: "a label above each column",
            remedy: "Write it above each of its columns, or export the table as CSV")
    }

    // MARK: Rows

    /// As telling as all of them.
    private static let mostRows = 100

    /// Lines of fields right below a line, up to a gap.
    private func rows(below index: Int) -> [Int] {
        var rows: [Int] = []
        var isApart = false
        for next in (index + 1)..<max(index + 1, lines.count) where rows.count < Self.mostRows {
            if page.lines[next].isFurniture { continue }
            if lines[next].words.isEmpty {
                // A blank line may stand between heading and rows.
                if isApart || !rows.isEmpty { break }
                isApart = true
            } else if Self.isRow(lines[next]) {
                if isApart, rows.isEmpty, page.isIndented(next) || !mayFollow(next) { break }
                rows.append(next)
            } else if rows.isEmpty, !standsLeft(next, of: index), !hasOtherStub(next, below: index) {
                break
            }
        }
        return rows
    }

    /// Whether two lines have as many fields, and other texts in front of them: a heading, and a row without any figure.
    private func hasOtherStub(_ index: Int, below heading: Int) -> Bool {
        let (upper, lower) = (lines[heading].gapped, lines[index].gapped)
        guard upper.count > 1, upper.count == lower.count, !page.isIndented(heading), !page.isIndented(index) else {
            return false
        }
        return lines[heading].piece(upper[0]).map(page.string) != lines[index].piece(lower[0]).map(page.string)
    }

    /// Whether a line is one text in front of the labels of the line above it: the heading of a group of rows.
    private func standsLeft(_ index: Int, of heading: Int) -> Bool {
        let fields = lines[heading].gapped.dropFirst(page.isIndented(heading) ? 0 : 1)
        guard lines[index].gapped.count == 1, let first = fields.first else { return false }
        return extent(lines[index], lines[index].gapped[0]).end <= extent(lines[heading], first).start
    }

    /// Whether a row behind a gap is none of years, which would be a heading itself.
    private func mayFollow(_ index: Int) -> Bool {
        lines[index].gapped.dropFirst().contains { field in
            lines[index].piece(field).map { !HeadingLines.namesYear(page.string($0)) } ?? true
        }
    }

    /// The number of figures that most rows have; where as many have another, the one that the heading's fields suit.
    private func width(_ rows: [Int], fields: Int) -> Int? {
        var counts: [Int: Int] = [:]
        for row in rows { counts[lines[row].gapped.count - 1, default: 0] += 1 }
        return counts.max { left, right in
            let suits = { (width: Int) in width == fields || width + 1 == fields ? 1 : 0 }
            return (left.value, suits(left.key), left.key) < (right.value, suits(right.key), right.key)
        }?.key
    }

    private func previous(_ index: Int) -> Int? {
        var previous = index - 1
        while previous >= 0, page.lines[previous].isFurniture { previous -= 1 }
        return previous >= 0 && !lines[previous].words.isEmpty ? previous : nil
    }

    /// First and last place of a field among the characters of its line.
    struct Extent {
        var start: Int
        var end: Int

        func overlaps(_ other: Extent) -> Bool { start < other.end && other.start < end }
    }

    func extent(_ line: SpacedLine, _ field: Range<Int>) -> Extent {
        line.piece(field).map(extent) ?? Extent(start: 0, end: 0)
    }

    func extent(_ piece: PageText.Piece) -> Extent {
        let start = page.place(Int(piece.start))
        return Extent(start: start, end: start + page.string(piece).unicodeScalars.count)
    }

    /// How far each column reaches, its label included.
    func columns(_ rows: [Int], width: Int, labels: [PageText.Piece]) -> [Extent] {
        var columns = labels.map(extent)
        for row in rows {
            let fields = lines[row].gapped.dropFirst()
            guard fields.count == width else { continue }
            for (place, field) in fields.enumerated() {
                let own = extent(lines[row], field)
                columns[place].start = min(columns[place].start, own.start)
                columns[place].end = max(columns[place].end, own.end)
            }
        }
        return columns
    }
}
