import Annals

/// Cuts the text of a PX file into keywords, up to its figures.
///
/// A keyword ends at a semicolon outside of quotes. Texts of the languages that aren't the file's own, and of keywords that
/// nobody asks for, are passed over, but must be closed.
struct PXScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where the next byte stands.
    private(set) var position = 0
    /// Of that byte; counts from 1.
    private(set) var line = 1
    private var texts = 0
    private let mostTexts: Int

    /// - Parameters:
    ///   - bytes: UTF-8, behind a byte order mark.
    ///   - mostTexts: How many texts are kept, of all keywords.
    init(_ bytes: UnsafeBufferPointer<UInt8>, mostTexts: Int) {
        self.bytes = bytes
        self.mostTexts = mostTexts
    }

    /// A keyword as it begins: its name and its language.
    struct Head {
        var keyword: String
        /// `sv` of `[sv]`.
        var language: String?
    }

    /// The next statement.
    ///
    /// - Parameter isWanted: Whether its texts are kept.
    /// - Returns: Nil where the figures begin, behind `DATA=`.
    /// - Throws: Where no keyword stands, or a quote isn't closed, with its line.
    mutating func next(_ isWanted: (Head) -> Bool) throws(Reason) -> (head: Head, statement: PXStatement)? {
        skipBlanks()
        let start = line
        let keyword = try keyword()
        var head = Head(keyword: keyword, language: nil)
        skipBlanks()
        if take(UInt8(ascii: "[")) { head.language = try word(until: UInt8(ascii: "]")) }
        let isKept = isWanted(head)
        skipBlanks()
        var statement = PXStatement(keyword: keyword, subkeys: [], tokens: [], line: start)
        if take(UInt8(ascii: "(")) { statement.subkeys = try subkeys(of: keyword) }
        skipBlanks()
        guard take(UInt8(ascii: "=")) else { throw unexpected("an equals sign behind \(keyword)") }
        if keyword == "DATA" { return nil }
        try scanTokens(&statement, isKept: isKept)
        return (head, statement)
    }

    // MARK: Parts

    private mutating func keyword() throws(Reason) -> String {
        let start = position
        while position < bytes.count, Self.mayStandInKeyword(bytes[position]), position - start < Self.longestKeyword {
            position += 1
        }
        guard position > start else {
            guard position < bytes.count else {
                throw Reason(
                    "The file has no figures: the keyword DATA is missing", line: line, found: "the end of the file",
                    expected: "DATA=", remedy: "Export the whole table")
            }
            throw unexpected("a keyword")
        }
        return FieldText.string(UnsafeBufferPointer(rebasing: bytes[start..<position])).uppercased()
    }

    private static let longestKeyword = 64

    static func mayStandInKeyword(_ byte: UInt8) -> Bool {
        FieldText.isLetter(byte) || NumberShape.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private mutating func word(until end: UInt8) throws(Reason) -> String {
        let start = position
        while position < bytes.count, bytes[position] != end, bytes[position] != 0x0A, position - start < 64 {
            position += 1
        }
        let word = FieldText.string(UnsafeBufferPointer(rebasing: bytes[start..<position]))
        guard take(end) else { throw unexpected("a closing bracket behind the language") }
        return FieldText.withoutWhitespace(word).replacing("\"", with: "")
    }

    private mutating func subkeys(of keyword: String) throws(Reason) -> [String] {
        var subkeys: [String] = []
        while true {
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw unexpected("a text in quotes in the brackets of \(keyword)")
            }
            subkeys.append(try quoted(of: keyword, isKept: true, mayBreak: false))
            skipBlanks()
            if take(UInt8(ascii: ")")) { return subkeys }
            guard take(UInt8(ascii: ",")) else { throw unexpected("a comma or a closing bracket") }
        }
    }

    private mutating func scanTokens(_ statement: inout PXStatement, isKept: Bool) throws(Reason) {
        let mayBreak = !Self.structural.contains(statement.keyword)
        var isBehindText = false
        while true {
            skipBlanks()
            guard position < bytes.count else {
                throw Reason(
                    "The keyword \(statement.keyword) isn't closed by a semicolon", line: statement.line,
                    found: "the end of the file", expected: ";", remedy: "Export the file again")
            }
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: ";"):
                position += 1
                return
            case UInt8(ascii: "\""):
                let text = try quoted(of: statement.keyword, isKept: isKept, mayBreak: mayBreak)
                guard isKept else { continue }
                // Taken out before it grows, so that many pieces aren't copied again and again.
                if isBehindText, case .text(var whole)? = statement.tokens.popLast() {
                    whole += text
                    statement.tokens.append(.text(whole))
                } else {
                    statement.tokens.append(.text(text))
                }
                isBehindText = true
                continue
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                position += 1
                if isKept { statement.tokens.append(byte == UInt8(ascii: ",") ? .comma : .colon) }
            default:
                let start = position
                while position < bytes.count, !Self.endsWord(bytes[position]) { position += 1 }
                let word = UnsafeBufferPointer(rebasing: bytes[start..<position])
                try refuseLostQuote(word, statement)
                if isKept { statement.tokens.append(.word(FieldText.string(word))) }
            }
            isBehindText = false
        }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        Whitespace.isASCII(byte) || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: "\"")
    }

    /// An equals sign stands behind keywords and in texts, never in a word, unless it is the rest of a link: a quote or a
    /// semicolon before it is lost.
    private func refuseLostQuote(_ word: UnsafeBufferPointer<UInt8>, _ statement: PXStatement) throws(Reason) {
        let hasEqualsSign = ByteSearch.holds(UInt8(ascii: "="), word) && !word.starts(with: "//".utf8)
        guard hasEqualsSign || word.count > Self.longestWord else { return }
        throw Reason(
            "A quote or a semicolon is missing in the keyword \(statement.keyword) that begins in line \(statement.line)",
            line: line, found: FieldText.string(word), expected: "texts in quotes up to a semicolon",
            remedy: "Correct the file: look for the quote that isn't closed")
    }

    private static let longestWord = 1000

    /// Keywords whose texts stand in one line each: a line end in one means that its quote was never closed.
    private static let structural: Set<String> = [
        "STUB", "HEADING", "VALUES", "CODES", "TIMEVAL", "CONTVARIABLE", "KEYS", "MATRIX", "LANGUAGE", "LANGUAGES",
        "DECIMALS", "LAST-UPDATED", "STOCKFA", "ELIMINATION", "HIERARCHIES", "DATANOTECELL", "UNITS",
    ]

    /// One text in quotes.
    private mutating func quoted(of keyword: String, isKept: Bool, mayBreak: Bool) throws(Reason) -> String {
        let (opening, openingLine) = (position, line)
        let start = position + 1
        guard let end = ByteSearch.first(UInt8(ascii: "\""), in: bytes, from: start) else {
            throw notClosed(keyword, opening, openingLine)
        }
        let text = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if ByteSearch.holds(0x0A, text) {
            guard mayBreak else { throw notClosed(keyword, opening, openingLine) }
            for byte in text where byte == 0x0A { line += 1 }
        }
        position = end + 1
        guard isKept else { return "" }
        texts += 1
        guard texts <= mostTexts else {
            throw Reason(
                "The file has more texts than the limit", line: openingLine, expected: "at most \(mostTexts)",
                remedy: "Export a part of the table")
        }
        return FieldText.string(text)
    }

    private func notClosed(_ keyword: String, _ opening: Int, _ line: Int) -> Reason {
        let rest = UnsafeBufferPointer(rebasing: bytes[opening..<min(opening + 60, bytes.count)])
        return Reason(
            "A quote that opens in \(keyword) isn't closed in its line", line: line,
            column: Self.column(of: opening, in: bytes), found: String(FieldText.string(rest).prefix { $0 != "\n" }),
            expected: "a closing quote", remedy: "Correct the file: each text stands in quotes")
    }

    // MARK: Bytes

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while position < bytes.count, Whitespace.isASCII(bytes[position]) || bytes[position] == 0x1A {
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }
    }

    private func unexpected(_ expected: String) -> Reason {
        let rest = UnsafeBufferPointer(rebasing: bytes[position..<min(position + 60, bytes.count)])
        return Reason(
            "The file is no PX file here", line: line, column: Self.column(of: position, in: bytes),
            found: position < bytes.count
                ? String(FieldText.string(rest).prefix { $0 != "\n" }) : "the end of the file",
            expected: expected, remedy: "Correct the file: look for a quote or a semicolon that is missing before")
    }

    /// The place of a byte in its line, in characters from 1.
    static func column(of position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var column = 1
        var index = position - 1
        while index >= 0, bytes[index] != 0x0A {
            // A byte within a character counts with its first.
            if bytes[index] & 0xC0 != 0x80 { column += 1 }
            index -= 1
        }
        return column
    }
}
