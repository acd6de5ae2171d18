import Annals
import Definitions

/// What the statuses of a dataset of JSON-stat say of its cells, through the dialect.
///
/// Annal's own answers in JSON-stat have statuses of its own words (`not-available provisional`), which mean the same in
/// every dialect.
struct JSONStatStatus {
    private let reader: FigureReader
    private let glyphs: GlyphRefusal
    private var meanings: [String: FlagColumn.Meaning] = [:]
    private var known: [Key: UInt16] = [:]

    private struct Key: Hashable {
        var text: String
        var own: UInt16
        var isZero: Bool
    }

    init(reader: FigureReader, glyphs: GlyphRefusal) {
        self.reader = reader
        self.glyphs = glyphs
    }

    /// Puts a status beside what a cell has.
    ///
    /// - Parameters:
    ///   - status: One element of `status`.
    ///   - own: The cell's mark so far.
    ///   - isZero: Whether its figure is zero, which a nil may stand beside.
    ///   - palette: Takes the mark.
    /// - Returns: The cell's mark, as an index into the palette.
    /// - Throws: A status that the dialect doesn't know, or that contradicts the value.
    mutating func mark(
        _ status: JSONValue, beside own: UInt16, isZero: Bool, palette: inout MarkPalette
    ) throws(Reason) -> UInt16 {
        guard let text = status.text else {
            throw status.reason(
                "A status is \(status.described)", expected: "a text, or `null`", remedy: JSONStatDataset.remedy)
        }
        let key = Key(text: text, own: own, isZero: isZero)
        if let index = known[key] { return index }
        let trimmed = FieldText.withoutWhitespace(text)
        guard !trimmed.isEmpty else { return own }
        let mark = try combined(palette.marks[Int(own)], try meaning(trimmed, status), status, isZero: isZero)
        guard let index = palette.index(of: mark) else {
            let place = status.document.position(of: status.offset)
            throw MarkPalette.fullReason(line: place.line, column: place.column)
        }
        known[key] = index
        return index
    }

    private mutating func meaning(_ text: String, _ status: JSONValue) throws(Reason) -> FlagColumn.Meaning {
        if let meaning = meanings[text] { return meaning }
        guard let meaning = FlagColumn.meaning(text, reader) ?? Self.ownWords(text) else {
            let place = status.document.position(of: status.offset)
            throw glyphs.unknown(text, line: place.line, column: place.column, isFlag: true)
        }
        meanings[text] = meaning
        return meaning
    }

    /// A status and flags by the names that Annal gives them.
    private static func ownWords(_ text: String) -> FlagColumn.Meaning? {
        let words = text.split(separator: " ").map(String.init)
        guard let first = words.first, let status = CellStatus(code: first) else { return nil }
        var flags: CellFlags = []
        for word in words.dropFirst() {
            guard let flag = CellFlags(code: word) else { return nil }
            flags.formUnion(flag)
        }
        return status == .value ? .flags(flags) : .status(Mark(status, flags: flags))
    }

    private func combined(
        _ own: Mark, _ meaning: FlagColumn.Meaning, _ status: JSONValue, isZero: Bool
    ) throws(Reason) -> Mark {
        switch meaning {
        case .flags(let flags): return Mark(own.status, flags: own.flags.union(flags), glyph: own.glyph)
        case .status(let mark):
            let isZeroSign = isZero && (mark.status == .nilFigure || mark.status == .belowUnit)
            if own.status == .value, isZeroSign {
                return Mark(mark.status, flags: own.flags.union(mark.flags), glyph: mark.glyph)
            }
            if let winner = FlagColumn.stronger(own, mark) {
                return Mark(winner.status, flags: own.flags.union(mark.flags), glyph: winner.glyph)
            }
            // What must not be published is not repeated.
            let isHidden = mark.status == .confidential
            throw status.reason(
                own.status == .value
                    ? "The status says that there is no figure, and one stands in its place"
                    : "The status says \(mark.status.code) of a cell that is \(own.status.code) by its value",
                expected: own.status == .value ? "`null` where there is no figure" : "one reason why there is none",
                remedy: isHidden
                    ? "Take the value out where it must not be published, or the status where it may, and drop the file again"
                    : "Correct the value or its status")
        }
    }
}
