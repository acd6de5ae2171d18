import Annals

/// What stands below the rows: sources, notes, legends, and lines of nothing but delimiters.
///
/// Found from the end of the file upward: the tail ends at the first line that has a figure, or the fields of a row. So a
/// line that belongs to nothing stays in the body, where it is refused.
struct TableTail {
    /// Offset of the first line that belongs to the tail; the text's end where there is none.
    private(set) var start: Int

    private let text: UnsafeBufferPointer<UInt8>
    private let delimiter: UInt8
    private let width: Int
    /// Offset of the first row.
    private let first: Int

    /// More lines than any notes have.
    private static let mostLines = 2000

    init(_ text: UnsafeBufferPointer<UInt8>, form: DelimitedForm) {
        self.text = text
        delimiter = form.delimiter
        width = form.header.count
        first = form.bodyStart
        start = text.count
        guard form.mayHaveNotes else { return }
        var end = text.count
        var lines = 0
        while end > form.bodyStart, lines < Self.mostLines {
            // The line's own end, if it has one, is the byte before `end`.
            let last = text[end - 1] == 0x0A ? end - 1 : end
            let begin = (text[form.bodyStart..<last].lastIndex(of: 0x0A) ?? form.bodyStart - 1) + 1
            guard mayBelong(begin..<last) || isLoneText(begin..<last) && standsApart(begin, form.bodyStart) else {
                break
            }
            start = begin
            end = begin
            lines += 1
        }
    }

    private func mayBelong(_ line: Range<Int>) -> Bool {
        let fields = fields(line)
        let filled = fields.filter { !$0.isEmpty }
        guard let first = filled.first(where: { $0.contains { $0 != "_" && $0 != "=" } }) else { return true }
        if filled.count == 2, NoteLine.isNote(first, beside: filled[1]) || explainsSymbol(filled, line) { return true }
        // A line with a figure where a row has one is a row, whatever it begins with.
        if fields.count == width, fields.dropFirst().contains(where: HeaderLines.isFigure) { return false }
        if NoteLine.beginsLikeNote(whole(line)) { return true }
        if filled.count > 1 {
            return fields.count != width && !filled.contains { FieldText.looksLikeFigure($0) }
                && filled.contains { $0.split(separator: " ").count > 2 }
        }
        if fields.count == 1 { return true }
        // A label with nothing beside it is a row without figures, unless it reads like a note.
        return NoteLine.isNote(first, isApart: false)
    }

    /// Whether two fields say what a symbol means: `Not available;..`, by the name of what it means, or below the title of
    /// such a list.
    ///
    /// A row without its figure looks the same; it stands among rows.
    private func explainsSymbol(_ filled: [String], _ line: Range<Int>) -> Bool {
        guard Self.isSymbol(filled[1]) != Self.isSymbol(filled[0]),
            let meaning = filled.first(where: { !Self.isSymbol($0) })
        else { return false }
        var end = line.lowerBound
        while end > first {
            let above = (text[first..<end - 1].lastIndex(of: 0x0A) ?? first - 1) + 1
            let texts = fields(above..<end - 1).filter { !$0.isEmpty }
            guard texts.count == 2, Self.isSymbol(texts[0]) != Self.isSymbol(texts[1]) else {
                if texts.isEmpty { return CellStatus(code: Slug.make(meaning)) != nil }
                return texts.count == 1 && NoteLine.isNote(texts[0], isApart: false)
            }
            end = above
        }
        return false
    }

    private static func isSymbol(_ text: String) -> Bool {
        text.utf8.count <= 3 && !text.contains { $0.isLetter || $0.isNumber }
    }

    /// Whether one field of a line holds words, and the others nothing.
    private func isLoneText(_ line: Range<Int>) -> Bool {
        let filled = fields(line).filter { !$0.isEmpty }
        return filled.count == 1 && !HeaderLines.isFigure(filled[0]) && filled[0].contains(where: \.isLetter)
            && filled[0].contains(" ")
    }

    /// Whether nothing but lines of one text each stand between a line and a blank one above it.
    private func standsApart(_ begin: Int, _ first: Int) -> Bool {
        var end = begin
        var lines = 0
        while end > first, lines < Self.mostNotes {
            let above = (text[first..<end - 1].lastIndex(of: 0x0A) ?? first - 1) + 1
            let line = above..<end - 1
            if fields(line).allSatisfy(\.isEmpty) { return true }
            guard isLoneText(line) || mayBelong(line) else { return false }
            end = above
            lines += 1
        }
        return false
    }

    /// Notes that follow one another without a blank line between.
    private static let mostNotes = 50

    private func whole(_ line: Range<Int>) -> String {
        let text = FieldText.withoutWhitespace(UnsafeBufferPointer(rebasing: self.text[line]))
        return LabelText.withoutInvisible(text.hasPrefix("\"") ? String(text.dropFirst()) : text)
    }

    /// The fields of one line; one, where its quotes don't close in it.
    private func fields(_ line: Range<Int>) -> [String] {
        var records = RecordScanner(
            UnsafeBufferPointer(rebasing: text[line]), delimiter: delimiter, lineLimit: .max)
        var fields: [Field] = []
        // A note may have a quote in it that opens nothing.
        guard (try? records.next(&fields)) != nil else { return line.isEmpty ? [] : [whole(line)] }
        return fields.map { FieldText.withoutWhitespace(records.scanner.string($0)) }
    }

    /// The notes of the tail, one a line.
    ///
    /// - Parameters:
    ///   - position: Where the rows ended, at the tail's start or behind it.
    ///   - line: The number of the line there.
    /// - Returns: What is kept with the table.
    /// - Throws: The first line that is no note.
    func notes(from position: Int, line: Int) throws(Reason) -> [String] {
        var notes: [String] = []
        var begin = position
        var number = line
        var isApart = position > 1 && text[position - 1] == 0x0A && text[position - 2] == 0x0A
        while begin < text.count {
            let end = text[begin...].firstIndex(of: 0x0A) ?? text.count
            let fields = fields(begin..<end)
            let filled = fields.filter { !$0.isEmpty }
            if filled.allSatisfy({ $0.allSatisfy { $0 == "_" || $0 == "=" } }) {
                isApart = true
            } else {
                let note = filled.count == 1 ? filled[0] : whole(begin..<end)
                let goesOn = !notes.isEmpty && filled.count == 1 && (fields.count == 1 || note.contains(" "))
                guard goesOn || filled.count > 1 || NoteLine.isNote(note, isApart: isApart) else {
                    throw Self.refusal(note, fields: fields.count, width: width, line: number)
                }
                notes.append(note)
                isApart = false
            }
            begin = end + 1
            number += 1
        }
        return notes
    }

    private static func refusal(_ text: String, fields: Int, width: Int, line: Int) -> Reason {
        Reason(
            "The last row is too short", line: line, found: text,
            expected: "\(width) fields, as in the heading, or a note",
            remedy: "If the file was cut off, export it again; begin a note with `Note:` or `Source:`")
    }
}
