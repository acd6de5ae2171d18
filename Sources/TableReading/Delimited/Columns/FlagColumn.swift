import Annals
import Definitions

/// A column that says status and flags of the figures beside it.
struct FlagColumn {
    /// What one text of the column means.
    enum Meaning {
        case flags(CellFlags)
        /// A reason why the cell has no figure.
        case status(Mark)
    }

    /// *Shape:* one an entry of the column's dictionary; nil where nothing stands there.
    private let meanings: [Meaning?]
    private let texts: KeyDictionary
    private let name: String
    private let column: Int
    private let lineOfRow: (Int) -> Int

    /// - Throws: The first row whose text has no meaning in the dialect.
    init(
        _ texts: KeyDictionary, name: String, column: Int, reader: FigureReader, glyphs: GlyphRefusal,
        lineOfRow: @escaping (Int) -> Int
    ) throws(Reason) {
        self.texts = texts
        self.name = name
        self.column = column
        self.lineOfRow = lineOfRow
        let heading = ColumnName(name)
        let id = heading.isLabelledStatus ? String(name.prefix { $0 != ":" }) : name
        let slug = Slug.make(id)
        let isOfConfidentiality = Self.confidentialNames.contains(slug)
        let codes = isOfConfidentiality ? Self.confidential : Self.sdmxNames.contains(slug) ? Self.sdmx : [:]
        var meanings: [Meaning?] = []
        for (entry, text) in texts.strings.enumerated() {
            guard !text.isEmpty else {
                meanings.append(nil)
                continue
            }
            let code = heading.isLabelledStatus ? LabelText.normalized(String(text.prefix { $0 != ":" })) : text
            // A dialect's `N` or `F` is mostly one of observations; under such a name it isn't.
            guard
                let meaning = isOfConfidentiality
                    ? codes[code] ?? Self.meaning(code, reader) : Self.meaning(code, reader) ?? codes[code]
            else {
                throw glyphs.unknown(text, line: lineOfRow(texts.firstRow(entry)), column: column, isFlag: true)
            }
            meanings.append(meaning)
        }
        self.meanings = meanings
    }

    /// Columns whose marks are SDMX's, whoever wrote the file.
    private static let sdmxNames: Set<String> = [
        "obs-status", "observation-status", "flag-codes", "flag-code",
    ]
    private static let confidentialNames: Set<String> = ["conf-status", "obs-conf", "confidentiality-status"]

    /// What SDMX's code lists say; the dialect goes first.
    ///
    /// Source: SDMX CL_OBS_STATUS 2.2, CL_CONF_STATUS 1.3.
    private static let sdmx: [String: Meaning] = [
        "A": .flags([]), "B": .flags(.seriesBreak), "D": .flags(.definitionDiffers), "E": .flags(.estimated),
        "F": .flags(.forecast), "I": .flags(.imputed), "P": .flags(.provisional), "N": .flags(.notSignificant),
        "U": .flags(.lowReliability), "V": .flags([]), "R": .flags(.revised),
        "L": .status(Mark(.notAvailable, glyph: "L")),
        "M": .status(Mark(.notAvailable, glyph: "M")), "O": .status(Mark(.notAvailable, glyph: "O")),
        "Q": .status(Mark(.confidential, glyph: "Q")), "C": .status(Mark(.confidential, glyph: "C")),
    ]

    /// What SDMX's list of confidentiality says; it goes before the dialect.
    private static let confidential: [String: Meaning] = {
        var codes: [String: Meaning] = ["F": .flags([])]
        for code in ["N", "C", "D", "S", "A", "O", "T", "G", "M", "E", "P"] {
            codes[code] = .status(Mark(.confidential, glyph: code))
        }
        return codes
    }()

