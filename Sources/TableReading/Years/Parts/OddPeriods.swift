/// Columns that give each row a time which can't be read: months, quarters, years written in a way that nobody knows.
///
/// The year of a file's name never goes before them.
enum OddPeriods {
    /// Whether all texts of a column are such times, whatever its name.
    ///
    /// - Parameters:
    ///   - texts: Of the whole column.
    ///   - heading: May say that other years stand there: of birth, of construction.
    /// - Returns: False where one of them can be read, and for columns of one text.
    static func areAll(_ texts: KeyDictionary, heading: ColumnName) -> Bool {
        guard texts.count > 1, !heading.isOtherYear, isTime(texts.string(0)) else { return false }
        let strings = texts.strings
        if strings.allSatisfy(isMonthOfYear) { return strings.contains { YearValue.parse($0) == nil } }
        if strings.allSatisfy(isPart) { return true }
        return areYears(strings)
    }

    /// Most columns are told by their first text.
    private static func isTime(_ text: String) -> Bool { isMonthOfYear(text) || isPart(text) || namedYear(text) != nil }

    /// `2010-11`, `2011-02`.
    private static func isMonthOfYear(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-") || bytes[4] == UInt8(ascii: "/"),
            let year = Int(text.prefix(4)), recent.contains(year), let month = Int(text.suffix(2))
        else { return false }
        return (1...12).contains(month) && bytes[5...].allSatisfy(NumberShape.isDigit)
    }

    /// `November 2010`, `11.2010`, `3. kv. 2010`, `Dec-10`.
    private static func isPart(_ text: String) -> Bool {
        if ShortYear.isMonth(text) { return true }
        guard FieldText.withBytes(of: text, YearMentions.mayNameYear), case .part = YearHeading.parse(text) else {
            return false
        }
        return true
    }

    /// The year that begins a text, and what stands behind it; nil where none does.
    private static func namedYear(_ text: String) -> (year: Int, behind: Substring)? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.utf8.count == 4, let year = Int(digits), recent.contains(year), digits.endIndex < text.endIndex
        else {
            return nil
        }
        return (year, text[digits.endIndex...])
    }

    /// Whether all begin with years, not all the same, and go on with the same text: `2010 tj.`, `2011 tj.`.
    private static func areYears(_ strings: [String]) -> Bool {
        let named = strings.map(namedYear)
        guard named.allSatisfy({ $0 != nil }), let first = named.first??.behind,
            named.allSatisfy({ $0?.behind == first }), !first.utf8.contains(where: NumberShape.isDigit),
            Set(named.compactMap { $0?.year }).count > 1
        else { return false }
        return strings.contains { YearValue.parse($0) == nil }
    }

    private static let recent = 1850...2120
}
