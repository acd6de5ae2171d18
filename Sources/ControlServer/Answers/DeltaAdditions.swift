import Annals
import Archive
import Comparison
import ControlAPI

/// What the rows of a delta say besides, where the question asked for it.
struct DeltaAdditions: Sendable {
    /// Further columns for people.
    struct Columns: Sendable {
        let headings: [String]
        /// Of the row at that place, one a heading; ASCII, empty where there is nothing to say.
        let texts: @Sendable (Int, DeltaRow) -> [String]
    }

    private let delta: Delta
    private let contributions: Contributions?
    private let explanation: Explanation?

    init(_ delta: Delta, contributions: Contributions? = nil, explanation: Explanation? = nil) {
        self.delta = delta
        self.contributions = contributions
        self.explanation = explanation
    }

    /// Whether rows say nothing besides.
    var isEmpty: Bool { contributions == nil && explanation == nil }

    // MARK: CSV

    /// Names of the columns behind the unit.
    var csvColumns: [String] {
        (contributions == nil ? [] : ["contribution"])
            + (explanation == nil
                ? [] : ["as_published", "to_revision", "from_revision", "to_by_kind", "from_by_kind"])
    }

    /// The fields of the row at that place, each with its comma, behind the unit.
    func appendCSV(_ index: Int, _ row: DeltaRow, to buffer: inout TextBuffer) {
        if let contributions {
            buffer.append(0x2C)
            buffer.append(contributions.micros(of: row, in: delta), Contributions.decimals, orElse: "")
        }
        guard let explanation else { return }
        let parts = explanation.row(at: index)
        for amount in [parts?.asPublished, parts?.toRevision, parts?.fromRevision] {
            buffer.append(0x2C)
            if let amount { buffer.append(difference: amount, decimals: row.decimals) }
        }
        for amounts in [parts?.toByKind, parts?.fromByKind] {
            buffer.append(0x2C)
            for (place, part) in (amounts ?? []).enumerated() {
                buffer.append((place == 0 ? "" : " ") + part.kind + "=")
                buffer.append(difference: part.amount, decimals: row.decimals)
            }
        }
    }

    // MARK: JSON

    /// The fields of the row at that place, each with its comma, within an object that is open.
    func appendJSON(_ index: Int, _ row: DeltaRow, to buffer: inout TextBuffer) {
        if let contributions {
            buffer.append(#","contribution":"#)
            buffer.append(contributions.micros(of: row, in: delta), Contributions.decimals, orElse: "null")
        }
        guard let explanation else { return }
        buffer.append(#","explain":"#)
        guard let parts = explanation.row(at: index) else { return buffer.append("null") }
        buffer.append(#"{"as_published":"#)
        buffer.append(difference: parts.asPublished, decimals: row.decimals)
        buffer.append(#","to_revision":"#)
        buffer.append(difference: parts.toRevision, decimals: row.decimals)
        buffer.append(#","from_revision":"#)
        buffer.append(difference: parts.fromRevision, decimals: row.decimals)
        buffer.append(#","by_kind":{"to":"#)
        Self.appendJSON(parts.toByKind, row.decimals, to: &buffer)
        buffer.append(#","from":"#)
        Self.appendJSON(parts.fromByKind, row.decimals, to: &buffer)
        buffer.append("}}")
    }

    /// An object with an amount a kind; kinds are words of ours.
    private static func appendJSON(_ amounts: [Explanation.Amount], _ decimals: Int, to buffer: inout TextBuffer) {
        buffer.append("{")
        for (place, part) in amounts.enumerated() {
            buffer.append((place == 0 ? "\"" : ",\"") + part.kind + "\":")
            buffer.append(difference: part.amount, decimals: decimals)
        }
        buffer.append("}")
    }

    // MARK: For people

    /// The columns behind the relative change.
    func columns(of question: DeltaQuestion) -> Columns {
        let (from, to) = (question.from.year, question.to.year)
        let headings =
            (contributions == nil ? [] : ["contribution"])
            + (explanation == nil ? [] : ["as published", "\(to) revised", "\(from) revised", "by kind"])
        return Columns(headings: headings) { [self] index, row in
            var texts: [String] = []
            if let contributions {
                texts.append(contributions.micros(of: row, in: delta).map(RelativeText.percent) ?? "")
            }
            guard let explanation else { return texts }
            guard let parts = explanation.row(at: index) else { return texts + ["", "", "", ""] }
            let amounts = parts.toByKind.map { (to, $0) } + parts.fromByKind.map { (from, $0) }
            let byKind = amounts.map { "\($0) \($1.kind) \(Self.signed($1.amount, row.decimals))" }
            return texts
                + [parts.asPublished, parts.toRevision, parts.fromRevision].map { Self.signed($0, row.decimals) }
                + [byKind.joined(separator: ", ")]
        }
    }

    private static func signed(_ amount: Int128, _ decimals: Int) -> String {
        (amount > 0 ? "+" : "") + ScaledDecimal.text(difference: amount, decimals: decimals)
    }
}

extension TextBuffer {
    /// Appends a figure, or what stands for none.
    fileprivate mutating func append(_ value: Int64?, _ decimals: Int, orElse none: String) {
        if let value { append(figure: value, decimals: decimals) } else { append(none) }
    }
}
