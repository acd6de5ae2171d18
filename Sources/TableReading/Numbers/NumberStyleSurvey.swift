import Annals
import Definitions

/// What the figures of a column say together about point and comma.
///
/// `1,234` alone may be a thousand or one. A figure such as `0.5`, `12.75` or `1,234.5` is proof, and so is `1,234,567`, of
/// grouping. A column is asked first, then the other columns of the file, since an agency writes one way in a file. Plain
/// figures prove nothing: `12345` stands beside grouped thousands and beside fractions. Where nothing proves, it is
/// refused: guessing would be wrong by a factor of a thousand.
///
/// One column may not say both: among figures such as `2,345,678` a `12,34` is mistyped, and so is it among `7,890`, which
/// would have lost its zero if the comma parted a fraction of as many digits as there are.
struct NumberStyleSurvey {
    /// A field of the file, for messages.
    struct Place {
        var line: Int
        var column: Int
        var text: String
    }

    /// Figures of one kind: how many, and the first.
    fileprivate struct Evidence {
        var count = 0
        var first: Place?

        mutating func add(_ place: () -> Place) {
            if first == nil { first = place() }
            count += 1
        }

        mutating func merge(_ other: Evidence) {
            count += other.count
            if let theirs = other.first, first.map({ theirs.isBefore($0) }) ?? true { first = theirs }
        }
    }

    /// What one mark, a point or a comma, was seen as.
    fileprivate struct MarkEvidence {
        var decimal = Evidence()
        /// Figures that prove it decimal with another number of decimals than three.
        var shortDecimal = Evidence()
        var grouping = Evidence()
        var ambiguous = Evidence()
        /// Ambiguous figures that end in a zero, as `7,890`: fractions would have three digits throughout.
        var padded = Evidence()
        /// Ambiguous figures that end in two zeros, as `12,100`.
        var hundreds = Evidence()
    }

    private var point = MarkEvidence()
    private var comma = MarkEvidence()

    /// Whether any figure has a point or a comma in it.
    var hasMarks: Bool {
        [point, comma].contains { $0.decimal.count + $0.grouping.count + $0.ambiguous.count > 0 }
    }

    /// Adds a figure as it is printed.
    mutating func add(_ shape: NumberShape, place: () -> Place) {
        switch shape.evidence {
        case .decimal(let mark):
            with(mark) {
                $0.decimal.add(place)
                if shape.lastGroup != 3 { $0.shortDecimal.add(place) }
            }
        case .grouping(let mark): with(mark) { $0.grouping.add(place) }
        case .ambiguous(let mark):
            with(mark) {
                $0.ambiguous.add(place)
                if shape.magnitude % 10 == 0 { $0.padded.add(place) }
                if shape.magnitude % 100 == 0 { $0.hundreds.add(place) }
            }
        case .none, .invalid: break
        }
    }

    /// Adds what another column says.
    mutating func merge(_ other: NumberStyleSurvey) {
        point.merge(other.point)
        comma.merge(other.comma)
    }

    private mutating func with(_ mark: Unicode.Scalar, _ body: (inout MarkEvidence) -> Void) {
        if mark == "," { body(&comma) } else { body(&point) }
    }

    // MARK: Deciding

    /// Decides over all figures as one column, the dialect first.
    ///
    /// - Throws: Where figures contradict one another, or none of them decides.
    func style(_ dialect: Dialect) throws(Reason) -> NumberStyle {
        try Self.styles(of: [self], dialect: dialect)[0]
    }

    /// Decides how each column of a file writes numbers.
    ///
    /// - Parameters:
    ///   - columns: The columns of figures.
    ///   - dialect: Decides where it says a decimal mark.
    ///   - delimiter: What parts the file's fields; nil where that says nothing.
    /// - Returns: One style a column, in their order.
    /// - Throws: Where a column contradicts itself or another one, or where nothing tells what `1,234` is.
    static func styles(
        of columns: [NumberStyleSurvey], dialect: Dialect, delimiter: UInt8? = nil
    ) throws(Reason) -> [NumberStyle] {
        let plain = plainStyle(dialect)
        if plain.decimalMark != nil { return columns.map { _ in plain } }
        let separators = NumberStyle.Separators(dialect.thousandsSeparators)
        for column in columns {
            try column.comma.refuseContradiction()
            try column.point.refuseContradiction()
        }
        let forPoint = first(columns.flatMap { [$0.point.decimal.first, $0.comma.grouping.first] })
        let forComma = first(columns.flatMap { [$0.comma.decimal.first, $0.point.grouping.first] })
        if let forPoint, let forComma { throw twoWays(forPoint, forComma) }
        let groups = separators.union(.apostrophes)
        if forPoint != nil || separators.contains(.comma) && !separators.contains(.point) && forComma == nil {
            return columns.map { _ in NumberStyle(decimalMark: ".", separators: groups.union(.comma)) }
        }
        if forComma != nil || separators.contains(.point) && !separators.contains(.comma) {
            return columns.map { _ in NumberStyle(decimalMark: ",", separators: groups.union(.point)) }
        }
        if delimiter == UInt8(ascii: ","), areHundreds(columns) {
            return columns.map { _ in NumberStyle(decimalMark: ".", separators: groups.union(.comma)) }
        }
        if let open = first(columns.flatMap { [$0.point.ambiguous.first, $0.comma.ambiguous.first] }) {
            throw ambiguity(open)
        }
        return columns.map { _ in plain }
    }

