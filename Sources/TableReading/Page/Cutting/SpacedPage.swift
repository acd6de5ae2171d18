import Annals

/// A page whose fields are parted by spaces, cut into the same lines and fields as any other.
///
/// Where two or more spaces part all fields, they alone do. Where one does, `02 Akershus 2 549 -448 -` is three figures or
/// four: how many there must be is known from the heading, and in half a matrix from the row's own place in it. What
/// is left open, the sums that the table prints decide; what they leave open is refused.
struct SpacedPage {
    private var page: PageText
    private var lines: [SpacedLine]
    /// Whether two or more spaces stand between label and figures, and between figures.
    private let isGapped: Bool
    private var blocks: [SpacedBlock] = []

    private static let lookedAt = 400
    private static let fewestRows = 2

    /// Whether the lines are rows of a label and figures, parted by spaces.
    static func looksLikePage(_ page: PageText) -> Bool {
        var (rows, filled) = (0, 0)
        for line in page.lines.prefix(lookedAt) {
            guard case .text = line.form else { continue }
            filled += 1
            let cut = SpacedLine(page, line)
            let isQuoted = page.withBytes(line.text) { $0.contains(0x22) || $0.contains(0x3B) }
            if cut.labelCount > 0, cut.figures.count > 1, !isQuoted { rows += 1 }
        }
        return rows >= fewestRows && rows * 3 >= filled
    }

    /// - Throws: A row that can be cut in several ways, or in none.
    static func cut(_ page: PageText) throws(Reason) -> PageText {
        var spaced = SpacedPage(page)
        spaced.findBlocks()
        try spaced.cutBlocks()
        return spaced.page
    }

    private init(_ page: PageText) {
        self.page = page
        lines = page.lines.map { SpacedLine(page, $0) }
        var (rows, gapped) = (0, 0)
        for line in lines where line.labelCount > 0 && line.figures.count > 1 {
            rows += 1
            let fields = line.gapped
            if fields.count > 1, fields[0].upperBound == line.labelCount { gapped += 1 }
        }
        isGapped = gapped * 5 >= rows * 4
    }

    private func isRow(_ index: Int) -> Bool { lines[index].labelCount > 0 && !lines[index].figures.isEmpty }

    private func string(_ index: Int) -> String { page.string(page.lines[index].text) }

    // MARK: Blocks

    private mutating func findBlocks() {
        let rowCodes = Set(
            lines.indices.compactMap { index in
                lines[index].label.flatMap { CodedLabel(LabelText.normalized(page.string($0)))?.code }
            })
        let rowNames = Set(
            lines.indices.filter(isRow).compactMap { lines[$0].label.map { Slug.make(Self.bare(page.string($0))) } })
        let headings = SpacedHeading(page, lines, rowCodes: rowCodes)
        var index = 0
        while index < lines.count {
            defer { index += 1 }
            guard !lines[index].words.isEmpty else { continue }
            if let block = headings.coded(index) ?? plain(index, headings) {
                blocks.append(block)
                takeSecondLine(index + 1)
                continue
            }
            guard !blocks.isEmpty, blocks[blocks.count - 1].secondLine != index,
                !NoteLine.beginsLikeNote(string(index))
            else { continue }
            let isKnown = !isRow(index) && lines[index].figures.isEmpty && isRowAlone(index, rowCodes, rowNames)
            guard isRow(index) || isKnown, let label = lines[index].label else { continue }
            let name = SpacedHeading.name(page.string(label))
            blocks[blocks.count - 1].rows.append(.init(line: index, label: label, name: name))
        }
        for block in blocks.indices { takeRepeatedNumber(block) }
    }

    /// Takes the last word off rows that all end in their own number, and its heading off theirs.
    private mutating func takeRepeatedNumber(_ block: Int) {
        let rows = blocks[block].rows.filter { !lines[$0.line].figures.isEmpty }
        guard rows.count > 2,
            rows.allSatisfy({ row in
                lines[row.line].figures.last.map { Self.isNumber(page.string($0.piece), of: row.name) } ?? false
            })
        else { return }
        blocks[block].repeatsNumber = true
        for row in rows { lines[row.line].dropLast() }
        let last = blocks[block].labels.count - 1
        blocks[block].labels[last] = withoutNumber(blocks[block].labels[last], line: blocks[block].line)
    }

