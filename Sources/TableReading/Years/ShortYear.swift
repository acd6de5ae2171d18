import Annals

/// Years of two digits, which tell no century, and months beside them: `'10`, `FY10`, `10/11`, `Mar-10`.
///
/// None of them is read: a heading that nobody understands would put its figures into the year of the file's name.
enum ShortYear {
    /// Whether a text is a month of a year: `Mar-10`, `Mar 10`, `mars-10`.
    static func isMonth(_ text: String) -> Bool {
        guard endsInTwoDigits(text) else { return false }
        let letters = text.prefix(while: \.isLetter)
        guard CalendarDay.month(named: letters.lowercased()) != nil else { return false }
        let rest = text.dropFirst(letters.count).drop { " -./'".contains($0) || $0 == "\u{2019}" }
        return rest.utf8.count == 2 && rest.utf8.allSatisfy(NumberShape.isDigit)
            && text.utf8.count > letters.utf8.count + 2
    }

    /// `'10`, `FY10`, `FY 10`, `AY'10`.
    private static func isYear(_ text: String) -> Bool {
        guard endsInTwoDigits(text) else { return false }
        var rest = Substring(text)
        var isTold = false
        for word in ["FY", "CY", "AY", "SY"] where rest.uppercased().hasPrefix(word) {
            rest = rest.dropFirst(2).drop(while: \.isWhitespace)
            isTold = true
            break
        }
        if let mark = rest.first, "'\u{2019}\u{2018}`".contains(mark) {
            rest = rest.dropFirst()
            isTold = true
        }
        return isTold && rest.utf8.count == 2 && rest.utf8.allSatisfy(NumberShape.isDigit)
    }

    private static func endsInTwoDigits(_ text: String) -> Bool {
        text.utf8.count >= 2 && text.utf8.suffix(2).allSatisfy(NumberShape.isDigit)
    }

    /// First and last year of `10/11`, `10-11`.
    private static func split(_ text: String) -> (Int, Int)? {
        guard text.utf8.count <= 7, text.utf8.contains(where: NumberShape.isDigit) else { return nil }
        let parts = text.split(whereSeparator: { "/-\u{2013}".contains($0) })
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            let first = Int(parts[0]), let last = Int(parts[1]), (first + 1) % 100 == last
        else { return nil }
        return (first, last)
    }

    /// - Throws: The first heading of figures that is such a year.
    static func refuse(_ columns: [PlanColumn], line: Int) throws(Reason) {
        let splits = columns.map { split($0.name) }
        // Ages `10-11` and `12-13` don't overlap as years do.
        let overlap = zip(splits, splits.dropFirst()).contains { left, right in
            left.flatMap { left in right.map { left.1 == $0.0 } } ?? false
        }
        for (column, split) in zip(columns, splits) {
            if isMonth(column.name) {
                throw Reason(
                    "The headings are months, quarters or weeks", line: line, column: column.place + 1,
                    found: column.name, expected: "years",
                    remedy:
                        "Annal keeps yearly tables; where each column is a year, write the year alone, in four digits")
            }
            guard isYear(column.name) || overlap && split != nil else { continue }
            throw Reason(
                "The headings are years of two digits, which tell no century", line: line, column: column.place + 1,
                found: column.name, expected: "years of four digits", remedy: "Write the years in four digits")
        }
    }
}
