import Annals

/// The text of a cell, a caption or a paragraph while it is gathered from its elements.
///
/// Words stand one space apart, as a browser shows them. What is raised, lowered or struck through is kept apart, so that
/// `120<sup>1</sup>` is never 1201.
struct HTMLText {
    /// How a piece of text stands on its line.
    enum Part {
        case plain, raised, lowered, struck
    }

    /// A raised, lowered or struck piece, and where it stands in the plain text.
    struct Insert {
        var part: Part
        var bytes: [UInt8]
        /// Offset in the plain text.
        var offset: Int
        /// Whether a link to a note is around it.
        var isLink: Bool

        var text: String { FieldText.withoutWhitespace(String(decoding: bytes, as: UTF8.self)) }
    }

    private enum Boundary {
        case none, element, line
    }

    private var plain: [UInt8] = []
    private(set) var inserts: [Insert] = []
    private var isSpacePending = false
    private var boundary = Boundary.none
    private var beginsInsert = true
    /// Offsets in the plain text at which a digit follows another one that stands in another element.
    private var joins: [Int] = []
    private var hasDigitsApart = false

    var isEmpty: Bool { plain.isEmpty && inserts.isEmpty }

    /// Adds what one element holds.
    mutating func append(_ text: ArraySlice<UInt8>, _ part: Part, isLink: Bool = false) {
        for byte in text {
            if byte <= 0x20 || byte == 0x7F {
                isSpacePending = true
                continue
            }
            if part == .plain { appendPlain(byte) } else { appendInsert(byte, part, isLink: isLink) }
            isSpacePending = false
        }
    }

    private mutating func appendPlain(_ byte: UInt8) {
        if boundary != .none, NumberShape.isDigit(byte), let last = plain.last, NumberShape.isDigit(last) {
            if isSpacePending || boundary == .line { hasDigitsApart = true } else { joins.append(plain.count) }
        }
        boundary = .none
        beginsInsert = true
        if isSpacePending, !plain.isEmpty { plain.append(0x20) }
        plain.append(byte)
    }

    private mutating func appendInsert(_ byte: UInt8, _ part: Part, isLink: Bool) {
        if beginsInsert || inserts.last?.part != part {
            inserts.append(Insert(part: part, bytes: [], offset: plain.count, isLink: isLink))
            beginsInsert = false
        } else if isSpacePending {
            inserts[inserts.count - 1].bytes.append(0x20)
        }
        inserts[inserts.count - 1].bytes.append(byte)
        if isLink { inserts[inserts.count - 1].isLink = true }
    }

    /// An element begins or ends here.
    mutating func passElement() { if boundary == .none { boundary = .element } }

    /// A raised or lowered element begins here.
    mutating func beginInsert() { beginsInsert = true }

    /// A line ends here.
    mutating func breakLine() {
        boundary = .line
        isSpacePending = true
    }

    // MARK: What it says

    /// Without what is raised, lowered or struck through.
    var bare: String { FieldText.withoutWhitespace(String(decoding: plain, as: UTF8.self)) }

    /// With all of it: raised digits as such, `km²`, `2011¹`; what is struck through is left out.
    var whole: String {
        guard !inserts.isEmpty else { return bare }
        var bytes: [UInt8] = []
        var offset = 0
        for insert in inserts {
            bytes.append(contentsOf: plain[offset..<insert.offset])
            offset = insert.offset
            switch insert.part {
            case .plain: bytes.append(contentsOf: insert.bytes)
            case .lowered: bytes.append(contentsOf: Self.lowered(insert, behind: bytes.last).utf8)
            case .raised: bytes.append(contentsOf: Self.raised(insert, isFirst: insert.offset == 0).utf8)
            case .struck: break
            }
        }
        bytes.append(contentsOf: plain[offset...])
        return FieldText.withoutWhitespace(String(decoding: bytes, as: UTF8.self))
    }

    /// Digits as raised ones; a letter in front of a text is the mark of a note.
    private static func raised(_ insert: Insert, isFirst: Bool) -> String {
        let text = insert.text
        if isFirst, text.count <= 2, text.allSatisfy(\.isLetter) { return "(\(text)) " }
        guard text.allSatisfy({ digits[$0] != nil }) else { return text }
        return String(text.compactMap { digits[$0] }) + (isFirst ? " " : "")
    }

    /// `CO2`; behind a digit the lowered ones are no further digits.
    private static func lowered(_ insert: Insert, behind last: UInt8?) -> String {
        guard let last, NumberShape.isDigit(last) else { return insert.text }
        return String(
            insert.text.map { character in
                guard character.isASCII, let value = character.wholeNumberValue,
                    let scalar = Unicode.Scalar(0x2080 + UInt32(value))
                else { return character }
                return Character(scalar)
            })
    }

    private static let digits: [Character: Character] = [
        "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", ",": ",",
        "(": "⁽", ")": "⁾", " ": " ",
    ]

    /// Whether digits that a reader would take for one figure stand on two lines, or in two elements in another way than
    /// groups of three do.
    var mayBeTwoFigures: Bool {
        if hasDigitsApart { return true }
        return joins.enumerated().contains { place, join in
            let end = joins.indices.contains(place + 1) ? joins[place + 1] : plain.count
            let behind = plain[join..<end].prefix(while: NumberShape.isDigit).count
            let start = place > 0 ? joins[place - 1] : 0
            let before = plain[start..<join].reversed().prefix(while: NumberShape.isDigit).count
            return behind != 3 || before > 3
        }
    }
}
