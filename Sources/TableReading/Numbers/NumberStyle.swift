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

    /// - Parameters:
    ///   - decimalMark: A point, a comma, or nil.
    ///   - separators: What may part digits by three.
    init(decimalMark: Unicode.Scalar?, separators: Separators) {
        self.decimalMark = decimalMark
        grouping = separators
    }

    func groups(_ scalar: Unicode.Scalar) -> Bool { !grouping.isDisjoint(with: Separators(scalar)) }

    /// The scalars that ``NumberShape`` takes between digits, as bits.
    struct Separators: OptionSet {
        let rawValue: UInt16

        init(rawValue: UInt16) { self.rawValue = rawValue }

        static let point = Separators(".")
        static let comma = Separators(",")
        /// These part nothing but groups.
        static let apostrophes: Separators = [Separators("'"), Separators("\u{2019}")]

        init(_ characters: Set<Character>) {
            self = []
            for character in characters {
                for scalar in character.unicodeScalars { formUnion(Separators(scalar)) }
            }
        }

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
