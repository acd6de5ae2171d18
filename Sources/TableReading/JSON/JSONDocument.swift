import Annals

/// A JSON text that was gone through: its bytes, and where each of its values begins.
final class JSONDocument: Sendable {
    /// Objects and arrays in one another; JSON-stat needs ten.
    static let deepest = 64
    static let words: [StaticString] = ["null", "true", "false"]

    /// UTF-8, from ``start`` on.
    private let bytes: [UInt8]
    /// As ``JSONParser`` lays it out.
    private let tape: [UInt32]
    private let places: [Int]

    /// Reads all of a text.
    ///
    /// - Parameters:
    ///   - text: As it was decoded.
    ///   - isEncodingDeclared: Whether a sidecar or a definition says how it is encoded.
    ///   - takesLines: Whether it may be several values, each on a line of its own.
    ///   - limits: For the number of values: a figure, its key and its status, and their key, of each cell.
    /// - Throws: The first place that is no JSON.
    init(
        _ text: DecodedText, isEncodingDeclared: Bool = false, takesLines: Bool, limits: ReadingLimits
    ) throws(Reason) {
        if !isEncodingDeclared { try Self.refuseOtherEncoding(text) }
        bytes = text.bytes
        let start = text.start
        let (most, overflow) = limits.cells.multipliedReportingOverflow(by: Self.valuesPerCell)
        let mostValues = overflow ? Int.max : max(most, Self.fewestValues)
        (tape, places) = try bytes.withUnsafeBufferPointer { (buffer) throws(Reason) in
            var parser = JSONParser(buffer, from: start, mostValues: mostValues)
            try parser.run(takesLines: takesLines)
            return (parser.tape, parser.roots)
        }
    }

    private static let valuesPerCell = 4
    /// Labels and notes of a small table, whatever the limit of cells is.
    private static let fewestValues = 1_000_000

    /// JSON is Unicode; what only looks like a text of one byte a character has labels that nobody can vouch for.
    static func refuseOtherEncoding(_ text: DecodedText) throws(Reason) {
        guard text.encoding == TextEncoding.windows1252.rawValue else { return }
        throw Reason(
            "The JSON text is no UTF-8", line: text.firstLineBeyondASCII, expected: "UTF-8, as RFC 8259 wants it",
            remedy: "Save the file as UTF-8; or say in a sidecar NAME.meta.yaml what it is: "
                + "`encoding: \(TextEncoding.windows1252.rawValue)`")
    }

    /// The values that nothing holds: one, or one a line.
    var roots: [JSONValue] { places.map { JSONValue(self, place: $0) } }

    /// Runs over text and tape without a copy of either.
    func withTape<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt32>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
            try tape.withUnsafeBufferPointer { (tape) throws(Failure) in try body(bytes, tape) }
        }
    }

    func offset(at place: Int) -> Int { Int(tape[place]) }

    func byte(at place: Int) -> UInt8 { bytes[Int(tape[place])] }

    /// The place behind a value and all that it holds.
    func next(after place: Int) -> Int { Self.isContainer(byte(at: place)) ? Int(tape[place + 1]) : place + 1 }

    static func next(after place: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ tape: [UInt32]) -> Int {
        isContainer(bytes[Int(tape[place])]) ? Int(tape[place + 1]) : place + 1
    }

    @inline(__always)
    static func isContainer(_ byte: UInt8) -> Bool { byte == 0x7B || byte == 0x5B }

    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    // MARK: Places

    /// Line and column of a byte, from 1; columns count characters, as Unicode numbers them.
    static func position(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (line: Int, column: Int) {
        var line = 1
        var lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let end = min(offset, bytes.count)
        while let feed = ByteSearch.first(0x0A, in: bytes, from: lineStart), feed < end {
            line += 1
            lineStart = feed + 1
        }
        let column = bytes[min(lineStart, end)..<end].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        return (line, column)
    }

    func position(of offset: Int) -> (line: Int, column: Int) {
        bytes.withUnsafeBufferPointer { Self.position(of: offset, in: $0) }
    }

    func excerpt(at offset: Int) -> String { bytes.withUnsafeBufferPointer { Self.excerpt($0, at: offset) } }

    func text(at offset: Int) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: JSONText.unescaped($0, at: offset), as: UTF8.self) }
    }

    /// What stands at a byte, as it is written: up to the end of a text, a number or a word, and shortened.
    static func excerpt(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> String {
        guard offset < bytes.count else { return "the end of the file" }
        var end = offset + 1
        let isText = bytes[offset] == 0x22
        while end < bytes.count, end - offset < longestExcerpt {
            if isText ? bytes[end - 1] == 0x22 && end > offset + 1 : isSpace(bytes[end]) || isMark(bytes[end]) { break }
            end += 1
        }
        return String(decoding: bytes[offset..<end], as: UTF8.self)
    }

    private static let longestExcerpt = 60

    private static func isMark(_ byte: UInt8) -> Bool {
        [0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D].contains(byte)
    }

    /// A refusal at a byte.
    static func reason(
        _ message: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>, expected: String?, remedy: String
    ) -> Reason {
        let place = position(of: offset, in: bytes)
        return Reason(
            message, line: place.line, column: place.column, found: excerpt(bytes, at: offset), expected: expected,
            remedy: remedy)
    }

    func reason(_ message: String, at offset: Int, expected: String?, remedy: String) -> Reason {
        bytes.withUnsafeBufferPointer { Self.reason(message, at: offset, in: $0, expected: expected, remedy: remedy) }
    }
}

extension DecodedText {
    /// The line of the first character beyond ASCII; nil where there is none.
    fileprivate var firstLineBeyondASCII: Int? {
        bytes[start...].firstIndex { $0 >= 0x80 }.map { DecodedText.line(of: $0, in: bytes) }
    }
}
