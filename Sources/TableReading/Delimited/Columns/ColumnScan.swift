import Annals
import Definitions

/// The one pass over a delimited file that fills its columns: text by dictionary, figures as integers.
///
/// Nothing is allocated for a field. A digits-only figure and a text that equals the one above take a path of a few
/// instructions; everything else is cut by ``FieldScanner`` and read by ``FigureReader``.
struct ColumnScan {
    /// What a column is read as.
    enum Target {
        case key(KeyDictionary)
        case figure(FigureColumnBuilder)
        case skip
    }

    private enum Step {
        case key(KeyLane)
        case figure(ColumnBuffer<Int64>)
        case skip
    }

    /// What ended a scan early.
    enum Interruption: Error {
        /// A column isn't what the sample promised: look at all rows, then scan again.
        case surprise
        case refused(Reason)
    }

    private let text: UnsafeBufferPointer<UInt8>
    private let form: DelimitedForm
    private let targets: [Target]
    /// *Shape:* one a column.
    private let readers: [FigureReader]
    private let glyphs: GlyphRefusal
    private let limits: ReadingLimits
    /// Whether all rows were surveyed, so that what doesn't fit is refused.
    private let isFinal: Bool
    private let scanner: FieldScanner
    /// *Shape:* one a column: what the short paths need of the targets, without their reference counts.
    private let steps: [Step]
    /// Whether a digits-only field needs no look-up in the dialect.
    private let digitsAreFigures: Bool
    /// *Shape:* one a column: whether no figure of it had decimals so far.
    private var isWhole: [Bool]
    private var lineShift = 0
    /// The line in which the present row begins.
    private var rowLine = 0
    private(set) var rowCount = 0
    private(set) var palette = MarkPalette()
    private(set) var notes: [String] = []
    private(set) var findings: [Finding] = []
    private let repeatedHeading: RepeatedHeading
    private let tail: TableTail
    private(set) var places: RowPlaces

    init(
        _ text: UnsafeBufferPointer<UInt8>, form: DelimitedForm, tail: TableTail, targets: [Target],
        readers: [FigureReader], glyphs: GlyphRefusal, limits: ReadingLimits, isFinal: Bool, keepsOffsets: Bool
    ) {
        self.text = text
        self.form = form
        self.targets = targets
        self.readers = readers
        self.glyphs = glyphs
        self.limits = limits
        self.isFinal = isFinal
        scanner = FieldScanner(text: text, delimiter: form.delimiter)
        steps = targets.map { target in
            switch target {
            case .key(let dictionary): .key(dictionary.lane)
            case .figure(let builder): .figure(builder.values)
            case .skip: .skip
            }
        }
        digitsAreFigures = readers.allSatisfy { !$0.hasNumericSymbols }
        repeatedHeading = RepeatedHeading(form)
        self.tail = tail
        isWhole = [Bool](repeating: true, count: targets.count)
        places = RowPlaces(firstLine: form.bodyLine, keepsOffsets: keepsOffsets)
    }

    private var line: Int { form.bodyLine + rowCount + lineShift }

    mutating func run() throws(Interruption) {
        reserve()
        let figures = targets.reduce(0) { if case .figure = $1 { $0 + 1 } else { $0 } }
        let maximumRows = min(limits.cells / max(1, figures), Int(UInt32.max) - 1)
        var position = form.bodyStart
        while position < tail.start {
            let start = position
            if passesNoRow(&position) { continue }
            rowLine = line
            places.begin(row: rowCount, line: rowLine, offset: position)
            try scanRow(&position)
            rowCount += 1
            guard position - start <= limits.lineBytes else {
                throw .refused(LineLimit.reason(line: line - 1, limit: limits.lineBytes))
            }
            guard rowCount <= maximumRows else {
                throw .refused(
                    Reason(
                        "The file has more cells than the limit", line: line - 1,
                        expected: "at most \(limits.cells) cells", remedy: "Split the file, or raise the limit"))
            }
        }
        do throws(Reason) {
            notes = try tail.notes(from: position, line: line)
        } catch {
            throw .refused(error)
        }
    }

