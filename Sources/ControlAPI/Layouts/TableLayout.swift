package import Annals

/// A table for people: a matrix where it has two dimensions, else a list of cells; then notes and audits.
///
/// One pass over the cells finds how wide the columns are; then row after row can be written, so that a table of any
/// size is laid out without being kept as text.
package struct TableLayout {
    private let table: Table
    private let heading: TableHeading
    private let cells: ChosenCells?
    private let place: CellPlace.Finder?

    /// Most columns of a matrix; a wider table is a list.
    private static let maximumColumns = 40

    /// - Parameters:
    ///   - table: What is shown.
    ///   - heading: What is known of it besides its figures.
    ///   - cells: Which of its cells; nil for its shape alone.
    ///   - place: Where a cell stands in the source; with it, the list has columns for that.
    package init(_ table: Table, _ heading: TableHeading, cells: ChosenCells?, place: CellPlace.Finder? = nil) {
        self.table = table
        self.heading = heading
        self.cells = cells
        self.place = place
    }

    /// The text, made safe for a terminal.
    package func body() -> AnswerBody {
        var body = AnswerBody()
        body.append(headingText())
        if let cells { append(cells, to: &body) }
        body.append(remarks())
        return body
    }

    private func append(_ cells: ChosenCells, to body: inout AnswerBody) {
        guard cells.count > 0 else { return body.append("No cells.\n") }
        let text = CellText(cells)
        let survey = CellSurvey(cells, text)
        let place = hasPlaces(cells) ? place : nil
        if table.keySpace.dimensions.count == 2, place == nil, survey.used(1).count <= Self.maximumColumns {
            MatrixLayout(cells, text, survey).append(to: &body)
        } else {
            ListLayout(cells, text, survey, place: place).append(to: &body)
        }
        if let legend = text.legendLine(of: survey.usesMark) { body.append(Self.line(legend)) }
    }

    /// Whether any cell has a place: cells that all follow from others have none.
    private func hasPlaces(_ cells: ChosenCells) -> Bool {
        guard let place else { return false }
        return (0..<cells.count).contains { place(cells.ordinal(ofCell: cells.cell(at: $0))) != nil }
    }

    // MARK: Around the cells

    private func headingText() -> String {
        var lines = ["\(table.title), \(table.period.label)"]
        var origin = heading.dataset.slug
        if let record = heading.record {
            origin += ", version \(record.version), published \(record.published), from \(record.source.file)"
        }
        lines.append(origin)
        let said = [heading.record?.kind, heading.record?.stage, heading.record?.reason].compactMap(\.self)
        if !said.isEmpty { lines.append(said.joined(separator: "; ")) }
        if table.measures.count == 1, let words = table.measures[0].heading { lines.append(words) }
        return lines.map(Self.line).joined() + (cells == nil ? "" : "\n")
    }

    private func remarks() -> String {
        var lines = table.notes.map { "note: \($0)" }
        lines += heading.audits.flatMap(\.lines) + heading.findings.map(\.text)
        if let record = heading.record {
            let read = record.source.definitionSha256.map { ", definition \(ShortDigest.text($0))" } ?? ""
            lines.append("recorded \(record.recorded), source \(ShortDigest.text(record.source.sha256))\(read)")
        }
        return lines.isEmpty ? "" : "\n" + lines.map(Self.line).joined()
    }

    private static func line(_ text: String) -> String { TerminalText.sanitised(text) + "\n" }
}

extension Audit {
    /// What was found, for people; not made safe for a terminal.
    package var lines: [String] {
        var line = "audit: \(identity.name) \(result.rawValue), \(checked) checked"
        if unchecked > 0 { line += ", \(unchecked) not" }
        if failed > 0 { line += ", \(failed) failed" }
        return [line + " (\(origin.rawValue))"] + findings.map { "  \($0)" }
    }
}

extension Finding {
    /// For people; not made safe for a terminal.
    package var text: String { "found: \(message)" + (line.map { " (line \($0))" } ?? "") }
}

extension Measure {
    /// What is counted, in what: `Sales in 1000 NOK`; nil where the file says neither.
    var heading: String? {
        let saysWhat = isNamed && Slug.name(label) != unit.map { Slug.name($0) }
        let words = [saysWhat ? label : nil, printedUnit.map { "in \($0)" }].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}

extension Category {
    /// Code and label for people, safe for a terminal.
    package var name: String { TerminalText.sanitised(label == code ? code : "\(code) \(label)") }
}
