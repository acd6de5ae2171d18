import Annals
import Definitions

/// What becomes of the raised marks behind labels and figures.
///
/// `120<sup>1</sup>` is 120 with a footnote where a note of the page begins with 1, or where the mark links to one or
/// stands in brackets; else it might be a power, and the table is refused there. A letter that the dialect knows as a flag
/// is one: `120<sup>p</sup>`. Behind a word a raised digit that no note explains stays a part of it: `km²`.
struct HTMLMarks {
    /// Marks with which notes begin.
    private let known: Set<String>
    private let dialect: Dialect
    /// How many footnotes stand at figures, and the first.
    private(set) var atFigures: (count: Int, first: HTMLCell)?
    private(set) var atLabels: (count: Int, first: HTMLCell)?

    init(notes: [String], dialect: Dialect) {
        known = Set(notes.compactMap(Self.mark))
        self.dialect = dialect
    }

    /// What a note begins with: `1)`, `(a)`, `b)`, `*`, `²`.
    private static func mark(of note: String) -> String? {
        if let mark = NoteLine.mark(of: note) { return folded(mark) }
        let first = note.prefix { $0.isLetter }
        return first.count == 1 && note.dropFirst().first == ")" ? folded(String(first)) : nil
    }

    /// `1)`, `[1]`, `¹` as `1`.
    private static func folded(_ mark: String) -> String {
        String(mark.lowercased().filter { !"()[]⁽⁾.: ".contains($0) }.map { digits[$0] ?? $0 })
    }

    private static let digits: [Character: Character] = [
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
    ]

    /// Whether all of a cell's marks lead to a note.
    private func areExplained(_ cell: HTMLCell) -> Bool {
        cell.marks.allSatisfy { mark in
            let isBracketed = mark.text.hasPrefix("[") && mark.text.hasSuffix("]")
            if isBracketed || mark.isLink { return true }
            let parts = mark.text.split { $0 == "," || $0 == " " || $0 == ";" }
            return !parts.isEmpty && parts.allSatisfy { known.contains(Self.folded(String($0))) }
        }
    }

    /// The text of a cell as it is read.
    ///
    /// - Parameters:
    ///   - cell: Of the grid.
    ///   - isFigure: Whether it stands where figures do.
    /// - Returns: Without the marks that lead to notes.
    /// - Throws: A mark behind a figure that nothing explains.
    mutating func text(_ cell: HTMLCell, isFigure: Bool) throws(Reason) -> String {
        guard let bare = cell.bare, !cell.marks.isEmpty else { return cell.text }
        guard isFigure, HTMLFigure.standsForFigure(bare) else {
            guard areExplained(cell), !bare.isEmpty else { return cell.text }
            atLabels = ((atLabels?.count ?? 0) + 1, atLabels?.first ?? cell)
            return bare
        }
        let flag = cell.marks.count == 1 ? cell.marks[0].text : ""
        let isFlag =
            flag.contains(where: \.isLetter)
            && FieldText.withBytes(of: flag) { dialect.glyphs.flags(ofSuffix: $0) != nil }
        if isFlag { return "\(bare) \(flag)" }
        guard areExplained(cell) else {
            let marks = cell.marks.map(\.text).joined(separator: ", ")
            throw Reason(
                "`\(marks)` stands raised behind the figure, and no note of the page begins with it",
                line: cell.place.line, found: "\(bare) and a raised \(marks)",
                expected: "a mark that a note explains, or a figure without one",
                remedy:
                    "Save the page with the notes below its table, take the mark off, or say what it means in a dialect"
            )
        }
        atFigures = ((atFigures?.count ?? 0) + 1, atFigures?.first ?? cell)
        return bare
    }

    var findings: [Finding] {
        func finding(_ code: String, _ what: String, _ found: (count: Int, first: HTMLCell)?) -> Finding? {
            found.map { count, first in
                let mark = first.marks.map(\.text).joined(separator: ", ")
                return Finding(
                    code,
                    "A footnote stands at \(count == 1 ? "a \(what)" : "\(count) \(what)s, first"): `\(mark)` at `\(first.plain)`",
                    line: first.place.line)
            }
        }
        return [
            finding("figure-footnote", "figure", atFigures), finding("label-footnote", "label", atLabels),
        ].compactMap(\.self)
    }
}