    /// Rows to come, guessed from the length of the first; none is shorter than a byte a column.
    ///
    /// So what is reserved over all columns stays in proportion to the text, whatever its first row looks like.
    private func reserve() {
        let body = text.count - form.bodyStart
        let end = text[min(form.bodyStart, text.count)...].firstIndex(of: 0x0A) ?? text.count
        let rows = min(body / max(4, end - form.bodyStart, targets.count) + 1, limits.cells)
        for target in targets {
            switch target {
            case .key(let dictionary): dictionary.reserve(rows: rows)
            case .figure(let builder): builder.reserve(rows: rows)
            case .skip: break
            }
        }
    }

    // MARK: One row

    private mutating func scanRow(_ position: inout Int) throws(Interruption) {
        let last = steps.count - 1
        for column in 0...last {
            switch steps[column] {
            case .figure(let values):
                if let end = digits(values, column, position) {
                    position = end
                } else {
                    try scanFigure(column, &position)
                }
            case .key(let lane):
                if let end = lane.advance(text, position, delimiter: form.delimiter) {
                    position = end
                } else {
                    try scanKey(column, &position)
                }
            case .skip: position = try cut(column, position).next
            }
            if column < last {
                guard position < text.count, text[position] == form.delimiter else {
                    throw .refused(shortRow(column + 1, endingAt: position))
                }
                position += 1
            }
        }
        if position < text.count, text[position] == 0x0D { position += 1 }
        guard position < text.count else { return }
        guard text[position] == 0x0A else {
            throw .refused(
                PageLayout.widthReason(line: rowLine, found: fieldCount(last + 1, position), expected: last + 1))
        }
        position += 1
    }

    /// The refusal of a row that lacks fields; a lone text between rows is the title of something else.
    private func shortRow(_ found: Int, endingAt position: Int) -> Reason {
        guard found == 1 else { return PageLayout.widthReason(line: rowLine, found: found, expected: steps.count) }
        let start = (text[..<position].lastIndex(of: 0x0A) ?? -1) + 1
        let line = FieldText.withoutWhitespace(UnsafeBufferPointer(rebasing: text[start..<position]))
        return Reason(
            "A line of text stands between the rows, as where a second table begins", line: rowLine, found: line,
            expected: "a row of \(steps.count) fields",
            remedy: "Drop each table as a file of its own, or complete the row")
    }

    /// Fields of a row that goes on behind its last column.
    private func fieldCount(_ soFar: Int, _ position: Int) -> Int {
        let end = text[position...].firstIndex(of: 0x0A) ?? text.count
        return soFar + text[position..<end].reduce(0) { $1 == form.delimiter ? $0 + 1 : $0 }
    }

    private mutating func cut(_ column: Int, _ position: Int) throws(Interruption) -> Field {
        let field: Field
        do throws(FieldScanner.QuoteError) {
            field = try scanner.field(at: position)
        } catch {
            throw .refused(scanner.reason(error, line: line, column: column + 1))
        }
        if field.newlines > 0 {
            try refuseSwallowedRows(field, column)
            lineShift += field.newlines
        }
        return field
    }

    /// A line break inside quotes belongs to a label; one beside as many delimiters as a row has swallows rows.
    private func refuseSwallowedRows(_ field: Field, _ column: Int) throws(Interruption) {
        let content = text[field.start..<field.end]
        guard content.reduce(0, { $1 == form.delimiter ? $0 + 1 : $0 }) >= steps.count - 1 else { return }
        let end = content.firstIndex(of: 0x0A) ?? field.end
        throw .refused(
            Reason(
                "A quote opens that is closed \(field.newlines) lines further down, with whole rows between",
                line: line,
                column: column + 1,
                found: "\"" + FieldText.string(UnsafeBufferPointer(rebasing: text[field.start..<end])),
                expected: "a closing quote in the same line", remedy: "Remove the quote, or double it inside a label"))
    }

    // MARK: Figures

    /// Appends a whole number of up to 18 digits, and returns where it ends; nil where something else stands there.
    @inline(__always)
    private func digits(_ values: ColumnBuffer<Int64>, _ column: Int, _ position: Int) -> Int? {
        var end = position
        var value: Int64 = 0
        // Bounds: `end` stays below the count. 18 digits can't overflow an Int64, and the 19th isn't taken.
        while end < text.count {
            let digit = text[end] &- 0x30
            if digit > 9 { break }
            value = value &* 10 &+ Int64(digit)
            end += 1
        }
        let length = end - position
        guard length > 0, length < 19, length == 1 || text[position] != 0x30, digitsAreFigures, isWhole[column] else {
            return nil
        }
        if end < text.count {
            let byte = text[end]
            guard
                byte == form.delimiter || byte == 0x0A || byte == 0x0D && end + 1 < text.count && text[end + 1] == 0x0A
            else { return nil }
        }
        values.append(value)
        return end
    }

