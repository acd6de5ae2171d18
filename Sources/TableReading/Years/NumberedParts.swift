/// Parts of years that have a number alone, or a letter that may mean something else as well: `2010 I` beside `2010 II`,
/// `T1 2010` and `S2 2010` of INSEE, `2011C1`, `1/2010`.
///
/// It takes all headings to tell them: `S3 2010` beside `S1 2010` is no half of a year, and `2010 I` alone no quarter.
enum NumberedParts {
    /// The first heading that is one.
    ///
    /// - Parameters:
    ///   - headings: *Shape:* one a column; nil for one that names no year.
    ///   - names: *Shape:* one a column, as printed.
    /// - Returns: Its place; nil where none is.
    static func first(in headings: [YearHeading?], _ names: [String]) -> Int? {
        let found = headings.compactMap { $0 }
        for (parts, fewest) in [(quarters, 1), (halves, 1)] {
            let own = found.filter { parts.contains($0.remainder) }
            let areNoParts = found.contains { heading in
                !parts.contains(heading.remainder) && heading.remainder.utf8.count == 2
                    && heading.remainder.first == own.first?.remainder.first
                    && heading.remainder.last?.isNumber == true
            }
            guard Set(own.map(\.remainder)).count >= fewest, own.count * 2 >= found.count, !areNoParts else { continue }
            return headings.firstIndex { $0.map { parts.contains($0.remainder) } ?? false }
        }
        return firstCounted(headings, names)
    }

    private static let quarters: Set<String> = ["T1", "T2", "T3", "T4", "t1", "t2", "t3", "t4"]
    private static let halves: Set<String> = ["S1", "S2", "s1", "s2"]

    /// Where all that stands beside years counts from 1 on, by numbers, Roman ones, or one letter that touches the year and
    /// a number: no measure is called so.
    private static func firstCounted(_ headings: [YearHeading?], _ names: [String]) -> Int? {
        var first: Int?
        var numbers: Set<Int> = []
        var kinds: Set<String> = []
        for (index, heading) in headings.enumerated() {
            guard let heading else { continue }
            guard let (kind, number) = counted(heading, in: names[index]) else {
                // A total of the year may stand beside its parts.
                if heading.remainder.isEmpty { continue }
                return nil
            }
            first = first ?? index
            numbers.insert(number)
            kinds.insert(kind)
        }
        guard numbers.count > 1, kinds.count == 1, numbers.min() == 1, numbers.max() == numbers.count else {
            return nil
        }
        return first
    }

    /// What stands in front of the number beside a year, and the number; nil for what is none.
    private static func counted(_ heading: YearHeading, in name: String) -> (kind: String, number: Int)? {
        let remainder = heading.remainder
        if let roman = TimeWords.roman(remainder.lowercased()), remainder.first?.isUppercase == true {
            return ("I", roman)
        }
        let digits = remainder.suffix(while: { $0.isASCII && $0.isNumber })
        guard (1...2).contains(digits.count), let number = Int(digits), (1...53).contains(number) else { return nil }
        let kind = remainder.dropLast(digits.count)
        if kind.isEmpty { return ("", number) }
        guard kind.count == 1, kind.first?.isLetter == true, name.contains(heading.mention.label + remainder) else {
            return nil
        }
        return (String(kind), number)
    }
}

extension String {
    /// The characters at the end that are so.
    fileprivate func suffix(while condition: (Character) -> Bool) -> Substring {
        var start = endIndex
        while start > startIndex, condition(self[index(before: start)]) { start = index(before: start) }
        return self[start...]
    }
}
