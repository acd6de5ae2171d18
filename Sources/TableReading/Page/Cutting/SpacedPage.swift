import Annals

/// A page whose fields are parted by spaces, cut into the same lines and fields as any other.
///
/// Where two or more spaces part all fields, they alone do (``GapColumns``). Where one does, `02 Akershus 2 549 -448 -` is three figures or
/// four: how many there must be is known from the heading, and in half a matrix from the row's own place in it. What
/// is left open, the sums that the table prints decide; what they leave open is refused.
struct SpacedPage {
    private(set) var page: PageText
    private(set) var lines: [SpacedLine]
    /// Whether two or more spaces stand between label and figures, and between figures.
    let isGapped: Bool
    private(set) var blocks: [SpacedBlock] = []
    /// What stands above the labels in the headings.
    private var stubs: Set<String> = []

    static let (lookedAt, fewestRows) = (400, 2)

    /// Whether the lines are rows of a label and figures, parted by spaces.
    static func looksLikePage(_ page: PageText) -> Bool {
        var (rows, filled, fields) = (0, 0, 0)
        for line in page.lines.prefix(lookedAt) {
            guard case .text = line.form else { continue }
            filled += 1
            // Two words and one space between them are no row, and nothing parts them.
            guard page.withBytes(line.text, SpacedLine.mayHaveFields) else {
                fields = 1
                continue
            }
            let cut = SpacedLine(page, line)
            if isRow(cut), !page.withBytes(line.text, { $0.contains(0x22) || $0.contains(0x3B) }) {
                // One row is enough below a line of as many fields.
                rows += fields > 1 && cut.gapped.count == fields ? fewestRows : 1
            }
            fields = cut.gapped.count
        }
        return rows >= fewestRows && rows * 3 >= filled

        func isRow(_ line: SpacedLine) -> Bool {
            if line.labelCount > 0, line.figures.count > 1 { return true }
            // One figure, or a year in front, where a gap parts them and no comma does.
            guard GapColumns.isRow(line), let label = line.piece(line.gapped[0]) else { return false }
            return page.withBytes(label) { $0.last != UInt8(ascii: ",") }
        }
    }

    /// - Throws: A row that can be cut in several ways, or in none.
    static func cut(_ page: PageText) throws(Reason) -> PageText {
        var spaced = SpacedPage(page)
        try spaced.findBlocks()
        try spaced.cutBlocks()
        return spaced.page
    }

    private init(_ page: PageText) {
        self.page = page
        lines = page.lines.map { SpacedLine(page, $0) }
        isGapped = GapColumns.part(lines)
    }

    /// Whether a line is a label and figures.
    func isRow(_ index: Int) -> Bool {
        guard !PageFurniture.isCertain(string(index)) else { return false }
        return lines[index].labelCount > 0 && !lines[index].figures.isEmpty
            || isGapped && GapColumns.isRow(lines[index])
    }

    /// Whether a line would be a row of so many figures, were it not for a word among them, or behind them.
    private func isSpoiltRow(_ index: Int, width: Int) -> Bool {
        lines[index].isSpoilt(width: width) && !PageFurniture.isCertain(string(index))
    }

    func string(_ index: Int) -> String { page.string(page.lines[index].text) }

    // MARK: Blocks

    private mutating func findBlocks() throws(Reason) {
        let rowCodes = Set(
            lines.indices.compactMap { index in
                lines[index].label.flatMap { CodedLabel(LabelText.normalized(page.string($0)))?.code }
            })
        let rowNames = Set(
            lines.indices.filter(isRow).compactMap { lines[$0].label.map { Self.bare(page.string($0)) } })
        let headings = SpacedHeading(page, lines, rowCodes: rowCodes)
        let columns = isGapped ? GapColumns(page, lines) : nil
        // The heading's words, and its block.
        var known: [[String]: Int] = [:]
        for index in lines.indices where !lines[index].words.isEmpty {
            if let block = try heading(index, headings, columns, known: known) {
                takeBack(block.further.map(\.line))
                known[words(block.line)] = known[words(block.line)] ?? blocks.count
                blocks.append(block)
                if let stub = block.stub { stubs.insert(LabelText.normalized(page.string(stub))) }
                takeSecondLine(index + 1)
                continue
            }
            guard let last = blocks.last, last.secondLine != index, !last.further.contains(where: { $0.line == index }),
                !NoteLine.beginsLikeNote(string(index)) || isRow(index, of: last)
            else { continue }
            // A title with a year in it, apart from the rows.
            if lines[index].gapped.count == 1, isTitle(index, below: last) || last.isOfGaps && !isBehindTable(index) {
                continue
            }
            if !isGapped, isBehindTable(index) { lines[index].takeOpenClass(page, width: last.width) }
            let isKnown = !isRow(index) && lines[index].figures.isEmpty && isRowAlone(index, rowCodes, rowNames)
            let isWhole = last.isOfGaps && isBehindTable(index) && lines[index].gapped.count - 1 == last.width
            guard isRow(index) || isKnown || isWhole || isSpoiltRow(index, width: last.width) else {
                try refuseGroup(index, last)
                continue
            }
            if last.isOfGaps || isGapped && lines[index].gapped.count - 1 == last.width {
                lines[index].cutLabel(width: last.width)
            }
            guard let label = lines[index].label else { continue }
            let name = SpacedHeading.name(page.string(label))
            blocks[blocks.count - 1].rows.append(.init(line: index, label: label, name: name))
        }
        try refuseRowsAbove()
        for block in blocks.indices { takeRepeatedNumber(block) }
    }

