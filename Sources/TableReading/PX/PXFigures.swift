import Annals
import Definitions

/// Reads the figures behind DATA: all combinations in order, or, where the file has KEYS, rows that name their own.
struct PXFigures {
    private let metadata: PXMetadata
    private let variables: PXDimensions
    private let dialect: Dialect
    private let glyphs: GlyphRefusal
    private let limits: ReadingLimits
    private var symbols: PXSymbols
    private let declaredDecimals: Int?
    private let strides: [Int]
    /// How many figures a row of the table has.
    private let rowLength: Int
    private(set) var figures: CubeFigures
    private(set) var findings: [Finding] = []
    /// Where every so many figures stand, to find one again.
    private(set) var landmarks = PXLandmarks()
    private var firstFiner: (line: Int, text: String)?

    /// - Throws: Where the table would be larger than the limit.
    init(
        _ metadata: PXMetadata, _ variables: PXDimensions, measureCount: Int, dialect: Dialect, input: ReaderInput,
        bytes: UnsafeBufferPointer<UInt8>
    ) throws(Reason) {
        self.metadata = metadata
        self.variables = variables
        self.dialect = dialect
        limits = input.limits
        glyphs = GlyphRefusal(definitions: input.definitions, dialect: dialect.name)
        symbols = PXSymbols(metadata, dialect: dialect)
        declaredDecimals = try PXMeasures.decimals(metadata)
        let counts = variables.dimensions.map(\.categories.count)
        let isSparse = !metadata.all("KEYS").isEmpty
        let line = metadata.line("STUB") ?? metadata.line("HEADING")
        let size = try CubeTable.combinations(counts, limit: isSparse ? .max : limits.cells, line: line)
        strides = CubeTable.strides(counts)
        rowLength = try CubeTable.combinations(
            Array(counts[variables.stubCount...]), limit: limits.cells, line: metadata.line("HEADING"))
        figures = CubeFigures(
            counts: counts, contents: variables.dimensions.firstIndex { $0.role == .contents },
            decimals: [Int](repeating: declaredDecimals ?? 0, count: measureCount), isSparse: isSparse,
            // A figure takes two bytes at least: a file that claims more has fewer.
            capacity: min(isSparse ? 0 : size, (bytes.count - metadata.dataStart) / 2 + 1))
        guard let end = PXTokens.end(bytes, from: metadata.dataStart) else {
            throw Self.cutOff(bytes)
        }
        var tokens = PXTokens(bytes, from: metadata.dataStart, line: metadata.dataLine, end: end.position)
        landmarks.end = end.position
        guard end.isClosed || !isSparse else { throw Self.cutOff(bytes) }
        if isSparse {
            try readRows(&tokens)
        } else {
            try readAll(&tokens, count: size, bytes)
        }
        if let figure = figures.finish() {
            let place = landmarks.place(ofFigure: figure, in: bytes)
            throw glyphs.overflow(place.text, line: place.line, column: place.column)
        }
        if !end.isClosed {
            findings.append(
                Finding(
                    "not-closed",
                    "No semicolon closes the figures; there are as many as there should be, and the last one is whole",
                    line: Self.lastLine(bytes)))
        }
        finishFindings()
    }

    private static func cutOff(_ bytes: UnsafeBufferPointer<UInt8>) -> Reason {
        Reason(
            "The figures aren't closed by a semicolon: the file may be cut off", line: lastLine(bytes),
            found: "the end of the file", expected: ";", remedy: "Export or fetch the file again")
    }

