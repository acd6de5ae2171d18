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
    private let glyphs: GlyphTable

    init(dialect: Dialect, style: NumberStyle) {
        self.dialect = dialect
        self.style = style
        glyphs = dialect.glyphs
        hasNumericSymbols = glyphs.hasNumericSymbols
    }

    func read(_ field: UnsafeBufferPointer<UInt8>) -> Figure {
        let bytes = FieldText.trimmed(field)
        if bytes.isEmpty { return .blank }
        guard let shape = NumberShape(bytes) else { return symbol(bytes) }
        return read(bytes, shape: shape)
    }

    /// Reads a field whose number is known already.
    ///
    /// - Parameters:
    ///   - bytes: The field without spaces around it.
    ///   - shape: Of the number at its front.
    /// - Returns: What the whole field says.
    func read(_ bytes: UnsafeBufferPointer<UInt8>, shape: NumberShape) -> Figure {
        if shape.end == bytes.count {
            if hasNumericSymbols, let mark = glyphs.mark(of: bytes), mark.status != .value { return .symbol(mark) }
            return number(shape, flags: [], glyph: "")
        }
        if hasNumericSymbols, let mark = glyphs.mark(of: bytes) { return .symbol(mark) }
        let rest = FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...]))
        guard let flags = glyphs.flags(ofSuffix: rest) else { return symbol(bytes) }
        return number(shape, flags: flags, glyph: FieldText.string(rest))
    }

    /// Whether the dialect says that this number is an honest figure, however often it stands there.
    func isHonest(_ number: String) -> Bool { glyphs.mark(of: number)?.status == .value }

    private func number(_ shape: NumberShape, flags: CellFlags, glyph: String) -> Figure {
        guard let decimals = shape.decimals(style) else { return .other }
        guard decimals <= 18, let value = shape.scaled else { return .overflow }
        return .number(value, decimals: decimals, Mark(.value, flags: flags, glyph: glyph))
    }

    /// A symbol of the dialect, with suffixes or without.
    func symbol(_ bytes: UnsafeBufferPointer<UInt8>) -> Figure {
        guard bytes.count <= Self.longestSymbol, let mark = glyphs.markWithSuffixes(of: bytes) else { return .other }
        return .symbol(mark)
    }

    /// A symbol of 16 bytes and its suffixes.
    private static let longestSymbol = 48
}
