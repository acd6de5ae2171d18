import Annals

/// Two lines of headings, one right above the other: one heading in two lines, a row that lost its label, or two
/// headings of which one lost its rows.
struct HeadingLines {
    let upper: PageHeading
    let lower: PageHeading

    /// Columns that have a label in both lines.
    private var shared: [Int] {
        upper.labels.indices.filter {
            !upper.labels[$0].isEmpty && $0 < lower.labels.count && !lower.labels[$0].isEmpty
        }
    }

    /// - Throws: Where the lower line is a row without a label, or a heading of its own, or may be a row of words.
    func refuseOthers() throws(Reason) {
        guard !areTwo else { throw contradiction }
        guard !isRow else { throw Self.noLabel(lower) }
        guard !mayBeRow else { throw Self.rowOfWords(lower.stub, found: Self.text(lower), line: lower.line) }
    }

    /// The refusal of a label in front of words, right below a heading.
    static func rowOfWords(_ label: String, found: String, line: Int) -> Reason {
        Reason(
            "`\(label)` stands in front of words right below the heading: a row without figures, or a second line of the "
                + "heading", line: line, column: 1, found: found, expected: "figures, or symbols",
            remedy:
                "Print symbols that a dialect explains where figures are missing; leave the first field empty in a second "
                + "line of the heading")
    }

    /// Whether a text stands in front of the lower line that names no rows, and each of its words below a label.
    private var mayBeRow: Bool {
        guard !lower.stub.isEmpty, lower.stub != upper.stub, !SpacedHeading.isStubWord(lower.stub), !lower.areUnits
        else {
            return false
        }
        return lower.labels.indices.allSatisfy { lower.labels[$0].isEmpty || !upper.labels[$0].isEmpty }
    }

    /// Whether both lines name the columns by codes, or by years.
    private var areTwo: Bool {
        guard !shared.isEmpty else { return false }
        let (above, below) = (shared.map { upper.labels[$0] }, shared.map { lower.labels[$0] })
        return Self.areCoded(above) && Self.areCoded(below)
            || above.allSatisfy(Self.namesYear) && below.allSatisfy(Self.namesYear)
    }

    /// Whether the lines name one column by two labels that both stand in front of rows.
    func nameTwo(of rows: Set<String>) -> Bool {
        shared.contains {
            upper.labels[$0] != lower.labels[$0] && rows.isSuperset(of: [upper.labels[$0], lower.labels[$0]])
        }
    }

    /// The refusal of two headings above one block of rows.
    var contradiction: Reason {
        Reason(
            "Two headings stand one above the other, and both name the columns", line: lower.line,
            found: Self.text(lower), expected: "one heading above the rows: \(Self.text(upper)), or this one",
            remedy:
                "Remove the heading that the rows don't belong to; where rows are missing between the two, export the "
                + "whole table")
    }

    /// What is said where words of two lines become one heading, so that two headings don't become one unseen.
    ///
    /// Years, units, and labels that cover several columns are what a second line mostly is.
    var finding: Finding? {
        let filled = upper.labels.indices.filter { !upper.labels[$0].isEmpty }
        guard let first = filled.first, filled == shared,
            lower.labels.indices.allSatisfy({ filled.contains($0) || lower.labels[$0].isEmpty }),
            Set(filled.map { upper.labels[$0] }).count == filled.count,
            !lower.areUnits, !lower.labels.contains(where: Self.namesYear),
            !upper.labels.contains(where: Self.namesYear)
        else { return nil }
        return Finding(
            "heading-lines",
            "`\(upper.labels[first])` and `\(lower.labels[first])` in the line below it are taken for one heading, and so are "
                + "the others of these lines", line: lower.line)
    }

    /// Whether what look like years below a whole heading are the figures of a row that lost its label.
    private var isRow: Bool {
        let places = lower.labels.indices.filter { !lower.labels[$0].isEmpty }
        let names = places.map { lower.labels[$0] }
        guard places.allSatisfy({ !upper.labels[$0].isEmpty }) else { return false }
        // A figure that is no year heads nothing, unless all are codes.
        let hasFigure = names.contains { !Self.namesYear($0) && FieldText.withBytes(of: $0, NumberShape.isDigitsAlone) }
        // `2010-2011` is no figure.
        let areYears = names.allSatisfy { Self.namesYear($0) && FieldText.looksLikeFigure($0) }
        return hasFigure && !Self.areCodes(names) || areYears && Set(names).count == names.count
    }

    static func noLabel(_ row: PageHeading) -> Reason {
        Reason(
            "A row has no label", line: row.line, column: 1, found: row.labels.joined(separator: "⇥"),
            expected: "a label in the first field", remedy: "Write the label in front of the figures")
    }

    private static func text(_ heading: PageHeading) -> String {
        heading.labels.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    static func namesYear(_ text: String) -> Bool {
        YearHeading.parse(text).year != nil
    }

    /// Whether headings are codes without words: digits alone, each another, some beginning with a zero, beside names.
    static func areCodes(_ names: [String]) -> Bool {
        let codes = names.filter { $0.utf8.allSatisfy(NumberShape.isDigit) }
        return codes.count > 1 && Set(codes).count == codes.count && codes.contains { $0.hasPrefix("0") && $0 != "0" }
            && names.allSatisfy { $0.utf8.allSatisfy(NumberShape.isDigit) || !FieldText.looksLikeFigure($0) }
    }

    /// Whether all labels but totals are codes of two characters or more, with labels or without.
    private static func areCoded(_ labels: [String]) -> Bool {
        let labels = labels.filter { !TotalLabel.matches($0) || CodedLabel($0) != nil }
        let coded = labels.compactMap { CodedLabel($0) }
        if coded.count == labels.count, !coded.isEmpty { return coded.allSatisfy { $0.code.utf8.count > 1 } }
        return areCodes(labels)
    }
}