    /// How numbers are written where none of them tells: as the dialect says.
    static func plainStyle(_ dialect: Dialect) -> NumberStyle {
        let separators = NumberStyle.Separators(dialect.thousandsSeparators)
        return switch dialect.decimalMark {
        case .point: NumberStyle(decimalMark: ".", separators: separators)
        case .comma: NumberStyle(decimalMark: ",", separators: separators)
        case nil: NumberStyle(decimalMark: nil, separators: separators.union(.apostrophes))
        }
    }

    /// Whether all commas stand in round hundreds, as `12,100` in quotes among fields that commas part.
    ///
    /// Who parts fields by commas writes no decimal commas, and nobody prints three decimals of which two are zeros
    /// throughout.
    private static func areHundreds(_ columns: [NumberStyleSurvey]) -> Bool {
        let ambiguous = columns.reduce(0) { $0 + $1.comma.ambiguous.count }
        let hundreds = columns.reduce(0) { $0 + $1.comma.hundreds.count }
        return ambiguous >= fewestHundreds && hundreds == ambiguous
            && columns.allSatisfy { $0.point.ambiguous.count == 0 }
    }

    private static let fewestHundreds = 4

    private static func first(_ places: [Place?]) -> Place? {
        places.compactMap(\.self).min { $0.isBefore($1) }
    }

    private static func twoWays(_ first: Place, _ second: Place) -> Reason {
        let (earlier, later) = first.isBefore(second) ? (first, second) : (second, first)
        return Reason(
            "The file writes numbers in two ways: `\(earlier.text)` in line \(earlier.line) and "
                + "`\(later.text)` in line \(later.line)", line: later.line, column: later.column, found: later.text,
            expected: "one decimal mark", remedy: "Correct the file: all its figures must be written in one way")
    }

    /// How a definition says that the mark in a figure groups its digits.
    private static func numbers(grouped text: String) -> DatasetDefinition.Numbers {
        text.contains(",")
            ? DatasetDefinition.Numbers(decimalMark: .point, thousandsSeparators: [","])
            : DatasetDefinition.Numbers(decimalMark: .comma, thousandsSeparators: ["."])
    }

    /// How a definition says that the mark in a figure is the decimal mark.
    private static func numbers(fraction text: String) -> DatasetDefinition.Numbers {
        DatasetDefinition.Numbers(decimalMark: text.contains(",") ? .comma : .point)
    }

    private static func ambiguity(_ place: Place) -> Reason {
        let grouped = place.text.filter { $0 != "," && $0 != "." }
        let fraction = place.text.replacing(",", with: ".")
        return Reason(
            "`\(place.text)` may be \(grouped) or \(fraction), and no figure of the file decides",
            line: place.line, column: place.column, found: place.text,
            expected: "a figure that shows the decimal mark",
            remedy:
                "Say in a definition how figures are written: `\(numbers(grouped: place.text).line)` for \(grouped), or "
                + "`\(numbers(fraction: place.text).line)` for \(fraction)")
    }
}

extension NumberStyleSurvey.Place {
    fileprivate func isBefore(_ other: Self) -> Bool { (line, column) < (other.line, other.column) }
}

extension NumberStyleSurvey.MarkEvidence {
    fileprivate mutating func merge(_ other: Self) {
        decimal.merge(other.decimal)
        shortDecimal.merge(other.shortDecimal)
        grouping.merge(other.grouping)
        ambiguous.merge(other.ambiguous)
        padded.merge(other.padded)
        hundreds.merge(other.hundreds)
    }

    /// Refuses the figure that most others of the column contradict.
    fileprivate func refuseContradiction() throws(Reason) {
        if let decimal = decimal.first, let grouping = grouping.first {
            // The rarer one is mistyped; `2,345,678` has proved more than `12,34`.
            let isGroupingRare = self.grouping.count + ambiguous.count < self.decimal.count
            throw isGroupingRare ? Self.reason(grouping, among: decimal) : Self.reason(decimal, among: grouping)
        }
        if decimal.count == shortDecimal.count, let short = shortDecimal.first, let padded = padded.first {
            throw Self.reason(short, among: padded)
        }
    }

    private static func reason(_ odd: NumberStyleSurvey.Place, among other: NumberStyleSurvey.Place) -> Reason {
        Reason(
            "`\(odd.text)` and `\(other.text)` in line \(other.line) write numbers in two ways", line: odd.line,
            column: odd.column, found: odd.text, expected: "a figure written as `\(other.text)` is",
            remedy: "Correct the figure")
    }
}