    private static func lastLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        bytes.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    }

    private mutating func finishFindings() {
        findings += symbols.findings
        guard let finer = firstFiner, let declaredDecimals else { return }
        findings.append(
            Finding(
                "more-decimals",
                "`\(finer.text)` has more decimals than DECIMALS says, \(declaredDecimals): all are kept",
                line: finer.line))
    }

    // MARK: All combinations

    private mutating func readAll(
        _ tokens: inout PXTokens, count: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(Reason) {
        var lines = PXLines(rowLength: rowLength)
        while try tokens.next() {
            if tokens.isFirstInLine { lines.endLine() }
            lines.add(tokens.line)
            guard figures.count < count else { throw tooMany(&tokens, count) }
            if figures.count % PXLandmarks.distance == 0 { landmarks.add(tokens) }
            try take(tokens)
        }
        lines.endLine()
        guard figures.count == count else {
            throw Reason(
                "The file has fewer figures than its variables have combinations", line: tokens.line,
                found: "\(figures.count) figures", expected: "\(sizes) = \(count)",
                remedy: "Export or fetch the file again: figures are missing, and which ones can't be told")
        }
        if let comma = tokens.firstComma, tokens.hasBlanks {
            throw Reason(
                "A comma stands between figures that are parted by spaces: it may be a decimal mark", line: comma.line,
                column: comma.column, found: ",", expected: "spaces, or commas, throughout; a point before decimals",
                remedy: "Write decimals with a point")
        }
        if let odd = lines.odd(rows: count / max(1, rowLength)) {
            throw Reason(
                "A line has \(odd.count) figures, and the others \(rowLength): the figures between them may stand under "
                    + "other values than their own",
                line: odd.line, found: "\(odd.count) figures", expected: "\(rowLength) figures in each line",
                remedy: "Correct the lines, or export the file again")
        }
    }

    /// `4 × 3 × 2`.
    private var sizes: String {
        variables.dimensions.map { "\($0.categories.count)" }.joined(separator: " × ")
    }

    private func tooMany(_ tokens: inout PXTokens, _ count: Int) -> Reason {
        let (line, column, text) = (tokens.line, tokens.column, FieldText.string(tokens.token))
        var found = count + 1
        // What a broken quote further on says doesn't matter any more.
        while (try? tokens.next()) ?? false { found += 1 }
        return Reason(
            "The file has more figures than its variables have combinations", line: line, column: column,
            found: "\(found) figures; `\(text)` is the first too many", expected: "\(sizes) = \(count)",
            remedy: "Export or fetch the file again: which figures are too many can't be told")
    }

    // MARK: One figure

    @inline(__always)
    private mutating func take(_ tokens: PXTokens, at ordinal: UInt64? = nil) throws(Reason) {
        if !tokens.isQuoted, let number = tokens.number, !dialect.glyphs.hasNumericSymbols || number.value == 0 {
            if let declaredDecimals, number.decimals > declaredDecimals { noteFiner(tokens) }
            if figures.append(number.value, decimals: number.decimals, mark: 0, at: ordinal) { return }
        }
        try takeOther(tokens, at: ordinal)
    }

    private mutating func noteFiner(_ tokens: PXTokens) {
        if firstFiner == nil { firstFiner = (tokens.line, FieldText.string(tokens.token)) }
    }

    /// Symbols, sentinels of the dialect, and what is neither.
    @inline(never)
    private mutating func takeOther(_ tokens: PXTokens, at ordinal: UInt64?) throws(Reason) {
        let text = FieldText.string(tokens.token)
        if let mark = symbols.mark(of: text, palette: &figures.palette) {
            _ = figures.append(0, decimals: 0, mark: mark, at: ordinal)
            return
        }
        if let number = tokens.number {
            guard !tokens.isQuoted else {
                throw Reason(
                    "A figure stands in quotes, as the names of rows do", line: tokens.line, column: tokens.column,
                    found: "\"\(text)\"", expected: "figures without quotes", remedy: "Correct the file")
            }
            if let declaredDecimals, number.decimals > declaredDecimals { noteFiner(tokens) }
            guard figures.append(number.value, decimals: number.decimals, mark: 0, at: ordinal) else {
                throw glyphs.overflow(text, line: tokens.line, column: tokens.column)
            }
            return
        }
        if text.utf8.count > 18, text.utf8.allSatisfy({ NumberShape.isDigit($0) || $0 == 0x2E || $0 == 0x2D }) {
            throw glyphs.overflow(text, line: tokens.line, column: tokens.column)
        }
        throw glyphs.unknown(text, line: tokens.line, column: tokens.column)
    }

    // MARK: Rows with keys

    private mutating func readRows(_ tokens: inout PXTokens) throws(Reason) {
        let keys = try PXKeys(metadata, variables)
        var known: [Int: Int] = [:]
        landmarks.keyCount = variables.stubCount
        while try tokens.next() {
            let line = tokens.line
            var ordinal = 0
            for place in 0..<variables.stubCount {
                if place > 0 {
                    guard try tokens.next() else { throw keys.missing(place, line: tokens.line, found: "the end") }
                }
                ordinal += try keys.category(tokens, place) * strides[place]
            }
            if let first = known.updateValue(line, forKey: ordinal) {
                throw Reason(
                    "Two rows have the same keys: lines \(first) and \(line)", line: line,
                    expected: "each row once", remedy: "Remove the wrong one")
            }
            for column in 0..<rowLength {
                guard try tokens.next(), !tokens.isQuoted || isSymbol(tokens) else {
                    throw Reason(
                        "A row has fewer figures than the table has columns", line: line, found: "\(column) figures",
                        expected: "\(rowLength) figures behind the keys", remedy: "Export or fetch the file again")
                }
                guard figures.count < limits.cells else {
                    throw Reason(
                        "The table has more cells than the limit", line: line, expected: "at most \(limits.cells)",
                        remedy: "Export a part of the table, or raise the limit")
                }
                if figures.count % PXLandmarks.distance == 0 { landmarks.add(tokens) }
                try take(tokens, at: UInt64(ordinal + column))
            }
            landmarks.endRow(figures.count)
        }
        guard known.count < keys.rowCount else { return }
        findings.append(
            Finding(
                "rows-left-out",
                "The file has \(known.count) of \(keys.rowCount) rows: those that it leaves out are no cells. PX leaves rows of zeros "
                    + "alone out", line: metadata.line("KEYS")))
    }

    private func isSymbol(_ tokens: PXTokens) -> Bool {
        tokens.token.allSatisfy { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }
}
