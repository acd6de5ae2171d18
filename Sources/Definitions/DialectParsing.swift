import Annals

extension Dialect {
    /// Reads one file of `Config/dialects/`.
    ///
    /// - Throws: A ``DefinitionError`` with the line of what can't be.
    package static func parse(_ text: String, file: String) throws(DefinitionError) -> Dialect {
        guard let value = try YAMLValue.parse(text, file: file) else {
            throw DefinitionError(file: file, message: "holds no dialect")
        }
        let mapping = try YAMLMapping(
            value, file: file, what: "a dialect",
            allowed: ["dialect", "label", "source", "decimal-mark", "thousands-separators", "symbols", "suffixes"])
        let name = try mapping.required("dialect", of: "a dialect")
        guard DatasetID(name) != nil else {
            throw mapping.error("dialect", "a dialect's name is of a-z, 0-9 and single hyphens, not `\(name)`")
        }
        var dialect = Dialect(name: name, label: try mapping.text("label"), source: try mapping.text("source"))
        dialect.decimalMark = try mapping.choice("decimal-mark")
        if mapping.value("thousands-separators") != nil {
            dialect.thousandsSeparators = try mapping.separators("thousands-separators", decimal: dialect.decimalMark)
        }
        dialect.symbols = try mapping.symbols("symbols")
        dialect.suffixes = try mapping.suffixes("suffixes")
        return dialect
    }
}

extension YAMLMapping {
    fileprivate func symbols(_ key: String) throws(DefinitionError) -> [String: Dialect.Meaning] {
        guard let value = value(key) else { return [:] }
        let mapping = try glyphMapping(value, key)
        var symbols: [String: Dialect.Meaning] = [:]
        for (glyph, line) in mapping.keys {
            try checkGlyph(glyph, line: line)
            let words = try mapping.texts(glyph)
            guard let first = words.first, let status = CellStatus(code: first) else {
                throw DefinitionError(
                    file: file, line: line, message: "`\(glyph)` must mean a status, not `\(words.first ?? "")`",
                    remedy: "statuses are \(CellStatus.allCases.map(\.code).joined(separator: ", "))")
            }
            symbols[glyph] = Dialect.Meaning(status, flags: try flags(words.dropFirst(), glyph: glyph, line: line))
        }
        return symbols
    }

    fileprivate func suffixes(_ key: String) throws(DefinitionError) -> [String: CellFlags] {
        guard let value = value(key) else { return [:] }
        let mapping = try glyphMapping(value, key)
        var suffixes: [String: CellFlags] = [:]
        for (glyph, line) in mapping.keys {
            try checkGlyph(glyph, line: line)
            guard !glyph.unicodeScalars.contains(where: { ("0"..."9").contains($0) }) else {
                throw DefinitionError(file: file, line: line, message: "a suffix can't hold digits: `\(glyph)`")
            }
            suffixes[glyph] = try flags(mapping.texts(glyph)[...], glyph: glyph, line: line)
        }
        return suffixes
    }

    /// - Throws: Where it has more glyphs than any agency: they are gone through for fields that none of them is.
    private func glyphMapping(_ value: YAMLValue, _ key: String) throws(DefinitionError) -> YAMLMapping {
        let mapping = try YAMLMapping(value, file: file, what: "`\(key)`", allowed: [])
        guard mapping.keys.count <= Self.maximumGlyphs else {
            throw error(key, "`\(key)` has \(mapping.keys.count) glyphs, at most \(Self.maximumGlyphs) are taken")
        }
        return mapping
    }

    private static var maximumGlyphs: Int { 1000 }

    private func checkGlyph(_ glyph: String, line: Int) throws(DefinitionError) {
        guard !glyph.isEmpty, glyph.utf8.count <= 16, glyph.first?.isWhitespace != true,
            glyph.last?.isWhitespace != true
        else {
            throw DefinitionError(
                file: file, line: line, message: "a symbol has 1 to 16 bytes and no space around it, not `\(glyph)`")
        }
    }

    private func flags(
        _ words: ArraySlice<String>, glyph: String, line: Int
    ) throws(DefinitionError) -> CellFlags {
        var flags: CellFlags = []
        for word in words {
            guard let flag = CellFlags(code: word), flag != .derived else {
                throw DefinitionError(
                    file: file, line: line, message: "`\(glyph)` has the unknown flag `\(word)`",
                    remedy: "flags are \(CellFlags(rawValue: 0x3FF).codes.joined(separator: ", "))")
            }
            flags.insert(flag)
        }
        return flags
    }
}