    /// `20 Finnmark Nr.` without its last word, which heads the number.
    private func withoutNumber(_ label: PageText.Piece, line: Int) -> PageText.Piece {
        guard let last = lines[line].words.last, last.piece.end == label.end, last.piece.start > label.start,
            ["nr", "no"].contains(Slug.make(page.string(last.piece)))
        else { return label }
        let words = lines[line].words
        return PageText.Piece(Int(label.start)..<Int(words[words.count - 2].piece.end))
    }

    private static func isNumber(_ text: String, of code: String) -> Bool {
        !text.isEmpty && text.allSatisfy(\.isNumber) && text.drop { $0 == "0" } == code.drop { $0 == "0" }
    }

    /// Without the code in front.
    private static func bare(_ label: String) -> String {
        CodedLabel(LabelText.normalized(label))?.label ?? LabelText.normalized(label)
    }

    /// Whether a line without figures is the label of a row that stands elsewhere too.
    private func isRowAlone(_ index: Int, _ codes: Set<String>, _ names: Set<String>) -> Bool {
        let label = LabelText.normalized(string(index))
        if let coded = CodedLabel(label) { return codes.contains(coded.code) && names.contains(Slug.make(coded.label)) }
        return names.contains(Slug.make(label))
    }

    /// A heading of words: the line right above the first rows, or above rows behind a gap.
    private func plain(_ index: Int, _ headings: SpacedHeading) -> SpacedBlock? {
        let next = index + 1
        guard next < lines.count, isRow(next), index == 0 || lines[index - 1].words.isEmpty || !isRow(index - 1),
            !isRow(index) || headsYears(index)
        else { return nil }
        let rows = lines[next...].prefix { !$0.words.isEmpty && $0.labelCount > 0 && !$0.figures.isEmpty }
        return headings.plain(index) { count in
            rows.allSatisfy { SpacedCut.isPossible($0.figures, count: count, joinsAlways: isGapped) }
        }
    }

    /// `Region 2010 2011`.
    private func headsYears(_ index: Int) -> Bool {
        lines[index].figures.allSatisfy { YearValue.parse(page.string($0.piece)) != nil }
    }

    /// The heading of the total, on a line of its own below the others.
    private mutating func takeSecondLine(_ index: Int) {
        guard index < lines.count, !lines[index].words.isEmpty, lines[index].figures.isEmpty,
            TotalLabel.matches(string(index)), CodedLabel(string(index)) == nil
        else { return }
        blocks[blocks.count - 1].secondLine = index
    }

    // MARK: Rows

    /// A row of the table with all its blocks, and the ways to cut it.
    private struct Choice {
        var name: String
        /// Block and place among its rows.
        var places: [(block: Int, row: Int)] = []
        /// *Shape:* one a way; the fields of each place.
        var ways: [[[Range<Int>]]] = [[]]
    }

    private mutating func cutBlocks() throws(Reason) {
        guard !blocks.isEmpty else {
            throw Reason(
                "No line names the columns of a page that is parted by spaces", line: firstRow,
                expected: "a line of headings above the rows", remedy: "Export the table as CSV with a header line")
        }
        let extent = try self.extent()
        var choices: [Choice] = []
        var placeByName: [String: Int] = [:]
        var work = 0
        for (block, content) in blocks.enumerated() {
            for (row, printed) in content.rows.enumerated() {
                let ways = ways(printed, content, extent)
                guard !ways.isEmpty else { throw widthReason(printed, content, extent) }
                work += ways.count * lines[printed.line].words.count
                guard work <= Self.mostWork else { throw refusal(printed, ways) }
                let place = placeByName[printed.name] ?? choices.count
                if place == choices.count {
                    placeByName[printed.name] = place
                    choices.append(Choice(name: printed.name))
                }
                choices[place].places.append((block, row))
                guard choices[place].ways.count * ways.count <= SpacedCut.most else { throw refusal(printed, ways) }
                choices[place].ways = choices[place].ways.flatMap { way in ways.map { way + [$0] } }
            }
        }
        try decide(choices, extent)
        writeHeadings()
    }

