import Annals

/// Finds the headings of a page parted by spaces.
///
///     Nr. Fylke Nettoinnflytting, i alt 01 Østfold 02 Akershus        codes begin the labels
///     Region   Births   Deaths                                        two spaces part them
///     Region 2010 2011                                                one word each
struct SpacedHeading {
    private let page: PageText
    private let lines: [SpacedLine]
    /// Codes that stand in front of rows.
    private let rowCodes: Set<String>

    init(_ page: PageText, _ lines: [SpacedLine], rowCodes: Set<String>) {
        self.page = page
        self.lines = lines
        self.rowCodes = rowCodes
    }

    /// A heading whose labels begin with the codes of the rows; nil where the line is none.
    func coded(_ index: Int) -> SpacedBlock? {
        let words = lines[index].words
        var starts: [Int] = []
        for (place, word) in words.enumerated() {
            let text = page.string(word.piece)
            guard (2...6).contains(text.utf8.count), text.utf8.allSatisfy(NumberShape.isDigit) else { continue }
            guard starts.isEmpty || page.string(words[starts[0]].piece).utf8.count == text.utf8.count,
                starts.last.map({ page.string(words[$0].piece) < text }) ?? true
            else { return nil }
            starts.append(place)
        }
        let codes = starts.map { page.string(words[$0].piece) }
        guard starts.count > 1, codes.filter(rowCodes.contains).count * 2 > codes.count else { return nil }
        // A label is behind each code, or behind none.
        let ends = starts.dropFirst() + [words.count]
        let labels = zip(starts, ends).map { $0..<$1 }
        guard labels.allSatisfy({ $0.count > 1 }) || labels.allSatisfy({ $0.count == 1 }) else { return nil }
        // A figure in a label, other than a dash, is that of a row.
        let inner = labels.flatMap { $0.dropFirst() }.filter { words[$0].isFigure }
        guard inner.allSatisfy({ page.string(words[$0].piece).utf8.count <= 3 && words[$0].mayBeginGroups == false })
        else { return nil }
        let prefix = prefix(lines[index], words[..<starts[0]])
        guard starts[0] == 0 || !words[..<starts[0]].contains(where: { $0.isFigure }) else { return nil }
        return SpacedBlock(
            line: index, stub: prefix.stub, total: prefix.total, secondLine: nil,
            labels: labels.compactMap(lines[index].piece), names: codes)
    }

    /// A heading of words, above rows of as many figures.
    ///
    /// - Parameters:
    ///   - index: The line.
    ///   - rows: How many rows stand below.
    ///   - support: How many of them can have so many figures.
    /// - Returns: Nil where neither gaps nor words make labels of it.
    /// - Throws: A heading whose first word may stand above the rows' labels, or above their figures.
    func plain(_ index: Int, rows: Int, support: (Int) -> Int) throws(Reason) -> SpacedBlock? {
        let line = lines[index]
        let isIndented = page.isIndented(index)
        for fields in [line.gapped, line.words.indices.map { $0..<$0 + 1 }] where fields.count > 1 {
            let namesStub = line.piece(fields[0]).map { Self.isStubWord(page.string($0)) } ?? false
            let (behindStub, whole) = (isIndented ? 0 : support(fields.count - 1), support(fields.count))
            // One row may be wrong; where most are right, that row is refused and not the heading.
            let mayBeStubbed = behindStub > 0 && behindStub * 2 >= rows
            let mayBeWhole = whole > 0 && whole * 2 >= rows && (isIndented || !namesStub)
            guard mayBeStubbed || mayBeWhole, !(mayBeStubbed && mayBeWhole && behindStub == whole) else { continue }
            let stubbed = mayBeStubbed && (!mayBeWhole || behindStub > whole)
            let pieces = fields.compactMap(line.piece)
            let labels = stubbed ? Array(pieces.dropFirst()) : pieces
            if stubbed {
                let areParted = fields.count == line.gapped.count
                try refuseDoubtfulStub(pieces.map(page.string), areParted: areParted, line: index)
            }
            return SpacedBlock(
                line: index, stub: stubbed ? pieces.first : nil, total: nil, secondLine: nil, labels: labels,
                names: labels.map { Self.name(page.string($0)) })
        }
        return nil
    }

