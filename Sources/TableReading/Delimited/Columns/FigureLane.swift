import Annals

/// The short path of a figure column: digits, a minus sign in front, decimals behind the column's own mark, quotes around.
///
/// Everything else is nil here, and read by ``FigureReader``, which is slow beside it and complete: other signs, groups,
/// leading zeros, symbols, more digits than surely fit.
struct FigureLane {
    private let values: ColumnBuffer<Int64>
    /// What parts the decimals in this column; 0 where nothing was seen to.
    private let decimalMark: UInt8
    /// Whether the dialect gives numbers a meaning, or a percent sign is wanted: then every field is looked up.
    private let isClosed: Bool
    private let delimiter: UInt8

    init(_ builder: FigureColumnBuilder, reader: FigureReader, delimiter: UInt8) {
        values = builder.values
        let mark = reader.style.decimalMark.flatMap { UInt8(exactly: $0.value) } ?? 0
        decimalMark = mark == delimiter ? 0 : mark
        isClosed = reader.hasNumericSymbols || reader.isPercent
        self.delimiter = delimiter
    }

    /// Surely fits an `Int64`.
    private static let mostDigits = 18

    /// Takes the digits that stand at a place to the end of a number.
    @inline(__always)
    private static func digits(_ text: UnsafeBufferPointer<UInt8>, _ end: inout Int, _ value: inout Int64) {
        // Bounds: eight bytes are read only where eight are left, one where one is left.
        while end + 8 <= text.count {
            let word = UnsafeRawPointer(text.baseAddress! + end).loadUnaligned(as: UInt64.self)
            let (count, number) = EightDigits.leading(UInt64(littleEndian: word))
            value = value == 0 ? Int64(number) : value &* ScaledDecimal.powerOfTen(count) &+ Int64(number)
            end += count
            if count < 8 { return }
        }
        while end < text.count {
            let digit = text[end] &- 0x30
            if digit > 9 { return }
            value = value &* 10 &+ Int64(digit)
            end += 1
        }
    }

    /// Appends up to seven digits with a delimiter or a line feed behind them, as most figures are; nil for any other.
    @inline(__always)
    private func advanceShort(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int? {
        // Bounds: eight bytes are read only where eight are left; what stands behind seven of them is among them.
        guard !isClosed, position + 8 <= text.count, let base = text.baseAddress else { return nil }
        let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
        let (count, number) = EightDigits.leading(UInt64(littleEndian: word))
        guard count > 0, count < 8, count == 1 || base[position] != 0x30 else { return nil }
        let behind = base[position + count]
        guard behind == delimiter || behind == 0x0A else { return nil }
        values.append(Int64(number))
        return position + count
    }

    /// Appends the figure at a place.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - position: At most the text's count.
    ///   - decimals: Those of the column so far; a figure with more is left to the long path.
    /// - Returns: Where it ends; nil where something else stands there.
    @inline(__always)
    func advance(_ text: UnsafeBufferPointer<UInt8>, _ position: Int, decimals: Int) -> Int? {
        if decimals == 0, let end = advanceShort(text, position) { return end }
        // Bounds: `end` is compared with the count before every read.
        var end = position
        let isQuoted = end < text.count && text[end] == 0x22
        if isQuoted { end += 1 }
        let isNegative = end < text.count && text[end] == 0x2D
        if isNegative { end += 1 }
        let start = end
        var value: Int64 = 0
        Self.digits(text, &end, &value)
        let whole = end - start
        guard whole > 0, whole <= Self.mostDigits, whole == 1 || text[start] != 0x30, !isClosed else { return nil }
        var missing = decimals
        if end < text.count, text[end] == decimalMark, decimalMark != 0 {
            let first = end + 1
            end = first
            Self.digits(text, &end, &value)
            missing -= end - first
            guard end > first, missing >= 0, end - start <= Self.mostDigits else { return nil }
        }
        if isQuoted {
            guard end < text.count, text[end] == 0x22 else { return nil }
            end += 1
        }
        if end < text.count {
            let byte = text[end]
            guard byte == delimiter || byte == 0x0A || byte == 0x0D && end + 1 < text.count && text[end + 1] == 0x0A
            else { return nil }
        }
        // Zeros for the decimals that are missing: at most 18 digits in all.
        guard whole + decimals <= Self.mostDigits else { return nil }
        while missing > 0 {
            value = value &* 10
            missing -= 1
        }
        values.append(isNegative ? -value : value)
        return end
    }
}
