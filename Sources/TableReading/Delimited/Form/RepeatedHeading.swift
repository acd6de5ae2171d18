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
        // A line that can't be cut is none of these; the scan refuses it at its place.
        guard (try? records.next(&found)) != nil, found.count == fields.count else { return nil }
        let texts = found.map { FieldText.collapsed(records.scanner.string($0)) }
        guard texts.dropFirst().elementsEqual(fields.dropFirst()), isFirst(texts[0]) else { return nil }
        return (records.position, records.line - 1)
    }

    /// The one text of the line above the heading that stands again, and how many lines further up; nil for a row.
    ///
    /// A label without figures looks like it; right above a heading it is the title of what follows.
    func title(_ text: UnsafeBufferPointer<UInt8>, above position: Int, from start: Int) -> (text: String, lines: Int)?
    {
        // A byte order mark may stand in front of the heading.
        var (end, lines) = ((text[start..<position].lastIndex(of: 0x0A) ?? start - 1) + 1, 0)
        while end > start {
            let begin = (text[start..<end - 1].lastIndex(of: 0x0A) ?? start - 1) + 1
            lines += 1
            var records = RecordScanner(
                UnsafeBufferPointer(rebasing: text[begin..<end]), delimiter: delimiter, lineLimit: .max)
            var found: [Field] = []
            // A line break inside quotes: the row before.
            // A line that can't be cut is none of these; the scan refuses it at its place.
            guard (try? records.next(&found)) != nil else { return nil }
            let texts = found.map { FieldText.collapsed(records.scanner.string($0)) }
            let filled = texts.filter { !$0.isEmpty }
            if let only = filled.first {
                let isTitle = filled.count == 1 && (texts[0] == only || !HeaderLines.isFigure(only))
                return isTitle ? (only, lines) : nil
            }
            end = begin
        }
        return nil
    }

    /// The one text of a line right above a row, where a blank line stands above it: the title of a table, or of a group.
    func title(_ text: UnsafeBufferPointer<UInt8>, above end: Int, at position: Int) -> String? {
        var records = RecordScanner(text, delimiter: delimiter, position: position, lineLimit: .max)
        var found: [Field] = []
        // A line that can't be cut is none of these; the scan refuses it at its place.
        guard position < end, (try? records.next(&found)) != nil, found.count == fields.count, records.position < end
        else {
            return nil
        }
        let texts = found.map { FieldText.collapsed(records.scanner.string($0)) }
        guard texts[0].contains(where: \.isLetter), texts.dropFirst().allSatisfy(\.isEmpty) else { return nil }
        // A line that can't be cut is none of these; the scan refuses it at its place.
        guard (try? records.next(&found)) != nil else { return nil }
        let isRow = found.dropFirst().contains { HeaderLines.isFigure(FieldText.collapsed(records.scanner.string($0))) }
        return isRow ? texts[0] : nil
    }

    /// The refusal of a title between rows.
    static func titleAmongRows(_ title: String, line: Int) -> Reason {
        Reason(
            "`\(title)` stands apart without figures, as the title of another table or the heading of a group does",
            line: line, column: 1, found: title, expected: "one table a file, and figures in each row",
            remedy:
                "Drop each table as a file of its own; give groups a column of their own, filled in each row; where the "
                + "figures are missing, print a symbol such as `..` and name its dialect")
    }

    /// The refusal of a table below another one.
    static func secondTable(_ title: String, line: Int) -> Reason {
        Reason(
            "A second table begins here: a text stands above the heading that comes again", line: line, found: title,
            expected: "one table a file",
            remedy:
                "Drop each table as a file of its own; remove the line where the same table goes on; if it is a row, "
                + "print a symbol such as `..` where its figures are missing, and name its dialect")
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
        let rest = Slug.name(String(text.dropFirst(name.count)))
        return rest.isEmpty || ["cont", "continued", "forts", "fortsatt", "fortsetzung", "suite"].contains(rest)
    }
}
