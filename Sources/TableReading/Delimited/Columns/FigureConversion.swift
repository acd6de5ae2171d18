import Annals

/// Makes figures of a column that was kept as texts, once it turned out to be a measure; each text is read once.
struct FigureConversion {
    let reader: FigureReader
    let glyphs: GlyphRefusal
    /// Counts from 1.
    let column: Int
    let lineOfRow: (Int) -> Int

    private struct Value {
        var number: Int64 = 0
        var decimals = 0
        var mark: UInt16 = 0
    }

    /// - Throws: The first row whose text is neither a figure nor a symbol.
    func figures(_ texts: KeyDictionary, palette: inout MarkPalette) throws(Reason) -> FigureColumnBuilder {
        var values: [Value] = []
        values.reserveCapacity(texts.count)
        // Entries are numbered as they came, so that the first that can't be read is the first in the file.
        for entry in 0..<texts.count { values.append(try value(texts, entry, &palette)) }
        let builder = FigureColumnBuilder()
        let rows = texts.rows
        builder.reserve(rows: rows.count)
        for (row, entry) in rows.enumerated() {
            let value = values[Int(entry)]
            guard builder.append(value.number, decimals: value.decimals, mark: value.mark) else {
                throw glyphs.overflow(texts.string(Int(entry)), line: lineOfRow(row), column: column)
            }
        }
        return builder
    }

    /// Whether digits alone are a figure and nothing else.
    private var isPlain: Bool { !reader.hasNumericSymbols && !reader.isPercent }

    private func value(_ texts: KeyDictionary, _ entry: Int, _ palette: inout MarkPalette) throws(Reason) -> Value {
        let digits = FieldText.trimmed(texts.bytes(entry))
        if isPlain, let number = NumberShape.value(ofDigitsAlone: digits), !NumberShape.hasLeadingZero(digits: digits) {
            return Value(number: Int64(number))
        }
        var value = Value()
        let mark: Mark
        let line = lineOfRow(texts.firstRow(entry))
        if NumberShape(digits)?.hasLeadingZero == true {
            throw GlyphRefusal.leadingZero(texts.string(entry), line: line, column: column)
        }
        switch reader.read(texts.bytes(entry)) {
        case .number(let number, let decimals, let own): (value.number, value.decimals, mark) = (number, decimals, own)
        case .symbol(let own): mark = own
        case .blank: mark = Mark(.blank)
        case .overflow: throw glyphs.overflow(texts.string(entry), line: line, column: column)
        case .other:
            throw glyphs.unknown(texts.string(entry), line: line, column: column, isPercent: reader.isPercent)
        }
        guard let index = palette.index(of: mark) else { throw MarkPalette.fullReason(line: line, column: column) }
        value.mark = index
        return value
    }
}
