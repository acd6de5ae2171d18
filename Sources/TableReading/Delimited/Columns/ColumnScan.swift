import Annals
import Definitions

/// The one pass over a delimited file that fills its columns: text by dictionary, figures as integers.
///
/// Nothing is allocated for a field. A plain figure and a text that equals the one above take a path of a few
/// instructions; everything else is cut by ``FieldScanner`` and read by ``FigureReader``.
struct ColumnScan {
    /// What a column is read as.
    enum Target {
        case key(KeyDictionary)
        case figure(FigureColumnBuilder)
    }

    private enum Step {
        case key(KeyLane)
        case figure(FigureLane)
    }

    /// What ended a scan early.
    enum Interruption: Error {
        /// A column isn't what the sample promised: look at all rows, then scan again.
        case surprise
        case refused(Reason)
    }

    /// What doesn't change from the first row to the last.
    struct Setting {
        let text: UnsafeBufferPointer<UInt8>
        let form: DelimitedForm
        let tail: TableTail
        /// *Shape:* one a column.
        let readers: [FigureReader]
        let glyphs: GlyphRefusal
        let limits: ReadingLimits
        /// Whether all rows were surveyed, so that what doesn't fit is refused.
        let isFinal: Bool
        let keepsOffsets: Bool
    }

    let setting: Setting
    /// *Shape:* one a column.
    let targets: [Target]
    /// Where the first row is looked for.
    let start: Int
    /// Where the next row is looked for.
    private(set) var position: Int
    private let text: UnsafeBufferPointer<UInt8>
    private let delimiter: UInt8
    private let scanner: FieldScanner
    /// *Shape:* one a column: what the short paths need of the targets, without their reference counts.
    private let steps: [Step]
    private var leading: LeadingKeys
    /// *Shape:* one a column: the most decimals that a figure of it had so far.
    private var decimals: [Int]
    private var lineShift = 0
    /// The line in which the present row begins.
    private var rowLine = 0
    private(set) var rowCount = 0
    private(set) var palette = MarkPalette()
    private(set) var notes: [String] = []
    private(set) var findings: [Finding] = []
    private let repeatedHeading: RepeatedHeading
    /// Why another table begins among the rows.
    private var secondTable: Reason?
    private(set) var places: RowPlaces

    /// - Parameters:
    ///   - setting: The file.
    ///   - targets: *Shape:* one a column; empty ones.
    ///   - start: Where a row begins.
    init(_ setting: Setting, targets: [Target], start: Int) {
        self.setting = setting
        self.targets = targets
        self.start = start
        position = start
        text = setting.text
        delimiter = setting.form.delimiter
        scanner = FieldScanner(text: text, delimiter: delimiter)
        steps = zip(targets, setting.readers).map { target, reader in
            switch target {
            case .key(let dictionary): .key(dictionary.lane)
            case .figure(let builder):
                .figure(FigureLane(builder, reader: reader, delimiter: setting.form.delimiter))
            }
        }
        leading = LeadingKeys(targets, delimiter: setting.form.delimiter)
        repeatedHeading = RepeatedHeading(setting.form)
        decimals = [Int](repeating: 0, count: targets.count)
        places = RowPlaces(firstLine: setting.form.bodyLine, keepsOffsets: setting.keepsOffsets)
    }

    /// The same columns without rows.
    var emptyTargets: [Target] {
        targets.map { target in
            switch target {
            case .key: .key(KeyDictionary(delimiter: delimiter))
            case .figure: .figure(FigureColumnBuilder())
            }
        }
    }

    private var line: Int { setting.form.bodyLine + rowCount + lineShift }

    /// More rows have more cells than a file may have.
    private var mostRows: Int {
        let figures = targets.count { if case .figure = $0 { true } else { false } }
        return min(setting.limits.cells / max(1, figures), Int(UInt32.max) - 1)
    }

    /// Takes the rows that begin before a place; the last one may end behind it.
    mutating func run(to end: Int) throws(Interruption) {
        reserve(until: end)
        let mostRows = mostRows
        defer { leading.writeAll(rows: rowCount) }
        while position < end {
            let start = position
            if passesNoRow() { continue }
            rowLine = line
            places.begin(row: rowCount, line: rowLine, offset: position)
            try scanRow()
            rowCount += 1
            guard position - start <= setting.limits.lineBytes else {
                throw .refused(LineLimit.reason(line: line - 1, limit: setting.limits.lineBytes))
            }
            guard rowCount <= mostRows else { throw .refused(tooManyCells(line: line - 1)) }
        }
    }

