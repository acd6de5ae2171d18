import Annals

/// The times of a variable, as TIMEVAL lists them: `TLIST(A1),"2010","2011"` or `TLIST(A1,"2010"-"2011")`.
struct PXTimes {
    /// One a value; empty where the keyword says no more than that they are years.
    private(set) var times: [String] = []

    /// - Parameters:
    ///   - statement: TIMEVAL.
    ///   - name: The variable.
    ///   - first: Its first value, for messages.
    /// - Throws: Where the times aren't years.
    init(_ statement: PXStatement, name: String, first: String) throws(Reason) {
        let words = statement.tokens.compactMap { if case .word(let word) = $0 { word } else { nil } }
        let texts = statement.tokens.compactMap { if case .text(let text) = $0 { text } else { nil } }
        let kind = words.first.map { $0.uppercased().replacing("TLIST(", with: "").prefix { $0 != ")" } } ?? ""
        guard kind.first == "A" else {
            throw Reason(
                "The variable `\(name)` is of \(Self.parts[kind.first ?? " "] ?? "times that aren't years")",
                line: statement.line, found: "TLIST(\(kind)), \(texts.first ?? first)",
                expected: "years: TLIST(A1)",
                remedy: "Annal keeps yearly tables; sum the figures to years, and drop those")
        }
        guard words.contains("-"), texts.count == 2, let from = Int(texts[0]), let to = Int(texts[1]) else {
            times = texts
            return
        }
        guard (1000...9999).contains(from), (from...9999).contains(to) else {
            throw Reason(
                "TIMEVAL of `\(name)` is no range of years", line: statement.line, found: "\(texts[0])-\(texts[1])",
                expected: "two years, the earlier first", remedy: "Correct the file")
        }
        times = (from...to).map(String.init)
    }

    /// What the letters of TLIST stand for.
    private static let parts: [Character: String] = [
        "H": "half-years", "T": "terms of four months", "Q": "quarters", "K": "quarters", "M": "months", "W": "weeks",
        "D": "days",
    ]
}
