import Annals

/// Goes through a JSON text once, checks all of it, and notes where each value begins.
///
/// What it makes is a *tape* of 32-bit numbers, four bytes a value, so that a file of a gigabyte never becomes objects:
///
///     {"id": ["a", 7]}      text; bytes 0, 1, 7, 8, 13
///     0 7  1  7 7  8 13     tape
///
/// A string, a number or a word is one number: the offset of its first byte, which also tells its kind. An object or an
/// array is two, its offset and the place on the tape behind its last value; then come its values, in an object each key
/// before its value.
///
/// It never calls itself: what is open stands on a stack, ``JSONDocument/deepest`` at most. It holds no more than the tape and
/// that stack, and refuses a text with more values than its limit before the tape grows beyond it. RFC 8259 holds to the
/// letter, and what it leaves open is decided: keys of one object differ, and half a surrogate pair is refused.
struct JSONParser {
    /// An object or an array that isn't closed yet.
    private struct Open {
        /// On the tape.
        var place: Int
        var isObject: Bool
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let mostValues: Int
    private var index: Int
    private var open: [Open] = []
    private var hasEscapedKeys = false
    private var keys = JSONKeys()
    private(set) var tape: [UInt32] = []
    /// Places on the tape of the values that nothing holds: one, or one a line.
    private(set) var roots: [Int] = []

    /// - Parameters:
    ///   - bytes: UTF-8, below 4 GiB.
    ///   - start: Behind a byte order mark.
    ///   - mostValues: How many values it may have.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, mostValues: Int) {
        self.bytes = bytes
        self.mostValues = mostValues
        index = start
    }

    /// - Parameter takesLines: Whether further values may follow, each on a line of its own.
    /// - Throws: The first place that can't be, by its line and column.
    mutating func run(takesLines: Bool) throws(Reason) {
        guard bytes.count <= UInt32.max else {
            throw Reason("A JSON file of more than 4 GiB isn't read", remedy: "Split the file")
        }
        skipSpace()
        guard index < bytes.count else { throw fault("The JSON text is empty", expected: "an object or an array") }
        while index < bytes.count {
            roots.append(tape.count)
            try root()
            let end = index
            skipSpace()
            guard index < bytes.count else { return }
            guard takesLines, bytes[end..<index].contains(0x0A) else {
                throw fault("Something follows the end of the JSON text", expected: "nothing more")
            }
        }
    }

    /// One value with all that it holds.
    private mutating func root() throws(Reason) {
        try value()
        while let innermost = open.last {
            skipSpace()
            guard index < bytes.count else { throw unclosed(innermost) }
            switch bytes[index] {
            case 0x2C:
                index += 1
                skipSpace()
                if innermost.isObject { try key(isBehindComma: true) }
                try value()
            case innermost.isObject ? 0x7D : 0x5D: try close()
            default:
                throw fault(
                    innermost.isObject
                        ? "An object is neither continued nor closed" : "An array is neither continued nor closed",
                    expected: innermost.isObject ? "`,` or `}`" : "`,` or `]`")
            }
        }
    }

    // MARK: Values

    /// Takes one value, or opens containers until one stands in them.
    private mutating func value() throws(Reason) {
        while true {
            skipSpace()
            guard index < bytes.count else {
                throw fault("The JSON text ends where a value should stand", expected: "a value")
            }
            guard tape.count < mostValues else {
                throw fault(
                    "The JSON text has more values than the limit", expected: "at most \(mostValues) values",
                    remedy: "Split the file")
            }
            switch bytes[index] {
            case 0x2D, 0x30...0x39:
                tape.append(UInt32(truncatingIfNeeded: index))
                return try number()
            case 0x22:
                tape.append(UInt32(truncatingIfNeeded: index))
                _ = try string()
                return
            case 0x7B, 0x5B:
                let isObject = bytes[index] == 0x7B
                guard open.count < JSONDocument.deepest else {
                    throw fault(
                        "The JSON text is nested more deeply than \(JSONDocument.deepest) levels",
                        expected: "at most \(JSONDocument.deepest) objects and arrays in one another",
                        remedy: "Export the table as JSON-stat, or as an array of flat records")
                }
                open.append(Open(place: tape.count, isObject: isObject))
                tape.append(UInt32(truncatingIfNeeded: index))
                tape.append(0)
                index += 1
                skipSpace()
                if index < bytes.count, bytes[index] == (isObject ? 0x7D : 0x5D) { return try close() }
                if isObject { try key(isBehindComma: false) }
            default: return try word()
            }
        }
    }

    private mutating func close() throws(Reason) {
        let container = open.removeLast()
        index += 1
        guard let end = UInt32(exactly: tape.count) else {
            throw fault("The JSON text has more values than the limit", remedy: "Split the file")
        }
        tape[container.place + 1] = end
        guard container.isObject else { return }
        let twin = keys.repeated(
            in: bytes, tape: tape, from: container.place + 2, hasEscapes: hasEscapedKeys)
        guard let twin else { return }
        throw JSONDocument.reason(
            "An object has two values for one key", at: Int(tape[twin]), in: bytes,
            expected: "each key of an object once", remedy: "Remove the one that is wrong")
    }

    /// A key and the colon behind it.
    private mutating func key(isBehindComma: Bool) throws(Reason) {
        guard index < bytes.count, bytes[index] == 0x22 else {
            throw fault(
                isBehindComma && index < bytes.count && bytes[index] == 0x7D
                    ? "A comma stands behind the last member of an object" : "A key should stand here",
                expected: "a key in double quotes")
        }
        tape.append(UInt32(truncatingIfNeeded: index))
        if try string() { hasEscapedKeys = true }
        skipSpace()
        guard index < bytes.count, bytes[index] == 0x3A else {
            throw fault("A key has no value", expected: "`:` behind the key")
        }
        index += 1
    }