    private func tooManyCells(line: Int) -> Reason {
        Reason(
            "The file has more cells than the limit", line: line, expected: "at most \(setting.limits.cells) cells",
            remedy: "Split the file, or raise the limit")
    }

    /// Reads what stands below the rows.
    mutating func finish() throws(Interruption) {
        if let secondTable { throw .refused(secondTable) }
        do throws(Reason) {
            notes = try setting.tail.notes(from: position, line: line)
        } catch {
            throw .refused(error)
        }
    }

    /// Takes over what a scan of the rows that follow found.
    ///
    /// - Returns: False where that can't be, and nothing is changed: its rows must be gone through by this scan.
    mutating func append(_ piece: ColumnScan) throws(Interruption) -> Bool {
        // Lines in findings, and in refusals, are those of a scan that knows what stands above.
        guard piece.start == position, piece.findings.isEmpty, piece.secondTable == nil else { return false }
        var marks: [UInt16] = []
        for mark in piece.palette.marks {
            guard let index = palette.index(of: mark) else { return false }
            marks.append(index)
        }
        appendColumns(piece, marks: marks)
        for (column, target) in targets.enumerated() {
            switch target {
            case .key(let dictionary):
                guard dictionary.count <= setting.limits.categories else {
                    let row = dictionary.firstRow(setting.limits.categories)
                    let line = row < rowCount ? places.line(ofRow: row) : line + piece.places.shifted(row - rowCount)
                    throw .refused(tooManyCategories(column, line: line))
                }
            case .figure(let builder): decimals[column] = builder.decimals
            }
        }
        places.append(piece.places, row: rowCount, shift: lineShift)
        lineShift += piece.lineShift
        rowCount += piece.rowCount
        position = piece.position
        leading.forgetRow()
        guard rowCount <= mostRows else { throw .refused(tooManyCells(line: places.line(ofRow: mostRows))) }
        return true
    }

    /// Each of some threads appends columns of its own.
    private func appendColumns(_ piece: ColumnScan, marks: [UInt16]) {
        let threads = min(setting.limits.threads, targets.count)
        Threads.run(threads) { thread in
            for column in stride(from: thread, to: targets.count, by: threads) {
                switch (targets[column], piece.targets[column]) {
                case (.key(let dictionary), .key(let next)): dictionary.append(next)
                case (.figure(let builder), .figure(let next)): builder.append(next, marks: marks)
                default: break
                }
            }
        }
    }

    /// Makes room for the rows to come.
    func reserve(until end: Int) {
        let guess = RowEstimate.rows(in: text, from: position, to: end, columns: targets.count)
        let rows = rowCount + min(guess, setting.limits.cells)
        for target in targets {
            switch target {
            case .key(let dictionary): dictionary.reserve(rows: rows)
            case .figure(let builder): builder.reserve(rows: rows)
            }
        }
    }

    // MARK: One row

