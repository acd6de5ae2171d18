import Annals

/// Tells a row from the heading printed again, as printed pages and files put together have it.
struct RepeatedHeading {
    private let fields: [String]
    private let delimiter: UInt8
    /// The first byte of the heading, small and capital; 0 where it begins with an empty field.
    private let first: UInt8
    /// The second byte of the heading, where it and the first are letters of ASCII; else 0.
    private let second: UInt8
    /// What is ASCII of the first bytes.
    private let beginning: [UInt8]

    init(_ form: DelimitedForm) {
        fields = form.printedHeader
        delimiter = form.delimiter
        first = fields.first?.utf8.first ?? 0
        beginning = fields.first?.utf8.prefix(4).filter { $0 < 0x80 } ?? []
        let areLetters = beginning.count > 1 && beginning[0] == first && beginning[..<2].allSatisfy(FieldText.isLetter)
        second = areLetters ? beginning[1] : 0
    }

    /// Whether a line that begins with a byte may be the heading again.
    @inline(__always)
    func mayBegin(_ byte: UInt8) -> Bool {
        byte == 0x22 || first == 0 ? byte == 0x22 || byte == delimiter : (byte ^ first) & 0xDF == 0
    }

    /// The same of a line that begins with two bytes, of which the first is no quote.
    @inline(__always)
    func mayBegin(_ byte: UInt8, _ next: UInt8) -> Bool {
        mayBegin(byte) && (second == 0 || (next ^ second) & 0xDF == 0)
    }

    /// Where the heading that stands again ends, and how many lines it takes; nil where a row begins.
    func match(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> (end: Int, lines: Int)? {
        let start = text[position] == 0x22 ? position + 1 : position
        guard mayFollow(text, start) else { return nil }
        var records = RecordScanner(text, delimiter: delimiter, position: position, lineLimit: .max)
        var found: [Field] = []
        // What can't be cut is no heading; the scan of the row says why.
        guard (try? records.next(&found)) != nil, found.count == fields.count else { return nil }
        let texts = found.map { FieldText.collapsed(records.scanner.string($0)) }
        guard texts.dropFirst().elementsEqual(fields.dropFirst()), isFirst(texts[0]) else { return nil }
        return (records.position, records.line - 1)
    }

    /// Whether the first bytes are those of the heading's first field, whatever their case.
    private func mayFollow(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        guard !fields.isEmpty else { return false }
        var index = start
        for byte in beginning {
            guard index < text.count, FieldText.isLetter(byte) ? (text[index] ^ byte) & 0xDF == 0 : text[index] == byte
            else { return false }
            index += 1
        }
        return true
    }

    /// `Region` and `Region (cont.)`.
    private func isFirst(_ text: String) -> Bool {
        guard let name = fields.first else { return false }
        if text == name { return true }
        guard fields.count > 1, text.lowercased().hasPrefix(name.lowercased()) else { return false }
        let rest = Slug.make(String(text.dropFirst(name.count)))
        return rest.isEmpty || ["cont", "continued", "forts", "fortsatt", "fortsetzung", "suite"].contains(rest)
    }
}
