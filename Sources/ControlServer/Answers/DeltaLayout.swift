import Annals
import Archive
import Comparison
import ControlAPI

/// A delta for people: a row a cell, then the summary.
///
/// One pass over the rows finds how wide the columns are; then row after row can be written, so that a delta of any size
/// is laid out without being kept as text.
struct DeltaLayout {
    private let delta: Delta
    private let additions: DeltaAdditions
    private let breaks: SeriesBreaks?
    private let summary: DeltaSummary
    private let question: DeltaQuestion
    private let concordance: ConcordanceOutcome?

    init(_ compared: ComparedTables, of question: DeltaQuestion) {
        delta = compared.delta
        additions = compared.additions
        breaks = compared.breaks
        summary = compared.summary
        self.question = question
        concordance = compared.concordance
    }

    /// The text, made safe for a terminal.
    func body() -> AnswerBody {
        var body = AnswerBody()
        let (from, to) = (question.from.report, question.to.report)
        body.append(TerminalText.sanitised("\(question.dataset): \(from.name) → \(to.name)") + "\n")
        let isYears = question.axis == .year
        let lines = DeltaLines(
            delta, additions.columns(of: question), breaks,
            from: isYears ? String(from.year) : question.from.versionHeading,
            to: isYears ? String(to.year) : question.to.versionHeading)
        if let concordance {
            let groups = concordance.lines(atMost: ConcordanceOutcome.namedAtMost, in: lines.codes)
            body.append(groups.joined(separator: "\n") + "\n")
        }
        body.append("\n")
        if delta.count == 0 { body.append("No cells.\n") } else { lines.append(to: &body) }
        var remarks: [String] = []
        if case .file(let table) = question.to {
            remarks = table.audits.flatMap(\.lines) + table.findings.map(\.text)
        }
        body.append("\n\(summary)\n" + remarks.map { TerminalText.sanitised($0) + "\n" }.joined())
        let origins = [from.origin, to.origin] + question.basis.lines
        body.append("\n" + origins.joined(separator: "\n") + "\n")
        return body
    }
}

/// The rows of a delta, in columns.
private struct DeltaLines {
    private let delta: Delta
    private let key: KeyText
    private let widths: DeltaWidths
    private let columns: DeltaAdditions.Columns
    private let breaks: SeriesBreaks?
    /// Of each of ``columns``; 0 for one that says nothing in any row.
    private let columnWidths: [Int]
    private let head: String
    /// Those of all dimensions that a row has.
    let codes: Set<String>

    init(_ delta: Delta, _ additions: DeltaAdditions.Columns, _ breaks: SeriesBreaks?, from: String, to: String) {
        self.delta = delta
        self.breaks = breaks
        let dimensions = delta.keySpace.dimensions
        let survey = DeltaSurvey(delta, additions)
        let keyWidths = dimensions.enumerated().map { place, dimension in
            zip(dimension.categories, survey.usesCategory[place]).filter(\.1).map {
                TextColumns.width(of: $0.0.name)
            }.reduce(TextColumns.width(of: dimension.id)) { max($0, $1) }
        }
        codes = Set(
            dimensions.enumerated().flatMap { place, dimension in
                zip(dimension.categories, survey.usesCategory[place]).filter(\.1).map(\.0.code)
            })
        key = KeyText.padded(delta.keySpace, to: keyWidths)
        var widths = survey.widths
        widths.from = max(widths.from, from.utf8.count)
        widths.to = max(widths.to, to.utf8.count)
        widths.change = max(widths.change, "change".count)
        if let relative = widths.relative { widths.relative = max(relative, "relative".count) }
        self.widths = widths
        // One that says nothing in any row is left out, as the relative change is.
        columns = additions
        columnWidths = zip(additions.headings, survey.additionWidths).map { $1 == 0 ? 0 : max($1, $0.utf8.count) }
        var head = zip(dimensions, keyWidths).map {
            TextColumns.padded(TerminalText.sanitised($0.id), to: $1)
        }.flatMap(\.self)
        let figures =
            [(from, widths.from), (to, widths.to), ("change", widths.change)]
            + (widths.relative.map { [("relative", $0)] } ?? [])
            + zip(columns.headings, columnWidths).filter { $1 > 0 }.map { ($0, $1) }
        for (name, width) in figures {
            head += [UInt8](repeating: 0x20, count: width - name.utf8.count) + Array(name.utf8) + [0x20, 0x20]
        }
        while head.last == 0x20 { head.removeLast() }
        self.head = String(decoding: head, as: UTF8.self) + "\n"
    }

    func append(to body: inout AnswerBody) {
        body.append(head)
        let (delta, key, widths, columns, columnWidths, breaks) = (delta, key, widths, columns, columnWidths, breaks)
        body.append(rows: delta.count) { rows, buffer in
            var cursor = KeyText.Cursor()
            for index in rows {
                let line = buffer.count
                let row = delta.row(index)
                key.append(ordinal: row.ordinal, to: &buffer, &cursor)
                Self.append(row.from, row.decimals, orElse: row.fromStatus, width: widths.from, to: &buffer)
                buffer.append(spaces: TextColumns.gap)
                Self.append(row.to, row.decimals, orElse: row.toStatus, width: widths.to, to: &buffer)
                Self.append(change: row, width: widths.change, to: &buffer)
                if let width = widths.relative { Self.append(relative: row, width: width, to: &buffer) }
                for (text, width) in zip(columns.texts(index, row), columnWidths) where width > 0 {
                    buffer.append(spaces: TextColumns.gap + width - text.utf8.count)
                    buffer.append(text)
                }
                for text in Self.remarks(on: row, isAcrossBreak: breaks?.isAcross(row) ?? false) {
                    buffer.append(spaces: TextColumns.gap)
                    buffer.append(text)
                }
                buffer.removeTrailingSpaces(backTo: line)
                buffer.append(0x0A)
            }
        }
    }

