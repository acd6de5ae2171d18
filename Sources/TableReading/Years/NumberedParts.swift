/// Parts of years that have a number alone, or a letter that may mean something else as well: `2010 I` beside `2010 II`,
/// `T1 2010` and `S2 2010` of INSEE.
///
/// It takes all headings to tell them: `S3 2010` beside `S1 2010` is no half of a year, and `2010 I` alone no quarter.
enum NumberedParts {
    /// The first heading that is one.
    ///
    /// - Parameter headings: *Shape:* one a column; nil for one that names no year.
    /// - Returns: Its place; nil where none is.
    static func first(in headings: [YearHeading?]) -> Int? {
        let found = headings.compactMap { $0 }
        for (parts, fewest) in [(quarters, 1), (halves, 1), (numerals, 2)] {
            let own = found.filter { parts.contains($0.remainder) }
            let areNoParts = found.contains { heading in
                !parts.contains(heading.remainder) && heading.remainder.utf8.count == 2
                    && heading.remainder.first == own.first?.remainder.first
                    && heading.remainder.last?.isNumber == true
            }
            guard Set(own.map(\.remainder)).count >= fewest, own.count * 2 >= found.count, !areNoParts else { continue }
            return headings.firstIndex { $0.map { parts.contains($0.remainder) } ?? false }
        }
        return nil
    }

    private static let quarters: Set<String> = ["T1", "T2", "T3", "T4", "t1", "t2", "t3", "t4"]
    private static let halves: Set<String> = ["S1", "S2", "s1", "s2"]
    private static let numerals: Set<String> = ["I", "II", "III", "IV"]
}