    /// The code in front of a label, else the label.
    static func name(_ label: String) -> String {
        let label = LabelText.normalized(label)
        return CodedLabel(label)?.code ?? label
    }

    /// What stands in front of the first code: the stub's name, the heading of the total.
    private func prefix(
        _ line: SpacedLine, _ words: ArraySlice<SpacedLine.Word>
    ) -> (stub: PageText.Piece?, total: PageText.Piece?) {
        guard !words.isEmpty else { return (nil, nil) }
        var end = 0
        while end < words.count, Self.stubWords.contains(Slug.make(page.string(words[end].piece))) { end += 1 }
        return (line.piece(0..<end), line.piece(end..<words.count))
    }

    /// - Throws: A first word that names a column, or one beside words of which two seem to be one name: `Men Women Both
    ///   sexes` above three figures.
    private func refuseDoubtfulStub(_ names: [String], areParted: Bool, line: Int) throws(Reason) {
        guard let first = names.first, !Self.isStubWord(first) else { return }
        let others = names.dropFirst()
        guard Self.namesColumn(first, beside: others) || !areParted && Self.holdPhrase(others) else { return }
        throw Self.doubtfulStub(first, found: page.string(page.lines[line].text), line: line + 1)
    }

    /// The refusal of a name that may stand above the labels of rows, or above their first figures.
    static func doubtfulStub(_ name: String, found: String, line: Int) -> Reason {
        Reason(
            "`\(name)` may be the name of the rows, or of their first figures", line: line, column: 1, found: found,
            expected: "a name above each column of figures, and in front of them what the rows are, or nothing",
            remedy: "Export the table with tabs, or as CSV; where a column is empty throughout, print a symbol in it")
    }

    /// Whether a name can't be that of rows: a year beside years, a sex beside another.
    static func namesColumn(_ name: String, beside others: some Sequence<String>) -> Bool {
        let name = LabelText.normalized(name)
        if HeadingLines.namesYear(name) { return others.contains { HeadingLines.namesYear(LabelText.normalized($0)) } }
        // `Men` above rows and beside years says of whom they are.
        return sexes.contains(Slug.make(name)) && others.contains { sexes.contains(Slug.make($0)) }
    }

    private static let sexes = Set(
        [
            "men", "women", "male", "female", "males", "females", "boys", "girls", "both", "menn", "kvinner", "gutter",
            "jenter", "mænd", "kvinder", "drenge", "piger", "män", "kvinnor", "pojkar", "flickor", "männer", "frauen",
            "männlich", "weiblich", "jungen", "mädchen", "hommes", "femmes", "garçons", "filles", "miehet", "naiset",
            "hombres", "mujeres", "mannen", "vrouwen",
        ].map { Slug.make($0) })

    /// Whether two words that follow one another are one name: `Both sexes`, `Per cent`; or one goes on in lower case
    /// where others begin with a capital: `All persons`.
    private static func holdPhrase(_ names: ArraySlice<String>) -> Bool {
        let pairs = zip(names, names.dropFirst()).map { "\($0) \($1)" }
        if pairs.contains(where: { TotalColumns.isTotal($0) || UnitText($0)?.kind == .percent }) { return true }
        return names.contains { $0.first?.isUppercase == true } && names.contains { $0.first?.isLowercase == true }
    }

    /// Whether a word is what stands above labels of rows.
    static func isStubWord(_ word: String) -> Bool { stubWords.contains(Slug.make(word)) }

    private static let stubWords: Set<String> = [
        "nr", "no", "number", "code", "kode", "fylke", "county", "fra", "from", "til", "to", "region", "kommune",
        "municipality", "kommunenr", "fylkesnr", "landsdel", "country", "land", "district", "state", "province", "area",
        "city", "town", "place", "zone", "bydel", "kreis", "bezirk", "gemeinde", "kanton", "canton", "group",
        "category",
        "item", "type", "name", "navn", "namn", "age", "alder", "alter", "sex", "kjonn", "year", "ar", "jahr", "annee",
    ]
}
