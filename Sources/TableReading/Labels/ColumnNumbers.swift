import Annals

/// A line of `1`, `2`, `3` below a heading, as printed tables number their columns.
///
/// The first row of a table of numbered things looks the same; beside it stand labels that are numbers, too.
enum ColumnNumbers {
    /// Whether texts count on from one, in brackets or without.
    ///
    /// - Parameters:
    ///   - texts: Two at least.
    ///   - isLabelNumbered: Whether the column of labels is the first of them; where it isn't, it may be counted all the
    ///     same.
    /// - Returns: False for figures.
    static func countOn(_ texts: [String], isLabelNumbered: Bool) -> Bool {
        let numbers = texts.map { Int(unbracketed($0)) }
        guard numbers.count > 1, let first = numbers[0] else { return false }
        return (first == 1 || first == 2 && !isLabelNumbered) && numbers.enumerated().allSatisfy { $1 == first + $0 }
    }

    /// Whether a label is one of words, with a code or without, so that a number is none of its fellows.
    static func mayStandBeside(_ label: String) -> Bool {
        guard let first = label.utf8.first, NumberShape.isDigit(first) else { return true }
        return CodedLabel(label) != nil
    }

    /// What is said of it.
    static func finding(line: Int) -> Finding {
        Finding("column-numbers", "Line \(line) numbers the columns of the heading, and is no row", line: line)
    }

    private static func unbracketed(_ text: String) -> Substring {
        text.hasPrefix("(") && text.hasSuffix(")") ? text.dropFirst().dropLast() : text[...]
    }
}
