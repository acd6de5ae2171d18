package import Annals

/// A dialect's symbols and suffixes, laid out to be told by the bytes of a field.
///
/// Made with the dialect, not with every file. A field of ASCII is compared byte by byte and never becomes a string; any
/// other is compared as text, so that two spellings of one character are the same.
package struct GlyphTable: Hashable, Sendable {
    private struct Symbol: Hashable {
        var glyph: String
        var bytes: [UInt8]
        var mark: Mark
    }

    private struct Suffix: Hashable {
        var glyph: String
        var bytes: [UInt8]
        var flags: CellFlags
    }

    /// Whether a symbol has digits in it (`-1`, `0`): then no number may skip the look-up.
    package let hasNumericSymbols: Bool
    /// Whether one of them is below zero: then a figure is compared with them however its minus is printed.
    package let hasNegativeSymbols: Bool
    private let markByGlyph: [String: Mark]
    private let symbolsLongestFirst: [Symbol]
    private let suffixesLongestFirst: [Suffix]
    /// Bit n: a symbol begins with the byte n.
    private let firstBytes: (low: UInt64, high: UInt64)
    /// Whether a glyph that isn't ASCII can equal one that is, as the Kelvin sign equals `K`.
    private let asksUnicode: Bool

    init(symbols: [String: Dialect.Meaning], suffixes: [String: CellFlags]) {
        let marked = symbols.filter { !$0.key.isEmpty }.map { glyph, meaning in
            let printed = meaning.status == .value ? "" : glyph
            return Symbol(
                glyph: glyph, bytes: Array(glyph.utf8),
                mark: Mark(meaning.status, flags: meaning.flags, glyph: printed))
        }
        symbolsLongestFirst = marked.sorted { ($0.bytes.count, $1.glyph) > ($1.bytes.count, $0.glyph) }
        suffixesLongestFirst = suffixes.filter { !$0.key.isEmpty }
            .map { Suffix(glyph: $0, bytes: Array($0.utf8), flags: $1) }
            .sorted { ($0.bytes.count, $1.glyph) > ($1.bytes.count, $0.glyph) }
        markByGlyph = Dictionary(marked.map { ($0.glyph, $0.mark) }, uniquingKeysWith: { first, _ in first })
        hasNumericSymbols = marked.contains { $0.bytes.contains { $0 &- 0x30 < 10 } }
        hasNegativeSymbols = marked.contains { $0.bytes.count > 1 && $0.bytes[0] == 0x2D && $0.bytes[1] &- 0x30 < 10 }
        var low: UInt64 = 0
        var high: UInt64 = 0
        for symbol in marked {
            guard let first = symbol.bytes.first, first < 0x80 else { continue }
            if first < 64 { low |= 1 << UInt64(first) } else { high |= 1 << UInt64(first - 64) }
        }
        firstBytes = (low, high)
        asksUnicode = (Array(symbols.keys) + suffixes.keys).contains { glyph in
            glyph.unicodeScalars.contains { Self.equalsASCII.contains($0.value) }
        }
    }

    /// The scalars beyond ASCII that are canonically equal to one of it.
    ///
    /// Source: UnicodeData.txt 16.0, singleton decompositions: the Greek question mark, the Greek varia, the Kelvin sign.
    private static let equalsASCII: [UInt32] = [0x037E, 0x1FEF, 0x212A]

    package static func == (left: GlyphTable, right: GlyphTable) -> Bool {
        left.symbolsLongestFirst == right.symbolsLongestFirst && left.suffixesLongestFirst == right.suffixesLongestFirst
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(symbolsLongestFirst)
        hasher.combine(suffixesLongestFirst)
    }

    // MARK: Whole fields

    /// What a text means as one symbol; nil where it is none.
    package func mark(of glyph: String) -> Mark? { markByGlyph[glyph] }

    /// What a field means as one symbol, nothing behind it and no other spaces in it; nil where it is none.
    package func mark(of field: UnsafeBufferPointer<UInt8>) -> Mark? {
        guard Self.isASCII(field), !asksUnicode else { return markByGlyph[String(decoding: field, as: UTF8.self)] }
        guard let first = field.first, mayBegin(first) else { return nil }
        return symbolsLongestFirst.first { $0.bytes.count == field.count && $0.bytes.elementsEqual(field) }?.mark
    }

    /// What a field without a number means: a symbol, spaces in it or not, and perhaps suffixes behind it.
    ///
    /// - Parameter field: Without white space around it.
    /// - Returns: Nil where it means nothing here.
    package func markWithSuffixes(of field: UnsafeBufferPointer<UInt8>) -> Mark? {
        guard Self.isASCII(field), !asksUnicode else {
            return markWithSuffixes(of: String(decoding: field, as: UTF8.self))
        }
        guard let first = field.first, mayBegin(first) || Self.isSpace(first) else { return nil }
        if let mark = mark(of: field) { return mark }
        let closed = field.filter { !Self.isSpace($0) }
        return closed.withUnsafeBufferPointer { closed in
            if closed.count < field.count, let mark = mark(of: closed) { return mark }
            for symbol in symbolsLongestFirst where closed.starts(with: symbol.bytes) {
                let rest = UnsafeBufferPointer(rebasing: closed[symbol.bytes.count...])
                guard let flags = flags(ofSuffix: rest) else { continue }
                return Self.suffixed(symbol, flags, as: String(decoding: closed, as: UTF8.self))
            }
            return nil
        }
    }

    private func markWithSuffixes(of text: String) -> Mark? {
        if let mark = markByGlyph[text] { return mark }
        let closed = text.filter { !$0.isWhitespace }
        if let mark = markByGlyph[closed] { return mark }
        for symbol in symbolsLongestFirst where closed.hasPrefix(symbol.glyph) {
            guard let flags = flags(ofSuffix: String(closed.dropFirst(symbol.glyph.count))) else { continue }
            return Self.suffixed(symbol, flags, as: closed)
        }
        return nil
    }

    private static func suffixed(_ symbol: Symbol, _ flags: CellFlags, as closed: String) -> Mark {
        Mark(symbol.mark.status, flags: symbol.mark.flags.union(flags), glyph: closed)
    }

    // MARK: Suffixes

    /// The flags of marks that are run together or parted by spaces; nil where one is unknown.
    package func flags(ofSuffix suffix: UnsafeBufferPointer<UInt8>) -> CellFlags? {
        guard Self.isASCII(suffix), !asksUnicode else {
            return flags(ofSuffix: String(decoding: suffix, as: UTF8.self))
        }
        var rest = suffix[...]
        var flags: CellFlags = []
        while let first = rest.first {
            if Self.isSpace(first) {
                rest.removeFirst()
                continue
            }
            guard let match = suffixesLongestFirst.first(where: { rest.starts(with: $0.bytes) }) else { return nil }
            flags.formUnion(match.flags)
            rest.removeFirst(match.bytes.count)
        }
        return flags
    }

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

    // MARK: Bytes

    @inline(__always)
    private func mayBegin(_ byte: UInt8) -> Bool {
        byte < 64 ? firstBytes.low >> UInt64(byte) & 1 == 1 : firstBytes.high >> UInt64(byte & 63) & 1 == 1
    }

    private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in bytes where byte >= 0x80 { return false }
        return true
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }
}