    private func words(_ index: Int) -> [String] { lines[index].words.map { page.string($0.piece) } }

    private func heading(
        _ index: Int, _ headings: SpacedHeading, _ columns: GapColumns?, known: [[String]: Int]
    ) throws(Reason) -> SpacedBlock? {
        if let block = headings.coded(index) { return block }
        // Another line may stand above the same labels.
        if let again = known[words(index)], !blocks[again].hasTotal, blocks[again].further.isEmpty || columns == nil {
            return columns?.again(blocks[again], line: index) ?? blocks[again].again(line: index)
        }
        guard let columns else { return try plain(index, headings) }
        // What stands below codes is theirs: the total's heading, rows of which some have no figures.
        if blocks.last?.isOfGaps == false, isBehindTable(index) { return nil }
        return try columns.heading(index, isBehindTable: isBehindTable(index), stubs: stubs)
    }

    /// Lines that were rows until the heading below them took them.
    private mutating func takeBack(_ taken: [Int]) {
        guard let last = blocks.indices.last else { return }
        while let row = blocks[last].rows.last, taken.contains(row.line) { blocks[last].rows.removeLast() }
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
        if let coded = CodedLabel(label) { return codes.contains(coded.code) && names.contains(coded.label) }
        return names.contains(label)
    }

    /// A heading of words: the line right above the first rows, or above rows behind a gap.
    private func plain(_ index: Int, _ headings: SpacedHeading) throws(Reason) -> SpacedBlock? {
        guard let next = lines.indices[(index + 1)...].first(where: { !page.lines[$0].isFurniture }),
            isRow(next) || lines[next].hasFiguresInLabel,
            index == 0 || lines[index - 1].words.isEmpty || !isRow(index - 1) || isTitleOfYear(index - 1),
            !isRow(index) || headsYears(index) && !isRowBelowHeading(index)
        else { return nil }
        let rows = lines.indices[next...].prefix(Self.lookedAt).prefix {
            page.lines[$0].isFurniture || !lines[$0].words.isEmpty
        }
        .filter { lines[$0].labelCount > 0 && !lines[$0].figures.isEmpty }
        return try headings.plain(index, rows: rows.count) { count in
            rows.count { SpacedCut.isPossible(lines[$0].figures, count: count, joinsAlways: false) }
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
            throw noHeading
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
        if extent == .full { try refuseNumberedLabels() }
        writeHeadings()
    }

    /// Words of all ways to cut all rows.
    private static let mostWork = 5_000_000

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
            if isSpoiltRow(row.line, width: block.width) { return [] }
            let own = block.names.contains(row.name) && extent.count(row, in: block) > 0
            return own || extent == .full ? [] : [[]]
        }
        let ways = SpacedCut.all(words, count: extent.count(row, in: block), joinsAlways: isGapped)
        guard extent == .toDiagonal, block.names.contains(row.name) else { return ways }
        // The diagonal is nobody's figure.
        return ways.filter { way in
            guard let last = way.last, let piece = lines[row.line].piece(last) else { return false }
            return page.withBytes(piece) { SpacedSums.value($0) == 0 }
        }
    }

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

    func isTotal(_ label: PageText.Piece) -> Bool {
        let label = LabelText.normalized(page.string(label))
        return CodedLabel(label) == nil && TotalLabel.matches(label)
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
            for (line, pieces) in block.further {
                // The same stub above both lines, as where it stands beside a heading of two lines.
                page.replace(line: line, fields: [line < block.line ? block.stub ?? empty : empty] + pieces)
            }
            guard let second = block.secondLine else { continue }
            page.replace(
                line: second,
                fields: [empty, page.lines[second].text] + [PageText.Piece](repeating: empty, count: block.labels.count)
            )
        }
    }
}
