import Annals

/// The labels above a block of rows; repeated where a page breaks.
struct PageHeading {
    /// Its first line.
    var line: Int
    /// What stands above the row labels: `Nr. Fylke`; empty mostly.
    var stub: String
    /// *Shape:* one a field right of the stub; empty above a column that has no heading.
    var labels: [String]
    /// What stands above all columns in a line of its own, and says what kind of thing they are: `Fylke`.
    var span = ""
    /// Columns that repeat what stands elsewhere in their rows: without a label, and left out.
    var repeated: Set<Int> = []

    /// Fields of the line, the stub's included.
    var width: Int { labels.count + 1 }

    /// The heading with its further line, printed right below it.
    ///
    /// What stands in the upper line goes on to the right, as long as the lower line has labels below it:
    ///
    ///         Births          Deaths                  Nr. Fylke          01 Aa   02 Bb
    ///         Boys    Girls   Men     Women                      Total
    ///
    /// - Parameters:
    ///   - lower: The further line.
    ///   - isPlaced: Whether each label was put above the first column that it covers, by what it stands above.
    /// - Returns: One heading.
    /// - Throws: Where an upper label stands in the middle of what it covers, so that this can't be told.
    func joined(with lower: PageHeading, isPlaced: Bool) throws(Reason) -> PageHeading {
        var joined = self
        if stub.isEmpty || lower.stub == stub { joined.stub = lower.stub.isEmpty ? stub : lower.stub }
        if !stub.isEmpty, !lower.stub.isEmpty, lower.stub != stub { joined.stub = "\(stub) \(lower.stub)" }
        if lower.areUnits {
            joined.labels = zip(labels, lower.labels).map { upper, unit in
                unit.isEmpty ? upper : "\(upper) (\(Self.unbracketed(unit)))"
            }
            return joined
        }
        if let span = spanner(above: lower) {
            joined.span = span
            joined.labels = zip(labels, lower.labels).map { upper, label in label.isEmpty ? upper : label }
            return joined
        }
        if isPlaced { try refuseCentred(above: lower) }
        let spans = isPlaced ? nil : try spans(above: lower)
        var covering = ""
        joined.labels = labels.indices.map { place in
            let (upper, label) = (labels[place], lower.labels[place])
            if !upper.isEmpty { covering = label.isEmpty ? "" : upper }
            if label.isEmpty { return upper }
            let covering = spans?[place] ?? covering
            return covering.isEmpty ? label : "\(covering) \(label)"
        }
        return joined
    }

    /// Whether all labels are units.
    var areUnits: Bool {
        labels.contains { !$0.isEmpty } && labels.allSatisfy { $0.isEmpty || UnitText(Self.unbracketed($0)) != nil }
    }

    /// The one text above codes with their labels, which says no more than what they are codes of.
    private func spanner(above lower: PageHeading) -> String? {
        let texts = labels.indices.filter { !labels[$0].isEmpty && !lower.labels[$0].isEmpty }
        guard texts.count == 1, let place = texts.first else { return nil }
        let covered = lower.labels[place...].filter { !$0.isEmpty && !TotalLabel.matches($0) }
        return covered.count > 1 && covered.allSatisfy { CodedLabel($0) != nil } ? labels[place] : nil
    }

    private func spans(above lower: PageHeading) throws(Reason) -> [String]? {
        do throws(HeadingSpans.Unclear) {
            return try HeadingSpans.covering(labels, lower.labels)
        } catch {
            throw error.reason(line: line, column: error.place + 2)
        }
    }

    /// Whether upper labels begin behind the first of those that they may cover.
    private func refuseCentred(above lower: PageHeading) throws(Reason) {
        let places = labels.indices.filter { !labels[$0].isEmpty && !lower.labels[$0].isEmpty }
        guard let first = places.first else { return }
        let before = labels.indices.first { $0 < first && labels[$0].isEmpty && !lower.labels[$0].isEmpty }
        guard let before, !TotalLabel.matches(lower.labels[before]), Self.repeats(lower.labels) else { return }
        throw Reason(
            "What `\(labels[first])` covers can't be told: it stands in the middle of the columns below it", line: line,
            column: first + 2, found: labels[first], expected: "the label above the first of its columns",
            remedy: "Write it above each of its columns")
    }

    private static func repeats(_ labels: [String]) -> Bool {
        let filled = labels.filter { !$0.isEmpty }
        return Set(filled).count < filled.count
    }

    private static func unbracketed(_ text: String) -> String {
        guard let first = text.first, let last = text.last, "([".contains(first), ")]".contains(last) else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }
}
