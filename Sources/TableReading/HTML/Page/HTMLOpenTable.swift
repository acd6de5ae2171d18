import Annals

/// A table of a page while it is read: the section, row and cell that are open in it.
struct HTMLOpenTable {
    /// Place among the tables of the page.
    let index: Int
    /// Elements that were open when the table began.
    let outer: Int
    var hasRow = false
    private var section = HTMLTable.Section.body
    private var isSectionHidden = false
    private var isRowHidden = false
    private var group = 0
    private var cell: OpenCell?
    private var caption: HTMLText?

    private struct OpenCell {
        var cell: HTMLCell
        var text = HTMLText()
        /// Shown and not read aloud, and the other way round.
        var unspoken = HTMLText()
        var spoken = HTMLText()
        var alternatives: [String] = []
        var hasControl = false
        var holdsTable = false
        var level = 0
    }

    init(index: Int, outer: Int) {
        self.index = index
        self.outer = outer
    }

    /// Nothing below it is closed by what stands in the innermost cell.
    var base: Int { outer }
    var isInCell: Bool { cell != nil || caption != nil }
    /// Whether the open cell, its row or its section isn't shown.
    var isCellHidden: Bool { isRowHidden || cell?.cell.traits.contains(.hidden) ?? false }
    /// Whether a table stands in the open cell, so that its other texts stand around that.
    var isInLayoutCell: Bool { cell?.holdsTable ?? false }

    // MARK: Text

    /// Takes a text; false where it belongs to no cell.
    mutating func append(_ text: ArraySlice<UInt8>, _ part: HTMLText.Part, isLink: Bool, _ style: HTMLStyle) -> Bool {
        if caption != nil {
            if !style.contains(.spoken) { caption?.append(text, part, isLink: isLink) }
            return true
        }
        guard cell != nil, cell?.holdsTable == false else { return false }
        if style.contains(.spoken) {
            cell?.spoken.append(text, part, isLink: isLink)
        } else if style.contains(.unspoken) {
            cell?.unspoken.append(text, part, isLink: isLink)
        } else {
            cell?.text.append(text, part, isLink: isLink)
        }
        return true
    }

    /// False where no cell or caption is open.
    mutating func passElement(beginsInsert: Bool) -> Bool {
        if cell != nil, cell?.holdsTable == false {
            cell?.text.passElement()
            if beginsInsert { cell?.text.beginInsert() }
            return true
        }
        caption?.passElement()
        return caption != nil
    }

    mutating func breakLine() -> Bool {
        if cell != nil, cell?.holdsTable == false {
            cell?.text.breakLine()
            return true
        }
        caption?.breakLine()
        return caption != nil
    }

    mutating func append(alternative text: String) { cell?.alternatives.append(text) }

    mutating func noteControl() { cell?.hasControl = true }

    mutating func note(level: Int) {
        if cell?.level == 0 { cell?.level = level }
    }

    // MARK: Parts

    mutating func beginCaption() { caption = HTMLText() }

    /// The text of the caption that was open.
    mutating func endCaption() -> String? {
        defer { caption = nil }
        return caption.map(\.whole)
    }

    mutating func beginSection(_ name: String, isHidden: Bool) {
        section = name == "thead" ? .head : name == "tfoot" ? .foot : .body
        isSectionHidden = isHidden
        group += 1
    }

    mutating func endSection() {
        section = .body
        isSectionHidden = false
        group += 1
    }

    mutating func row(at place: HTMLPlace, isHidden: Bool) -> HTMLTable.Row {
        hasRow = true
        isRowHidden = isHidden || isSectionHidden
        return HTMLTable.Row(place: place, section: section, group: group, isHidden: isRowHidden)
    }

    mutating func beginCell(_ tag: HTMLTag, _ style: HTMLStyle) {
        var traits: HTMLCell.Traits = tag.name == "th" ? .heading : []
        if let scope = tag["scope"]?.lowercased(), scope.hasPrefix("row") { traits.insert(.ofRow) }
        if style.contains(.hidden) { traits.insert(.hidden) }
        if style.contains(.struck) { traits.insert(.struck) }
        var cell = HTMLCell(
            place: tag.place, text: "", traits: traits, columns: max(1, Self.span(tag["colspan"], most: 1000) ?? 1),
            rows: Self.span(tag["rowspan"], most: 65_534) ?? 1)
        cell.stored = [tag["x:num"], tag["sdval"]].compactMap(\.self).first { !$0.isEmpty }
        cell.sortKey =
            [tag["data-value"], tag["data-sort-value"], tag["data-sort"], tag["data-order"]]
            .compactMap(\.self).first
        self.cell = OpenCell(cell: cell)
    }

    /// As HTML reads a span: the digits in front.
    private static func span(_ text: String?, most: Int) -> Int? {
        guard let digits = text?.drop(while: \.isWhitespace).prefix(while: { $0.isASCII && $0.isNumber }),
            !digits.isEmpty
        else { return nil }
        return min(most, Int(digits) ?? most)
    }

    /// A table begins in the open cell: what stood before it is a text of the page.
    mutating func beginNestedTable() -> HTMLPage.Block? {
        caption = nil
        guard let open = cell, !open.holdsTable else { return nil }
        cell?.holdsTable = true
        cell?.text = HTMLText()
        let text = open.text.whole
        return text.isEmpty ? nil : HTMLPage.Block(place: open.cell.place, level: open.level, text: text)
    }

    /// The cell that was open, with its text.
    mutating func endCell() -> HTMLCell? {
        guard let open = cell else { return nil }
        cell = nil
        var cell = open.cell
        cell.level = open.level
        if open.holdsTable {
            cell.traits.insert(.holdsTable)
            return cell
        }
        var text = open.text
        if text.isEmpty {
            let others = [open.unspoken, open.spoken].filter { !$0.isEmpty }
            if let other = others.first {
                text = other
                cell.traits.insert(.halfHidden)
            } else if let alternative = open.alternatives.first {
                text.append(Array(alternative.utf8)[...], .plain)
            } else if open.hasControl {
                cell.traits.insert(.withoutText)
            }
        }
        cell.text = text.whole
        if text.inserts.contains(where: { $0.part == .struck }) { cell.traits.insert(.struck) }
        if text.mayBeTwoFigures { cell.traits.insert(.doubtful) }
        let raised = text.inserts.filter { $0.part == .raised || $0.part == .lowered }
        if !raised.isEmpty {
            cell.bare = text.bare
            cell.marks = raised.map { HTMLCell.Mark(text: $0.text, isLink: $0.isLink && $0.part == .raised) }
        }
        return cell
    }
}