    /// What a mark means that the dialect knows behind its sign for a missing figure: `c` of `:c`.
    private static func behindSymbol(_ text: String, _ dialect: Dialect) -> Mark? {
        let whole = dialect.symbols.keys.sorted().lazy.map { $0 + text }.first { dialect.symbols[$0] != nil }
        guard let mark = whole.flatMap({ dialect.glyphs.mark(of: $0) }), mark.status != .value else { return nil }
        return Mark(mark.status, flags: mark.flags, glyph: text)
    }

    /// What the dialect says.
    static func meaning(_ text: String, _ reader: FigureReader) -> Meaning? {
        FieldText.withBytes(of: text) { bytes in
            let glyphs = reader.dialect.glyphs
            if let flags = glyphs.flags(ofSuffix: bytes) { return .flags(flags) }
            if case .symbol(let mark) = reader.symbol(bytes) {
                return mark.status == .value ? .flags(mark.flags) : .status(mark)
            }
            if let mark = behindSymbol(text, reader.dialect) { return .status(mark) }
            // `N: value` says that such a mark says nothing.
            if let mark = glyphs.mark(of: text), mark.status == .value { return .flags(mark.flags) }
            return nil
        }
    }

    /// Adds what the column says to the marks of a column of figures.
    ///
    /// - Throws: A row that has a figure and a reason why there is none.
    func apply(to figure: inout FigureColumn, palette: inout MarkPalette) throws(Reason) {
        var known: [UInt64: UInt16] = [:]
        for (row, entry) in texts.rows.enumerated() {
            guard let meaning = meanings[Int(entry)] else { continue }
            let key = UInt64(entry) << 16 | UInt64(figure.marks[row])
            if let index = known[key] {
                figure.marks[row] = index
                continue
            }
            let own = palette.marks[Int(figure.marks[row])]
            let line = lineOfRow(row)
            guard let index = palette.index(of: try mark(own, meaning, entry: Int(entry), line: line)) else {
                throw MarkPalette.fullReason(line: line, column: column)
            }
            known[key] = index
            figure.marks[row] = index
        }
    }

    private func mark(_ own: Mark, _ meaning: Meaning, entry: Int, line: Int) throws(Reason) -> Mark {
        switch meaning {
        case .flags(let flags): return Mark(own.status, flags: own.flags.union(flags), glyph: own.glyph)
        case .status(let mark):
            if let winner = Self.stronger(own, mark) {
                return Mark(winner.status, flags: own.flags.union(mark.flags), glyph: winner.glyph)
            }
            guard own.status == .value else {
                throw contradiction(own, mark, entry: entry, line: line)
            }
            throw Reason(
                "`\(name)` says that there is no figure, and one stands beside it", line: line, column: column,
                found: texts.string(entry), expected: "an empty field where a figure stands",
                remedy: mark.status == .confidential ? Self.eitherOr : correction)
        }
    }

    /// Which of two reasons why there is no figure says more: OBS_STATUS `M` and CONF_STATUS `C` are confidential.
    static func stronger(_ own: Mark, _ mark: Mark) -> Mark? {
        if own.status == .blank || own.status == mark.status { return mark }
        guard own.status.isHidden, mark.status.isHidden else { return nil }
        if own.status == .notAvailable || mark.status == .confidential { return mark }
        if mark.status == .notAvailable || own.status == .confidential { return own }
        return nil
    }

    private func contradiction(_ own: Mark, _ mark: Mark, entry: Int, line: Int) -> Reason {
        Reason(
            "`\(name)` says \(mark.status.code) of a cell that is \(own.status.code) by what stands beside it",
            line: line, column: column, found: texts.string(entry), expected: "one reason why there is no figure",
            remedy: mark.status == .confidential || own.status == .confidential
                ? "Correct the row, and drop the file again" : correction)
    }

    /// Not to leave out the column: that would publish all that it hides.
    private static let eitherOr =
        "Take the figure out of the row where it must not be published, or the mark where it may, and drop the file again"

    private var correction: String {
        "Correct the row, or leave the column out by a definition: `\(DatasetDefinition.Columns(ignored: [name]).line)`"
    }
}