    private mutating func scanFigure(_ column: Int, _ position: inout Int) throws(Interruption) {
        guard case .figure(let builder) = targets[column] else { return }
        let field = try cut(column, position)
        position = field.next
        let bytes = scanner.bytes(field)
        var value: Int64 = 0
        var decimals = 0
        let mark: Mark
        switch bytes.withUnsafeBufferPointer(readers[column].read) {
        case .number(let number, let places, let own): (value, decimals, mark) = (number, places, own)
        case .symbol(let own): mark = own
        case .blank: mark = Mark(.blank)
        case .overflow:
            throw .refused(glyphs.overflow(String(decoding: bytes, as: UTF8.self), line: rowLine, column: column + 1))
        case .other:
            guard isFinal else { throw .surprise }
            throw .refused(glyphs.unknown(String(decoding: bytes, as: UTF8.self), line: rowLine, column: column + 1))
        }
        if mark.status == .value, !isFinal, hasLeadingZero(bytes) { throw .surprise }
        guard let index = palette.index(of: mark) else {
            throw .refused(MarkPalette.fullReason(line: rowLine, column: column + 1))
        }
        guard builder.append(value, decimals: decimals, mark: index) else {
            throw .refused(glyphs.overflow(String(decoding: bytes, as: UTF8.self), line: rowLine, column: column + 1))
        }
        isWhole[column] = builder.isWhole
    }

    private func hasLeadingZero(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { NumberShape(FieldText.trimmed($0))?.hasLeadingZero ?? false }
    }

    // MARK: Keys

    private mutating func scanKey(_ column: Int, _ position: inout Int) throws(Interruption) {
        guard case .key(let dictionary) = targets[column] else { return }
        let field = try cut(column, position)
        position = field.next
        if field.hasEscapes {
            _ = scanner.bytes(field).withUnsafeBufferPointer { dictionary.append($0) }
        } else {
            _ = dictionary.append(UnsafeBufferPointer(rebasing: text[field.start..<field.end]))
        }
        guard dictionary.count <= limits.categories else {
            throw .refused(
                Reason(
                    "The column `\(form.header[column])` has more categories than the limit", line: rowLine,
                    column: column + 1, expected: "at most \(limits.categories)",
                    remedy: "Look whether the column is a key at all"))
        }
    }

    // MARK: Lines that are no rows

    /// Passes a line that is blank, of nothing but delimiters, or the heading again; false where a row begins.
    @inline(__always)
    private mutating func passesNoRow(_ position: inout Int) -> Bool {
        let byte = text[position]
        // Nearly all rows begin with a letter or a digit that the heading doesn't begin with.
        guard
            byte <= 0x22 || byte == form.delimiter || byte == 0xEF || byte == 0x5F || byte == 0x3D
                || repeatedHeading.mayBegin(byte)
        else {
            return false
        }
        return passesNoRowSlowly(&position)
    }

    private mutating func passesNoRowSlowly(_ position: inout Int) -> Bool {
        // A byte order mark in front of a row is what putting files together leaves.
        if text.count - position > 3, text[position] == 0xEF, text[position + 1] == 0xBB, text[position + 2] == 0xBF {
            position += 3
        }
        if let end = blankLine(position) {
            position = end
            lineShift += 1
            return true
        }
        guard repeatedHeading.mayBegin(text[position]), let found = repeatedHeading.match(text, at: position) else {
            return false
        }
        findings.append(
            Finding(
                "heading-again", "The heading of line \(form.headerLine) stands again in line \(line)", line: line))
        lineShift += found.lines
        position = found.end
        return true
    }

    /// Where a line of nothing but spaces, delimiters, empty quotes and rules (`____`, `====`) ends.
    private func blankLine(_ position: Int) -> Int? {
        var index = position
        while index < text.count {
            let byte = text[index]
            if byte == 0x0A { return index + 1 }
            guard
                byte == form.delimiter || byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x22
                    || byte == 0x5F || byte == 0x3D
            else {
                return nil
            }
            index += 1
        }
        return index
    }
}
