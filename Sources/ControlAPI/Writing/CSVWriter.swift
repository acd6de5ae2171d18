import Annals

/// Writes comma-separated values as RFC 4180 has them: CRLF, quotes where needed.
///
/// Text that a spreadsheet would run as a formula (it starts with `=`, `+`, `-`, `@`, a tab or a line end, perhaps behind
/// blanks) gets an apostrophe in front; figures are numbers and stay as they are. Control characters but tab and line ends
/// are no data and are written as `\u{1B}`; what else a terminal would act on stays, since CSV is read by programs
/// (``TerminalFilter``).
package struct CSVWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var isRowStart = true

    package init() {}

    /// A cell of text from a file or a definition.
    package mutating func text(_ text: String) {
        separate()
        bytes.append(contentsOf: Self.field(text))
    }

    /// A cell left empty.
    package mutating func empty() { separate() }

    /// Appends a whole number as a field.
    package mutating func integer(_ number: (some BinaryInteger)?) {
        separate()
        if let number { bytes.append(contentsOf: String(number).utf8) }
    }

    /// A figure scaled by its number of decimals; an empty cell where there is none.
    package mutating func figure(_ value: Int64?, decimals: Int) {
        separate()
        if let value { ScaledDecimal.append(value, decimals: decimals, to: &bytes) }
    }

    /// The same of a difference of two figures.
    package mutating func figure(difference: Int128?, decimals: Int) {
        separate()
        if let difference {
            bytes.append(contentsOf: ScaledDecimal.text(difference: difference, decimals: decimals).utf8)
        }
    }

    /// Cells made by ``field(_:)`` before, commas between them included.
    package mutating func raw(_ fields: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: fields)
    }

    /// Ends the row.
    package mutating func endRow() {
        bytes.append(contentsOf: [0x0D, 0x0A])
        isRowStart = true
    }

    /// Writes a row of text fields.
    package mutating func row(_ texts: [String]) {
        for text in texts { self.text(text) }
        endRow()
    }

    /// Gives what was written so far and goes on with an empty buffer.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func separate() {
        if !isRowStart { bytes.append(0x2C) }
        isRowStart = false
    }

    /// One cell of text: harmless to a spreadsheet, and quoted where it must be.
    package static func field(_ text: String) -> [UInt8] {
        var content = Array(text.utf8)
        if content.contains(where: isControl) { content = escaped(content) }
        if startsFormula(text) { content.insert(0x27, at: 0) }
        guard content.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return content }
        var quoted: [UInt8] = [0x22]
        for byte in content {
            if byte == 0x22 { quoted.append(0x22) }
            quoted.append(byte)
        }
        quoted.append(0x22)
        return quoted
    }

    /// Whether a spreadsheet would take text for a formula: some drop blanks in front, and know the full-width signs.
    ///
    /// Source: OWASP, "CSV Injection".
    private static func startsFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        if ["\t", "\r", "\n"].contains(first) { return true }
        let sign = text.unicodeScalars.first { !$0.properties.isWhitespace && !TerminalText.isDangerous($0) }
        return sign.map { formulaSigns.contains($0) } ?? false
    }

    private static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]

    private static func isControl(_ byte: UInt8) -> Bool {
        byte == 0x7F || byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
    }

    private static func escaped(_ content: [UInt8]) -> [UInt8] {
        content.flatMap { isControl($0) ? Array(TerminalText.escape(of: Unicode.Scalar($0)).utf8) : [$0] }
    }
}