    /// Words of all ways to cut all rows.
    private static let mostWork = 5_000_000

    private var firstRow: Int? {
        lines.indices.dropLast().first { isRow($0) && isRow($0 + 1) }.map { $0 + 1 }
    }

    /// Whether a row can be cut under an extent.
    private func allows(_ row: SpacedBlock.Row, _ block: SpacedBlock, _ extent: SpacedExtent) -> Bool {
        let words = lines[row.line].figures
        guard let last = words.last else { return !ways(row, block, extent).isEmpty }
        if extent == .toDiagonal, block.names.contains(row.name),
            page.withBytes(last.piece, { SpacedSums.value($0) != 0 })
        {
            return false
        }
        return SpacedCut.isPossible(words, count: extent.count(row, in: block), joinsAlways: isGapped)
    }

    private func ways(_ row: SpacedBlock.Row, _ block: SpacedBlock, _ extent: SpacedExtent) -> [[Range<Int>]] {
        let words = lines[row.line].figures
        if words.isEmpty {
            let own = block.names.contains(row.name) && extent.count(row, in: block) > 0
            return own || !isBlankAllowed(extent) ? [] : [[]]
        }
        let ways = SpacedCut.all(words, count: extent.count(row, in: block), joinsAlways: isGapped)
        guard extent == .toDiagonal, block.names.contains(row.name) else { return ways }
        // The diagonal is nobody's figure.
        return ways.filter { way in
            guard let last = way.last, let piece = lines[row.line].piece(last) else { return false }
            return page.withBytes(piece) { SpacedSums.value($0) == 0 }
        }
    }

    private func isBlankAllowed(_ extent: SpacedExtent) -> Bool { extent != .full }

    /// What all rows allow.
    private func extent() throws(Reason) -> SpacedExtent {
        var isMatrix = false
        for block in blocks {
            let names = Set(block.names)
            if block.rows.count(where: { names.contains($0.name) }) > 1 { isMatrix = true }
        }
        guard isMatrix else { return .full }
        let possible = SpacedExtent.allCases.filter { extent in
            blocks.allSatisfy { block in block.rows.allSatisfy { allows($0, block, extent) } }
        }
        if let only = possible.first { return only }
        // Where one row is wrong, the extent that most rows have says which.
        return SpacedExtent.allCases.max { fitting($0) < fitting($1) } ?? .full
    }

    private func fitting(_ extent: SpacedExtent) -> Int {
        blocks.reduce(0) { sum, block in sum + block.rows.count { allows($0, block, extent) } }
    }

    private mutating func decide(_ choices: [Choice], _ extent: SpacedExtent) throws(Reason) {
        var sums = SpacedSums()
        let isHalf = extent != .full
        let areSums = isHalf || totalsAreSums(choices)
        for choice in isHalf ? choices.reversed() : choices {
            var kept: [(way: [[Range<Int>]], row: SpacedSums.Row?)] = []
            let isOpen = choice.places.contains { place in
                SpacedCut.joints(lines[blocks[place.block].rows[place.row].line].figures) > 0
            }
            let all = choice.ways.map { (way: $0, row: summed($0, choice)) }
            for candidate in all {
                guard let row = candidate.row, !isGapped, isOpen, areSums || all.count > 1 else {
                    kept.append(candidate)
                    continue
                }
                if sums.holds(row, name: choice.name, isHalf: isHalf) { kept.append(candidate) }
            }
            guard kept.count == 1, let only = kept.first else {
                let place =
                    choice.places.first { place in
                        SpacedCut.joints(lines[blocks[place.block].rows[place.row].line].figures) > 0
                    } ?? choice.places[0]
                let row = blocks[place.block].rows[place.row]
                let part = choice.places.firstIndex { $0 == place } ?? 0
                throw refusal(row, (kept.isEmpty ? all : kept).map { $0.way[part] }, addsUp: !kept.isEmpty)
            }
            if let row = only.row { sums.add(row) }
            for (place, fields) in zip(choice.places, only.way) { write(place.block, place.row, fields) }
        }
    }