    /// What stands behind the figures: how the two sides relate where that is no change, their flags, and a break.
    @inline(__always)
    private static func remarks(on row: DeltaRow, isAcrossBreak: Bool) -> [String] {
        guard row.comparison != .compared || row.fromFlags.rawValue | row.toFlags.rawValue != 0 || isAcrossBreak
        else { return [] }
        var remarks = row.comparison == .compared ? [] : [row.comparison.rawValue]
        // That a cell isn't printed but follows from its mirror says nothing of its change.
        let (from, to) = (row.fromFlags.subtracting(.derived), row.toFlags.subtracting(.derived))
        let (fromText, toText) = (from.codes.joined(separator: " "), to.codes.joined(separator: " "))
        if from == to {
            remarks.append(toText)
        } else {
            remarks.append([fromText, "→", toText].filter { !$0.isEmpty }.joined(separator: " "))
        }
        if isAcrossBreak { remarks.append("across a break") }
        return remarks.filter { !$0.isEmpty }
    }

    @inline(__always)
    private static func append(
        _ value: Int64?, _ decimals: Int, orElse status: CellStatus?, width: Int, to buffer: inout TextBuffer
    ) {
        if let value {
            buffer.append(spaces: width - FigureWidth.of(value, decimals: decimals))
            buffer.append(figure: value, decimals: decimals)
        } else {
            let code = status?.code ?? ""
            buffer.append(spaces: width - code.utf8.count)
            buffer.append(code)
        }
    }

    @inline(__always)
    private static func append(change row: DeltaRow, width: Int, to buffer: inout TextBuffer) {
        buffer.append(spaces: TextColumns.gap + width - DeltaWidths.ofChange(row))
        guard let change = row.change else { return }
        if change > 0 { buffer.append(0x2B) }
        buffer.append(difference: change, decimals: row.decimals)
    }

    @inline(__always)
    private static func append(relative row: DeltaRow, width: Int, to buffer: inout TextBuffer) {
        buffer.append(spaces: TextColumns.gap + width - DeltaWidths.ofRelative(row))
        guard let micros = row.relativeMicros else { return }
        let tenths = RelativeText.tenths(micros)
        if tenths > 0 { buffer.append(0x2B) }
        buffer.append(figure: tenths, decimals: 1)
        buffer.append(0x25)
    }
}

/// How wide the figures of a delta are.
struct DeltaWidths {
    var from = 0
    var to = 0
    var change = 0
    /// Nil where no row has a relative change.
    var relative: Int?

    @inline(__always)
    static func of(_ value: Int64?, _ decimals: Int, orElse status: CellStatus?) -> Int {
        value.map { FigureWidth.of($0, decimals: decimals) } ?? status?.code.utf8.count ?? 0
    }

    /// With its sign.
    @inline(__always)
    static func ofChange(_ row: DeltaRow) -> Int {
        guard let change = row.change else { return 0 }
        return FigureWidth.of(difference: change, decimals: row.decimals) + (change > 0 ? 1 : 0)
    }

    /// With its sign and the percent sign.
    @inline(__always)
    static func ofRelative(_ row: DeltaRow) -> Int {
        guard let micros = row.relativeMicros else { return 0 }
        let tenths = RelativeText.tenths(micros)
        return FigureWidth.of(tenths, decimals: 1) + (tenths > 0 ? 2 : 1)
    }
}

/// What the rows of a delta use of its key space, and how wide they are.
private struct DeltaSurvey {
    /// *Shape:* `[dimension][category]`.
    private(set) var usesCategory: [[Bool]]
    private(set) var widths = DeltaWidths()
    /// *Shape:* one a further column.
    private(set) var additionWidths: [Int]

    init(_ delta: Delta, _ additions: DeltaAdditions.Columns) {
        additionWidths = additions.headings.map { _ in 0 }
        let keySpace = delta.keySpace
        usesCategory = keySpace.dimensions.map { [Bool](repeating: false, count: $0.categories.count) }
        var usesLast = usesCategory.last ?? [false]
        let perRun = max(usesLast.count, 1)
        var run = -1
        var widths = DeltaWidths()
        for index in 0..<delta.count {
            let row = delta.row(index)
            let (newRun, last) = row.ordinal.quotientAndRemainder(dividingBy: perRun)
            if newRun != run {
                run = newRun
                for dimension in usesCategory.indices.dropLast() {
                    usesCategory[dimension][keySpace.index(ofDimension: dimension, at: row.ordinal)] = true
                }
            }
            usesLast[last] = true
            widths.from = max(widths.from, DeltaWidths.of(row.from, row.decimals, orElse: row.fromStatus))
            widths.to = max(widths.to, DeltaWidths.of(row.to, row.decimals, orElse: row.toStatus))
            widths.change = max(widths.change, DeltaWidths.ofChange(row))
            if !additionWidths.isEmpty {
                for (place, text) in additions.texts(index, row).enumerated() {
                    additionWidths[place] = max(additionWidths[place], text.utf8.count)
                }
            }
            if row.relativeMicros != nil { widths.relative = max(widths.relative ?? 0, DeltaWidths.ofRelative(row)) }
        }
        if !usesCategory.isEmpty { usesCategory[usesCategory.count - 1] = usesLast }
        self.widths = widths
    }
}
