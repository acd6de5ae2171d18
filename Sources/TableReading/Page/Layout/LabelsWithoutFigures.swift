import Annals

/// Tells lines of one filled field apart: titles and notes that a spreadsheet padded, and rows whose figures are blank.
struct LabelsWithoutFigures {
    private let page: PageText
    /// Labels that stand in front of filled fields somewhere.
    private var rowLabels: Set<String> = []
    /// Index of the last line with more than one filled field.
    private var lastRow = -1

    init(_ page: PageText) {
        self.page = page
        for (index, line) in page.lines.enumerated() {
            guard case .fields(let fields) = line.form, fields.dropFirst().contains(where: { !page.fields[$0].isEmpty })
            else { continue }
            lastRow = index
            rowLabels.insert(LabelText.normalized(page.string(page.fields[fields.lowerBound])))
        }
    }

    /// The text of a line that is a title or a note; nil for a row or a heading.
    ///
    /// - Parameters:
    ///   - index: The line, one of fields.
    ///   - isFirst: Whether no heading stands above it.
    ///   - isApart: Whether no line of fields stands right before it.
    /// - Returns: The one filled field.
    func text(ofLine index: Int, isFirst: Bool, isApart: Bool) -> String? {
        guard case .fields(let fields) = page.lines[index].form else { return nil }
        guard let field = fields.first(where: { !page.fields[$0].isEmpty }),
            fields[(field + 1)...].allSatisfy({ page.fields[$0].isEmpty })
        else { return nil }
        let text = page.string(page.fields[field])
        if NoteLine.beginsLikeNote(text), field > fields.lowerBound || !rowLabels.contains(text) { return text }
        guard field == fields.lowerBound else { return nil }
        if isFirst || PageFurniture.isCertain(text) { return text }
        if rowLabels.contains(LabelText.normalized(text)) { return nil }
        if index > lastRow { return NoteLine.isNote(text, isApart: isApart) ? text : nil }
        // Behind a gap and right above a heading it is the title of what follows.
        return isApart && standsAboveHeading(index) ? text : nil
    }

    private func standsAboveHeading(_ index: Int) -> Bool {
        for line in page.lines[(index + 1)...] {
            guard case .fields(let fields) = line.form else {
                if case .text = line.form { return false }
                continue
            }
            return page.fields[fields.lowerBound].isEmpty
        }
        return false
    }
}