    /// Whether most rows that can be cut in one way only have a total that is their sum.
    private func totalsAreSums(_ choices: [Choice]) -> Bool {
        let rows = choices.filter { $0.ways.count == 1 }.compactMap { choice in
            summed(choice.ways[0], choice).map { SpacedSums().holds($0, name: choice.name, isHalf: false) }
        }
        return rows.count { $0 } * 2 >= rows.count
    }

    /// The figures of a cut; nil where the table prints no total, or one can't be summed.
    private func summed(_ way: [[Range<Int>]], _ choice: Choice) -> SpacedSums.Row? {
        var row = SpacedSums.Row(cells: [], total: 0)
        var hasTotal = false
        for (place, fields) in zip(choice.places, way) {
            let block = blocks[place.block]
            let line = lines[block.rows[place.row].line]
            for (index, field) in fields.enumerated() {
                guard let piece = line.piece(field), let value = page.withBytes(piece, SpacedSums.value) else {
                    return nil
                }
                let label = index - (block.hasTotal ? 1 : 0)
                if label < 0 || isTotal(block.labels[label]) {
                    hasTotal = true
                    row.total = value
                } else {
                    row.cells.append((block.names[label], value))
                }
            }
        }
        return hasTotal ? row : nil
    }

    private func isTotal(_ label: PageText.Piece) -> Bool {
        let label = LabelText.normalized(page.string(label))
        return CodedLabel(label) == nil && TotalLabel.matches(label)
    }

    // MARK: Refusals

    private func widthReason(_ row: SpacedBlock.Row, _ block: SpacedBlock, _ extent: SpacedExtent) -> Reason {
        let line = lines[row.line]
        // The label seems to go on to the last word that is no figure.
        if line.labelCount > 1, line.words[1..<line.labelCount].contains(where: { $0.isFigure && $0.mayBeginGroups }) {
            let word = page.string(line.words[line.labelCount - 1].piece)
            return Reason(
                "`\(word)` stands among the figures of the row and is none", line: row.line + 1, found: word,
                expected: "a figure or a symbol", remedy: "Correct it, or export the table with tabs, or as CSV")
        }
        let expected = extent.count(row, in: block)
        let found = lines[row.line].figures.count
        return Reason(
            "The words of the row don't make as many figures as the heading has columns", line: row.line + 1,
            found: "\(found) words: \(string(row.line))", expected: "\(expected) figures",
            remedy: "Compare the row with the heading above it; export the table with tabs, or as CSV")
    }

    private func refusal(_ row: SpacedBlock.Row, _ ways: [[Range<Int>]], addsUp: Bool = true) -> Reason {
        let line = lines[row.line]
        let readings = ways.prefix(2).map { way in
            way.compactMap { line.piece($0).map(page.string) }.joined(separator: " | ")
        }
        return Reason(
            addsUp
                ? "The row can be cut in more than one way, and no sum of the table decides"
                : "The row can be cut in several ways, and none adds up to the total that the table prints",
            line: row.line + 1, found: string(row.line), expected: readings.joined(separator: "  or  "),
            remedy: "Export the table with tabs, or as CSV")
    }

    // MARK: Writing

    private mutating func write(_ block: Int, _ row: Int, _ fields: [Range<Int>]) {
        let printed = blocks[block].rows[row]
        let line = lines[printed.line]
        var pieces = [printed.label] + fields.compactMap(line.piece)
        while pieces.count <= blocks[block].width { pieces.append(PageText.Piece(0..<0)) }
        if blocks[block].repeatsNumber, let number = line.dropped { pieces.append(number) }
        page.replace(line: printed.line, fields: pieces)
    }

    private mutating func writeHeadings() {
        let empty = PageText.Piece(0..<0)
        for block in blocks {
            let total = block.hasTotal ? [block.total ?? empty] : []
            page.replace(line: block.line, fields: [block.stub ?? empty] + total + block.labels)
            guard let second = block.secondLine else { continue }
            page.replace(
                line: second,
                fields: [empty, page.lines[second].text] + [PageText.Piece](repeating: empty, count: block.labels.count)
            )
        }
    }
}
