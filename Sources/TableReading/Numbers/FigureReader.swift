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
    /// Whether every figure of the column has a percent sign behind it, zeros aside, which are the same without.
    let isPercent: Bool
    private let glyphs: GlyphTable

    init(dialect: Dialect, style: NumberStyle, isPercent: Bool = false) {
        self.dialect = dialect
        self.style = style
        self.isPercent = isPercent
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
        if hasNumericSymbols, let mark = numericSymbol(bytes, shape: shape) {
            // `12*: value` says what the mark behind the figure means; the figure is the field's own.
            guard mark.status == .value else { return .symbol(mark) }
            return number(shape, flags: mark.flags, glyph: FieldText.string(rest(bytes, behind: shape)))
        }
        var rest = rest(bytes, behind: shape)
        if isPercent {
            if rest.isEmpty, shape.scaled == 0 { return number(shape, flags: [], glyph: "") }
            guard rest.first == 0x25 else { return .other }
            rest = FieldText.trimmed(UnsafeBufferPointer(rebasing: rest[1...]))
        }
        if rest.isEmpty { return number(shape, flags: [], glyph: "") }
        guard let flags = glyphs.flags(ofSuffix: rest) else { return symbol(bytes) }
        return number(shape, flags: flags, glyph: FieldText.string(rest))
    }

    private func rest(_ bytes: UnsafeBufferPointer<UInt8>, behind shape: NumberShape) -> UnsafeBufferPointer<UInt8> {
        FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...]))
    }

    /// What a number means that the dialect knows as a symbol, marks behind it or not: `-1`, `0 p`, `0n b`.
    ///
    /// A sentinel below zero is one however its minus is printed, and with zeros for decimals too: `−1`, `-1.0`.
    private func numericSymbol(_ bytes: UnsafeBufferPointer<UInt8>, shape: NumberShape) -> Mark? {
        guard bytes.count <= Self.longestSymbol else { return nil }
        let isAlone = shape.end == bytes.count
        if let mark = isAlone ? glyphs.mark(of: bytes) : glyphs.markWithSuffixes(of: bytes) { return mark }
        guard shape.isNegative, glyphs.hasNegativeSymbols, let decimals = shape.decimals(style),
            let value = shape.scaled
        else { return nil }
        let power = ScaledDecimal.powerOfTen(min(18, decimals))
        guard value % power == 0 else { return nil }
        var plain = Array(ScaledDecimal.text(value / power, decimals: 0).utf8)
        plain.append(contentsOf: bytes[shape.end...])
        return plain.withUnsafeBufferPointer { glyphs.markWithSuffixes(of: $0) }
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
        // A symbol without a figure in it can't be one, whatever the dialect says.
        guard bytes.count <= Self.longestSymbol, let mark = glyphs.markWithSuffixes(of: bytes), mark.status != .value
        else { return .other }
        return .symbol(mark)
    }

    /// A symbol of 16 bytes and its suffixes.
    private static let longestSymbol = 48
}
