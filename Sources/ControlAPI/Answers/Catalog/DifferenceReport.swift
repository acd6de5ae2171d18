/// What a version differs in from another, in numbers: part of a history.
///
/// Figures are written and not read back: clients that read it have ``Amounts/text``.
package struct DifferenceReport: Codable, Hashable, Sendable {
    /// The largest change.
    package struct Largest: Encodable, Hashable, Sendable {
        package var at: [String]
        package var from: ExactFigure
        package var to: ExactFigure
        package var change: ExactFigure

        package init(at: [String], from: Int64, to: Int64, decimals: Int) {
            self.at = at
            self.from = ExactFigure(from, decimals: decimals)
            self.to = ExactFigure(to, decimals: decimals)
            change = ExactFigure(difference: Int128(to) - Int128(from), decimals: decimals)
        }

        var text: String { "\(at.joined(separator: " × ")) \(from.text ?? "") → \(to.text ?? "")" }
    }

    /// The changes of one measure.
    package struct Amounts: Codable, Hashable, Sendable {
        /// Left out where the table has one.
        package var measure: String?
        package var unit: String?
        /// The sizes of all changes together.
        package var absolute: ExactFigure
        package var largest: Largest?
        /// The same in words; empty where nothing changed.
        package var text: String

        package init(measure: String?, unit: String?, absolute: ExactFigure, largest: Largest?) {
            self.measure = measure
            self.unit = unit
            self.absolute = absolute
            self.largest = largest
            text =
                largest.map { largest in
                    (measure.map { "\($0): " } ?? "") + "by \(absolute.text ?? "")"
                        + (unit.map { " \($0)" } ?? "") + " in all, most at \(largest.text)"
                } ?? ""
        }

        private enum Key: String, CodingKey {
            case measure, unit, absolute, largest, text
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            measure = try fields.decodeIfPresent(String.self, forKey: .measure)
            unit = try fields.decodeIfPresent(String.self, forKey: .unit)
            absolute = ExactFigure(nil, decimals: 0)
            text = try fields.decode(String.self, forKey: .text)
        }

        /// With the figures that ``init(from:)`` passes over.
        package func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Key.self)
            try fields.encodeIfPresent(measure, forKey: .measure)
            try fields.encodeIfPresent(unit, forKey: .unit)
            try fields.encode(absolute, forKey: .absolute)
            try fields.encodeIfPresent(largest, forKey: .largest)
            try fields.encode(text, forKey: .text)
        }
    }

    /// Cells with another figure, and those that only one of the two has; totals left out, as in `changed`.
    package var cells: Int
    package var statuses: Int
    package var flags: Int
    /// Totals that differ in anything.
    package var totals: Int
    package var labels: Int
    package var notes: Int
    package var measures: [Amounts]

    package init(
        cells: Int, statuses: Int, flags: Int, totals: Int, labels: Int, notes: Int, measures: [Amounts]
    ) {
        self.cells = cells
        self.statuses = statuses
        self.flags = flags
        self.totals = totals
        self.labels = labels
        self.notes = notes
        self.measures = measures
    }

    /// In words what `changed` and `altered` don't say.
    package var sentences: [String] {
        let counted = [(statuses, "status", "statuses"), (flags, "flag", "flags"), (totals, "total", "totals")]
            .filter { $0.0 > 0 }.map { "\($0) other \($0 == 1 ? $1 : $2)" }
        return measures.map(\.text).filter { !$0.isEmpty } + counted
    }
}
