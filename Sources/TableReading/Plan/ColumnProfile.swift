import Definitions

/// What the different texts of a whole column are.
struct ColumnProfile {
    /// Different texts that aren't empty.
    private(set) var filled = 0
    /// Whether a row has an empty field there.
    private(set) var hasBlanks = false
    /// Digits and nothing else.
    private(set) var wholeNumbers = 0
    /// Numbers of more than one digit that begin with a zero.
    private(set) var leadingZeros = 0
    /// Numbers with a minus sign, decimals or groups.
    private(set) var otherNumbers = 0
    /// Figures with something around them that nobody explains.
    private(set) var markedNumbers = 0
    /// Those that are open at one end: `<5`.
    private var openNumbers = 0
    /// Symbols of the dialect.
    private(set) var symbols = 0
    /// Short texts that the dialect knows as marks behind figures, and as nothing else: `p`, `be`.
    private var marks = 0
    /// Capitals, digits and the marks of codes, no spaces.
    private(set) var codes = 0
    private var oddRows = 0
    /// Whether more rows have something else than have a figure or a symbol.
    private var isMostlyOdd = false
    /// Digits of the shortest and of the longest whole number.
    private var shortest = Int.max
    private var longest = 0

    /// Of a column without texts.
    init() {}

    init(_ dictionary: KeyDictionary, reader: FigureReader) {
        var isOdd = [Bool](repeating: false, count: dictionary.count)
        for entry in 0..<dictionary.count {
            // Programs pad codes with spaces.
            let text = FieldText.trimmed(dictionary.bytes(entry))
            guard !text.isEmpty else {
                hasBlanks = true
                continue
            }
            filled += 1
            if NumberShape.isDigitsAlone(text) {
                wholeNumbers += 1
                codes += 1
                shortest = min(shortest, text.count)
                longest = max(longest, text.count)
                if NumberShape.hasLeadingZero(digits: text) { leadingZeros += 1 }
                continue
            }
            if Self.isCode(text) { codes += 1 }
            // `01.10` is a code, however points are meant.
            if let shape = NumberShape(text), shape.hasLeadingZero {
                leadingZeros += 1
                isOdd[entry] = true
                continue
            }
            switch reader.read(text) {
            case .number: otherNumbers += 1
            case .symbol: symbols += 1
            case .blank: hasBlanks = true
            case .overflow, .other:
                // How the column writes numbers isn't always known yet.
                if let shape = NumberShape(text), shape.end == text.count, shape.evidence != .invalid {
                    otherNumbers += 1
                } else if MarkedFigure.matches(text) {
                    if MarkedFigure.isOpen(text) { openNumbers += 1 } else { markedNumbers += 1 }
                } else {
                    isOdd[entry] = true
                    if text.count <= Self.longestMarks, reader.dialect.glyphs.flags(ofSuffix: text) != nil {
                        marks += 1
                    }
                }
            }
        }
        guard figures > 0, isOdd.contains(true) else { return }
        // Few words stand in many rows, where figures differ: it is the rows that count.
        var rows = 0
        for entry in dictionary.rows {
            if isOdd[Int(entry)] { oddRows += 1 } else if !dictionary.bytes(Int(entry)).isEmpty { rows += 1 }
        }
        isMostlyOdd = oddRows > rows
    }

    private static let longestCode = 24
    /// In bytes; longer words may be made of letters that are marks: `used`.
    private static let longestMarks = 3

    /// Whether the dialect explains all that stands in it as marks of figures, and rows without one are empty, as no key is.
    var isOfMarks: Bool { marks > 0 && marks + symbols == filled && hasBlanks }

    /// Capitals, digits, and marks that stand in codes.
    private static func isCode(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count <= longestCode else { return false }
        for byte in text {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x2D, 0x2E, 0x5F, 0x3A, 0x5B, 0x5D, 0x2B, 0x28, 0x29, 0x2F: continue
            default: return false
            }
        }
        return true
    }

    /// Whether at least half of its different texts are figures, symbols aside, and few are codes with leading zeros.
    var isOfFigures: Bool {
        guard filled > 0, !hasCodesWithZeros, !isMostlyOdd else { return false }
        return symbols == filled || figures > 0 && figures * 2 >= filled - symbols
    }

    /// Different texts that are figures, explained or not.
    ///
    /// Among classes, `<5`, `5-10`, `>10`, what is open at one end is a class.
    var figures: Int {
        wholeNumbers + otherNumbers + markedNumbers + (wholeNumbers + otherNumbers > 0 ? openNumbers : 0)
    }

    /// Whether leading zeros make codes of its numbers: there are many of them, or all numbers have one length.
    ///
    /// One zero too many among figures is a slip.
    var hasCodesWithZeros: Bool {
        leadingZeros * 3 > wholeNumbers + otherNumbers || leadingZeros > 0 && shortest == longest
    }

    /// Whether all are whole numbers, none of them with a sign: the one kind of figure that may be a code.
    var isOfWholeNumbers: Bool { filled > 0 && wholeNumbers == filled }

    /// Whether most look like codes.
    var isOfCodes: Bool { filled > 0 && codes * 3 >= filled * 2 }

    /// Whether all are numbers of four digits, as years are.
    var isOfYears: Bool { isOfWholeNumbers && shortest == 4 && longest == 4 }

    /// Whether what is no whole number in it is the exception.
    var isMostlyWhole: Bool { wholeNumbers > 0 && (otherNumbers + markedNumbers) * 5 <= filled }
}
