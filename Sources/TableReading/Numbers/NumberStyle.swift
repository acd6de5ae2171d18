import Annals
import Definitions

/// How a file writes numbers: which mark parts the fraction, which characters group digits.
struct NumberStyle: Equatable {
    /// Nil where no figure of the file has a point or a comma in it.
    var decimalMark: Unicode.Scalar?
    private let grouping: Separators

    /// - Parameters:
    ///   - decimalMark: A point, a comma, or nil.
    ///   - grouping: What may part digits by three.
    init(decimalMark: Unicode.Scalar?, grouping: Set<Unicode.Scalar>) {
        self.decimalMark = decimalMark
        self.grouping = grouping.reduce(into: []) { $0.formUnion(Separators($1)) }
    }

    func groups(_ scalar: Unicode.Scalar) -> Bool { !grouping.isDisjoint(with: Separators(scalar)) }

    /// The scalars that ``NumberShape`` takes between digits, as bits.
    private struct Separators: OptionSet {
        let rawValue: UInt16

        init(rawValue: UInt16) { self.rawValue = rawValue }

        init(_ scalar: Unicode.Scalar) {
            switch scalar {
            case " ": rawValue = 1 << 0
            case ".": rawValue = 1 << 1
            case ",": rawValue = 1 << 2
            case "'": rawValue = 1 << 3
            case "\u{A0}": rawValue = 1 << 4
            case "\u{202F}": rawValue = 1 << 5
            case "\u{2009}": rawValue = 1 << 6
            case "\u{2019}": rawValue = 1 << 7
            default: rawValue = 0
            }
        }
    }
}

/// What all the figures of a file say together about point and comma.
///
/// `1,234` alone may be a thousand or one. So the whole file is asked: a figure such as `0.5`, `12.75` or `1,234.5` is
/// proof, and so is `1,234,567`, of grouping; an agency writes one way in a file. Where every figure is ambiguous, a plain
/// `12345` beside them proves that thousands are *not* grouped, so the mark parts a fraction. Otherwise it is refused:
/// guessing would be wrong by a factor of a thousand.
struct NumberStyleSurvey {
    /// A field of the file, for messages.
    struct Place {
        var line: Int
        var column: Int
        var text: String
    }

    private var decimal: [Unicode.Scalar: Place] = [:]
    private var grouping: [Unicode.Scalar: Place] = [:]
    private var ambiguous: [Unicode.Scalar: Place] = [:]
    private(set) var hasLongPlainNumber = false

    mutating func add(_ shape: NumberShape, place: () -> Place) {
        switch shape.evidence {
        case .decimal(let mark): if decimal[mark] == nil { decimal[mark] = place() }
        case .grouping(let mark): if grouping[mark] == nil { grouping[mark] = place() }
        case .ambiguous(let mark): if ambiguous[mark] == nil { ambiguous[mark] = place() }
        case .none: if shape.separatorCount == 0, shape.firstGroup > 3 { hasLongPlainNumber = true }
        case .invalid: break
        }
    }

    /// Adds a number of that many digits and nothing else.
    mutating func addPlain(digits count: Int) { if count > 3 { hasLongPlainNumber = true } }

    /// Adds what another column says.
    mutating func merge(_ other: NumberStyleSurvey) {
        decimal.merge(other.decimal) { first, _ in first }
        grouping.merge(other.grouping) { first, _ in first }
        ambiguous.merge(other.ambiguous) { first, _ in first }
        hasLongPlainNumber = hasLongPlainNumber || other.hasLongPlainNumber
    }

    /// Decides, the dialect first.
    ///
    /// - Throws: Where figures contradict one another, or none of them decides.
    func style(_ dialect: Dialect) throws(Reason) -> NumberStyle {
        let separators = Set(dialect.thousandsSeparators.flatMap(\.unicodeScalars))
        switch dialect.decimalMark {
        case .point: return NumberStyle(decimalMark: ".", grouping: separators)
        case .comma: return NumberStyle(decimalMark: ",", grouping: separators)
        case nil: break
        }
        let forPoint = decimal["."] ?? grouping[","]
        let forComma = decimal[","] ?? grouping["."]
        if let forPoint, let forComma {
            throw Reason(
                "The file writes numbers in two ways: `\(forPoint.text)` in line \(forPoint.line) and "
                    + "`\(forComma.text)` in line \(forComma.line)", line: max(forPoint.line, forComma.line),
                column: forPoint.line > forComma.line ? forPoint.column : forComma.column,
                found: forPoint.line > forComma.line ? forPoint.text : forComma.text, expected: "one decimal mark",
                remedy: "Correct the file, or name a dialect with `decimal-mark`")
        }
        if forPoint != nil { return NumberStyle(decimalMark: ".", grouping: separators.union([","])) }
        if forComma != nil { return NumberStyle(decimalMark: ",", grouping: separators.union(["."])) }
        guard let (mark, place) = ambiguous.first else { return NumberStyle(decimalMark: nil, grouping: separators) }
        guard ambiguous.count == 1, hasLongPlainNumber else {
            throw Reason(
                "`\(place.text)` may be a thousand and some or a fraction, and no figure of the file decides",
                line: place.line, column: place.column, found: place.text,
                expected: "a figure that shows the decimal mark",
                remedy: "Name a dialect with `decimal-mark: point` or `comma`, in the sidecar or a definition")
        }
        return NumberStyle(decimalMark: mark, grouping: separators)
    }
}
