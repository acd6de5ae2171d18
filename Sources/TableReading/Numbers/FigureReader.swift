import Annals
import Definitions

/// What a field says.
enum Figure {
    /// An integer scaled by its decimals; the mark has status `value`, or what a sentinel means.
    case number(Int64, decimals: Int, Mark)
    case symbol(Mark)
    case blank
    /// A number that doesn't fit.
    case overflow
    /// Neither a number of the file's style nor a symbol of its dialect.
    case other
}

/// Reads one field under a dialect and a style; slow beside the digits-only path of ``ColumnScan``, and complete.
struct FigureReader {
    let dialect: Dialect
    let style: NumberStyle
    /// Whether the dialect gives a plain number a meaning (`-1`, `0`): then no field may skip the look-up.
    let hasNumericSymbols: Bool
    private let symbols: [String: Mark]
    private let suffixesLongestFirst: [(glyph: String, flags: CellFlags)]
    private let symbolsLongestFirst: [(glyph: String, mark: Mark)]

    init(dialect: Dialect, style: NumberStyle) {
        self.dialect = dialect
        self.style = style
        var symbols: [String: Mark] = [:]
        for (glyph, meaning) in dialect.symbols {
            symbols[glyph] = Mark(meaning.status, flags: meaning.flags, glyph: meaning.status == .value ? "" : glyph)
        }
        self.symbols = symbols
        hasNumericSymbols = dialect.symbols.keys.contains { $0.utf8.contains { NumberShape.isDigit($0) } }
        suffixesLongestFirst = dialect.suffixes.map { ($0.key, $0.value) }
            .sorted { ($0.glyph.utf8.count, $1.glyph) > ($1.glyph.utf8.count, $0.glyph) }
        symbolsLongestFirst = symbols.map { ($0.key, $0.value) }
            .sorted { ($0.glyph.utf8.count, $1.glyph) > ($1.glyph.utf8.count, $0.glyph) }
    }

    func read(_ field: UnsafeBufferPointer<UInt8>) -> Figure {
        let bytes = FieldText.trimmed(field)
        if bytes.isEmpty { return .blank }
        guard let shape = NumberShape(bytes) else { return symbol(bytes) }
        if shape.end == bytes.count {
            if hasNumericSymbols, let mark = symbols[FieldText.string(bytes)], mark.status != .value {
                return .symbol(mark)
            }
            return number(shape, flags: [], glyph: "")
        }
        if hasNumericSymbols, let mark = symbols[FieldText.string(bytes)] { return .symbol(mark) }
        let rest = FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...]))
        let suffix = FieldText.string(rest)
        guard let flags = flags(ofSuffix: suffix) else { return symbol(bytes) }
        return number(shape, flags: flags, glyph: suffix)
    }

    /// Whether the dialect says that this number is an honest figure, however often it stands there.
    func isHonest(_ number: String) -> Bool { symbols[number]?.status == .value }

    private func number(_ shape: NumberShape, flags: CellFlags, glyph: String) -> Figure {
        guard let decimals = shape.decimals(style) else { return .other }
        guard decimals <= 18, let value = shape.scaled else { return .overflow }
        return .number(value, decimals: decimals, Mark(.value, flags: flags, glyph: glyph))
    }

    private func symbol(_ bytes: UnsafeBufferPointer<UInt8>) -> Figure {
        guard bytes.count <= 48 else { return .other }
        let text = FieldText.string(bytes)
        if let mark = symbols[text] { return .symbol(mark) }
        let closed = text.filter { !$0.isWhitespace }
        if let mark = symbols[closed] { return .symbol(mark) }
        for (glyph, mark) in symbolsLongestFirst where closed.hasPrefix(glyph) {
            guard let flags = flags(ofSuffix: String(closed.dropFirst(glyph.count))) else { continue }
            return .symbol(Mark(mark.status, flags: mark.flags.union(flags), glyph: closed))
        }
        return .other
    }

    /// The flags of marks that are run together or parted by spaces; nil where one is unknown.
    private func flags(ofSuffix suffix: String) -> CellFlags? {
        var rest = Substring(suffix)
        var flags: CellFlags = []
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
                continue
            }
            guard let match = suffixesLongestFirst.first(where: { rest.hasPrefix($0.glyph) }) else { return nil }
            flags.formUnion(match.flags)
            rest.removeFirst(match.glyph.count)
        }
        return flags
    }
}

/// Bytes of a field as text.
enum FieldText {
    static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Without space, tab, CR, no-break, narrow no-break and thin space around it.
    static func trimmed(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = field.count
        while start < end {
            let length = spaceLength(field, at: start, limit: end)
            if length == 0 { break }
            start += length
        }
        while end > start {
            if isSpace(field[end - 1]) {
                end -= 1
            } else if end - start >= 2, spaceLength(field, at: end - 2, limit: end) == 2 {
                end -= 2
            } else if end - start >= 3, spaceLength(field, at: end - 3, limit: end) == 3 {
                end -= 3
            } else {
                break
            }
        }
        return UnsafeBufferPointer(rebasing: field[start..<end])
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, limit: Int) -> Int {
        let byte = bytes[index]
        if isSpace(byte) { return 1 }
        if byte == 0xC2, index + 1 < limit, bytes[index + 1] == 0xA0 { return 2 }
        if byte == 0xE2, index + 2 < limit, bytes[index + 1] == 0x80 {
            return bytes[index + 2] == 0xAF || bytes[index + 2] == 0x89 ? 3 : 0
        }
        return 0
    }

    /// A string's own bytes, for the readers that work on bytes.
    static func withBytes<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        Array(text.utf8).withUnsafeBufferPointer(body)
    }
}