    private mutating func scanRow() throws(Interruption) {
        let last = steps.count - 1
        let (start, shift) = (position, lineShift)
        for column in leading.pass(text, &position, row: rowCount)...last {
            switch steps[column] {
            case .figure(let lane):
                if let end = lane.advance(text, position, decimals: decimals[column]) {
                    position = end
                } else {
                    try scanFigure(column)
                }
            case .key(let lane):
                if let end = lane.advance(text, position, delimiter: delimiter) {
                    position = end
                } else {
                    try scanKey(column)
                }
            }
            if column < last {
                guard position < text.count, text[position] == delimiter else {
                    throw .refused(shortRow(column + 1, endingAt: position))
                }
                leading.end(column, at: position - start)
                position += 1
            }
        }
        leading.finish(row: start, isPlain: lineShift == shift)
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
        return soFar + text[position..<end].reduce(0) { $1 == delimiter ? $0 + 1 : $0 }
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
        guard content.reduce(0, { $1 == delimiter ? $0 + 1 : $0 }) >= steps.count - 1 else { return }
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

    private mutating func scanFigure(_ column: Int) throws(Interruption) {
        guard case .figure(let builder) = targets[column] else { return }
        let field = try cut(column, position)
        position = field.next
        let bytes = scanner.bytes(field)
        var value: Int64 = 0
        var decimals = 0
        let mark: Mark
        switch bytes.withUnsafeBufferPointer(setting.readers[column].read) {
        case .number(let number, let places, let own): (value, decimals, mark) = (number, places, own)
        case .symbol(let own): mark = own
        case .blank: mark = Mark(.blank)
        case .overflow:
            throw .refused(
                setting.glyphs.overflow(String(decoding: bytes, as: UTF8.self), line: rowLine, column: column + 1))
        case .other:
            guard setting.isFinal else { throw .surprise }
            let (text, isPercent) = (String(decoding: bytes, as: UTF8.self), setting.readers[column].isPercent)
            throw .refused(setting.glyphs.unknown(text, line: rowLine, column: column + 1, isPercent: isPercent))
        }
        if mark.status == .value, hasLeadingZero(bytes) {
            guard setting.isFinal else { throw .surprise }
            let text = String(decoding: bytes, as: UTF8.self)
            throw .refused(GlyphRefusal.leadingZero(text, line: rowLine, column: column + 1))
        }
        guard let index = palette.index(of: mark) else {
            throw .refused(MarkPalette.fullReason(line: rowLine, column: column + 1))
        }
        guard builder.append(value, decimals: decimals, mark: index) else {
            throw .refused(
                setting.glyphs.overflow(String(decoding: bytes, as: UTF8.self), line: rowLine, column: column + 1))
        }
        self.decimals[column] = builder.decimals
    }

    private func hasLeadingZero(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { NumberShape(FieldText.trimmed($0))?.hasLeadingZero ?? false }
    }

    // MARK: Keys

    private mutating func scanKey(_ column: Int) throws(Interruption) {
        guard case .key(let dictionary) = targets[column] else { return }
        let (field, known) = (try cut(column, position), dictionary.count)
        position = field.next
        if field.hasEscapes {
            _ = scanner.bytes(field).withUnsafeBufferPointer { dictionary.append($0) }
        } else {
            _ = dictionary.append(UnsafeBufferPointer(rebasing: text[field.start..<field.end]))
        }
        if dictionary.count > known, let other = GlyphRefusal.loneReturn(field, text, rowLine, column + 1) {
            throw .refused(other)
        }
        guard dictionary.count <= setting.limits.categories else {
            throw .refused(tooManyCategories(column, line: rowLine))
        }
    }

    private func tooManyCategories(_ column: Int, line: Int) -> Reason {
        Reason(
            "The column `\(setting.form.header[column])` has more categories than the limit", line: line,
            column: column + 1, expected: "at most \(setting.limits.categories)",
            remedy: "Look whether the column is a key at all")
    }

    // MARK: Lines that are no rows

    /// Passes a line that is blank, of nothing but delimiters, or the heading again; false where a row begins.
    @inline(__always)
    private mutating func passesNoRow() -> Bool {
        let byte = text[position]
        // Nearly all rows begin with a letter or a digit that the heading doesn't begin with.
        guard
            byte <= 0x22 || byte == delimiter || byte == 0xEF || byte == 0x5F || byte == 0x3D
                || position + 1 < text.count && repeatedHeading.mayBegin(byte, text[position + 1])
        else {
            return false
        }
        return passesNoRowSlowly()
    }

    private mutating func passesNoRowSlowly() -> Bool {
        // A byte order mark in front of a row is what putting files together leaves.
        if text.count - position > 3, text[position] == 0xEF, text[position + 1] == 0xBB, text[position + 2] == 0xBF {
            position += 3
        }
        if let end = BlankLine.end(text, at: position, delimiter: delimiter) {
            if secondTable == nil, position > setting.form.bodyStart {
                secondTable = repeatedHeading.title(text, above: setting.tail.start, at: end)
                    .map { RepeatedHeading.titleAmongRows($0, line: line + 1) }
            }
            position = end
            lineShift += 1
            return true
        }
        guard repeatedHeading.mayBegin(text[position]), let found = repeatedHeading.match(text, at: position) else {
            return false
        }
        let title = repeatedHeading.title(text, above: position, from: setting.form.bodyStart)
        if let title, secondTable == nil {
            secondTable = RepeatedHeading.secondTable(title.text, line: line - title.lines)
        }
        findings.append(
            Finding(
                "heading-again", "The heading of line \(setting.form.headerLine) stands again in line \(line)",
                line: line))
        lineShift += found.lines
        position = found.end
        return true
    }
}
