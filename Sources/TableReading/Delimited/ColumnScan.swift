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
    private let reader: FigureReader
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
    private(set) var places: RowPlaces

    init(
        _ text: UnsafeBufferPointer<UInt8>, form: DelimitedForm, targets: [Target], reader: FigureReader,
        glyphs: GlyphRefusal, limits: ReadingLimits, isFinal: Bool, keepsOffsets: Bool
    ) {
        self.text = text
        self.form = form
        self.targets = targets
        self.reader = reader
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
        digitsAreFigures = !reader.hasNumericSymbols
        isWhole = [Bool](repeating: true, count: targets.count)
        places = RowPlaces(firstLine: form.bodyLine, keepsOffsets: keepsOffsets)
    }

    private var line: Int { form.bodyLine + rowCount + lineShift }

    mutating func run() throws(Interruption) {
        reserve()
        let figures = targets.reduce(0) { if case .figure = $1 { $0 + 1 } else { $0 } }
        let maximumRows = min(limits.cells / max(1, figures), Int(UInt32.max) - 1)
        var position = form.bodyStart
        while position < text.count {
            let start = position
            if startsGap(position) {
                guard try skipGap(&position) else { return }
                continue
            }
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
                    throw .refused(PageLayout.widthReason(line: rowLine, found: column + 1, expected: last + 1))
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

    /// Fields of a row that goes on behind its last column.
    private func fieldCount(_ soFar: Int, _ position: Int) -> Int {
        let end = text[position...].firstIndex(of: 0x0A) ?? text.count
        return soFar + text[position..<end].reduce(0) { $1 == form.delimiter ? $0 + 1 : $0 }
    }

    private mutating func cut(_ column: Int, _ position: Int) throws(Interruption) -> Field {
        do throws(FieldScanner.QuoteError) {
            let field = try scanner.field(at: position)
            lineShift += field.newlines
            return field
        } catch {
            throw .refused(scanner.reason(error, line: line, column: column + 1))
        }
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
        switch bytes.withUnsafeBufferPointer(reader.read) {
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

    // MARK: Blank lines and notes

    @inline(__always)
    private func startsGap(_ position: Int) -> Bool {
        let byte = text[position]
        return byte <= 0x20 && byte != form.delimiter && lineIsBlank(position)
    }

    private func lineIsBlank(_ position: Int) -> Bool {
        for byte in text[position...] {
            if byte == 0x0A { return true }
            if byte > 0x20 || byte == form.delimiter { return false }
        }
        return true
    }

    /// Passes blank lines; false where no rows follow, only notes or nothing.
    private mutating func skipGap(_ position: inout Int) throws(Interruption) -> Bool {
        while position < text.count, lineIsBlank(position) {
            position = (text[position...].firstIndex(of: 0x0A) ?? text.count - 1) + 1
            lineShift += 1
        }
        guard position < text.count else { return false }
        var records = RecordScanner(
            text, delimiter: form.delimiter, position: position, line: line, lineLimit: limits.lineBytes)
        var fields: [Field] = []
        do throws(Reason) {
            if try records.next(&fields) != nil, fields.count == targets.count { return true }
        } catch {
            fields = []  // A note may have a quote in it that opens nothing.
        }
        try takeNotes(position)
        return false
    }

    /// Takes the rest of the file as notes; a line that ends in a figure is a row that lost or won a field.
    private mutating func takeNotes(_ position: Int) throws(Interruption) {
        var start = position
        var index = 0
        while start <= text.count {
            let end = text[start...].firstIndex(of: 0x0A) ?? text.count
            let bytes = UnsafeBufferPointer(rebasing: text[start..<end])
            if let last = bytes.lastIndex(of: form.delimiter) {
                let field = FieldText.withoutWhitespace(UnsafeBufferPointer(rebasing: bytes[(last + 1)...]))
                if !field.isEmpty, FieldText.looksLikeFigure(field) {
                    let found = bytes.reduce(1) { $1 == form.delimiter ? $0 + 1 : $0 }
                    throw .refused(PageLayout.widthReason(line: line + index, found: found, expected: targets.count))
                }
            }
            let note = FieldText.withoutWhitespace(bytes)
            if !note.isEmpty { notes.append(note) }
            start = end + 1
            index += 1
        }
    }
}
