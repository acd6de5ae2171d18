import Annals

extension YAMLMapping {
    /// How the files write numbers: `numbers: {decimal-mark: comma, thousands-separators: [point]}`.
    func numbers() throws(DefinitionError) -> DatasetDefinition.Numbers {
        guard let value = value("numbers") else { return DatasetDefinition.Numbers() }
        let mapping = try YAMLMapping(
            value, file: file, what: "`numbers`", allowed: ["decimal-mark", "thousands-separators"])
        let mark: Dialect.DecimalMark? = try mapping.choice("decimal-mark")
        var numbers = DatasetDefinition.Numbers(decimalMark: mark)
        if mapping.value("thousands-separators") != nil {
            numbers.thousandsSeparators = try mapping.separators("thousands-separators", decimal: mark)
        }
        return numbers
    }

    /// Whether codes are to be joined that differ by leading zeros alone: `codes: {leading-zeros: join}`.
    func joinsLostZeros() throws(DefinitionError) -> Bool {
        guard let value = value("codes") else { return false }
        let mapping = try YAMLMapping(value, file: file, what: "`codes`", allowed: ["leading-zeros"])
        switch try mapping.text("leading-zeros") {
        case nil: return false
        case "join": return true
        case .some(let text):
            throw mapping.error(
                "leading-zeros", "`leading-zeros` can't be `\(text)`",
                remedy:
                    "`join` makes one category of codes that differ by leading zeros alone; left out, they stay apart, with a finding"
            )
        }
    }

    /// What groups digits by three, as one of the words for it or several.
    ///
    /// - Parameters:
    ///   - key: The key that holds the words.
    ///   - decimal: The decimal mark that stands beside them; without it neither mark can group digits.
    /// - Returns: The characters that the words stand for.
    /// - Throws: Where a word is unknown, or is the decimal mark.
    func separators(_ key: String, decimal: Dialect.DecimalMark?) throws(DefinitionError) -> Set<Character> {
        var separators = Set<Character>()
        for text in try texts(key) {
            switch text {
            case "spaces": separators.formUnion(Dialect.spaces)
            case "apostrophe": separators.formUnion(Dialect.apostrophes)
            case "comma" where decimal == .point: separators.insert(",")
            case "point" where decimal == .comma: separators.insert(".")
            case "comma", "point":
                throw error(key, "`\(text)` groups digits only where `decimal-mark` is the other one")
            default:
                throw error(
                    key, "unknown separator `\(text)`", remedy: "known are spaces, apostrophe, comma and point")
            }
        }
        return separators
    }
}