    /// `true`, `false`, `null`; what other programs write besides is named.
    private mutating func word() throws(Reason) {
        for word in JSONDocument.words where starts(with: word) {
            let end = index + word.utf8CodeUnitCount
            guard end == bytes.count || !FieldText.isLetter(bytes[end]) else { break }
            tape.append(UInt32(truncatingIfNeeded: index))
            index = end
            return
        }
        if bytes[index] == 0x5D || bytes[index] == 0x7D {
            throw fault("A value is missing", expected: "a value")
        }
        for word in Self.foreign where starts(with: word) {
            throw fault(
                "`\(word)` is no JSON: it stands for a missing figure or for none that can be written",
                expected: "a figure, or `null`", remedy: "Write `null` where a figure is missing")
        }
        throw fault(
            "This is no JSON value",
            expected: "an object, an array, a text in double quotes, a number, `true`, `false` or `null`")
    }

    /// As Python, JavaScript and R write what JSON has no word for.
    private static let foreign: [StaticString] = [
        "NaN", "nan", "Infinity", "-Infinity", "inf", "-inf", "None", "undefined", "NA", "NULL", "True", "False",
    ]

    private func starts(with word: StaticString) -> Bool {
        guard index + word.utf8CodeUnitCount <= bytes.count else { return false }
        return word.withUTF8Buffer { bytes[index..<index + $0.count].elementsEqual($0) }
    }

    // MARK: Numbers and strings

    /// `-`, whole digits without leading zeros, a fraction, an exponent.
    private mutating func number() throws(Reason) {
        let start = index
        if bytes[index] == 0x2D { index += 1 }
        let first = index
        skipDigits()
        guard index > first else {
            index = start
            return try word()
        }
        guard bytes[first] != 0x30 || index == first + 1 else {
            index = start
            throw GlyphRefusal.leadingZero(
                JSONDocument.excerpt(bytes, at: start), line: 1, column: 1, otherwise: "write them in quotes"
            ).at(start, in: bytes)
        }
        if index < bytes.count, bytes[index] == 0x2E {
            index += 1
            try digits("a fraction")
        }
        if index < bytes.count, bytes[index] | 0x20 == 0x65 {
            index += 1
            if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
            try digits("an exponent")
        }
    }

    private mutating func digits(_ part: String) throws(Reason) {
        let first = index
        skipDigits()
        guard index > first else { throw fault("A number ends where \(part) should stand", expected: "digits") }
    }

    @inline(__always)
    private mutating func skipDigits() {
        while index < bytes.count, NumberShape.isDigit(bytes[index]) { index += 1 }
    }

    /// A text in quotes; says whether it has escapes.
    private mutating func string() throws(Reason) -> Bool {
        let start = index
        var hasEscapes = false
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22 {
                index += 1
                return hasEscapes
            }
            if byte == 0x5C {
                hasEscapes = true
                try escape()
            } else if byte < 0x20 {
                throw fault(
                    "A text has a control character in it", expected: "a text that ends with a double quote",
                    remedy: "Write it as an escape, `\\n` for a line break, or close the quote")
            } else {
                index += 1
            }
        }
        index = start
        throw fault("A text is not closed", expected: "a double quote at the end of the text")
    }

    private mutating func escape() throws(Reason) {
        guard index + 1 < bytes.count else {
            throw fault("A text ends in an escape", expected: "a character behind it")
        }
        switch bytes[index + 1] {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: index += 2
        case 0x75:
            guard let unit = JSONText.unit(bytes, at: index) else {
                throw fault("An escape is none that JSON has", expected: "`\\u` and four hexadecimal digits")
            }
            switch unit {
            case 0xD800...0xDBFF:
                guard let low = JSONText.unit(bytes, at: index + 6), (0xDC00...0xDFFF).contains(low) else {
                    throw fault("Half a surrogate pair stands in a text", expected: "both halves of a character")
                }
                index += 12
            case 0xDC00...0xDFFF:
                throw fault("Half a surrogate pair stands in a text", expected: "both halves of a character")
            default: index += 6
            }
        default:
            throw fault("An escape is none that JSON has", expected: "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")
        }
    }

    @inline(__always)
    private mutating func skipSpace() {
        while index < bytes.count, JSONDocument.isSpace(bytes[index]) { index += 1 }
    }

    // MARK: Refusals

    private func fault(
        _ message: String, expected: String? = nil, remedy: String = "Export the file again as JSON"
    ) -> Reason {
        JSONDocument.reason(message, at: index, in: bytes, expected: expected, remedy: remedy)
    }

    private func unclosed(_ container: Open) -> Reason {
        let place = JSONDocument.position(of: Int(tape[container.place]), in: bytes)
        return fault(
            "The JSON text ends too early: \(container.isObject ? "an object" : "an array") of line \(place.line), "
                + "column \(place.column) is not closed", expected: container.isObject ? "`}`" : "`]`",
            remedy: "Drop the file again when it is whole")
    }
}

extension Reason {
    /// The same at a byte of a JSON text.
    fileprivate func at(_ offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Reason {
        var reason = self
        let place = JSONDocument.position(of: offset, in: bytes)
        (reason.line, reason.column) = (place.line, place.column)
        return reason
    }
}
