import Annals

/// Makes a page of tags and texts: which text stands in which cell, and what is shown.
///
/// Browsers repair what people write; of their rules it has those that decide in which cell a text stands. A `<td>`, `<tr>`
/// or `</table>` belongs to the innermost open table, and closes what was left open in it; nothing within a cell closes
/// the cell. An end tag without a beginning is passed over.
///
/// Source: HTML Living Standard, 13.2.6.4.9 to 13.2.6.4.15, 2024-10-01.
struct HTMLPageBuilder {
    /// An element that is open.
    struct Element {
        var name: String
        var style: HTMLStyle
        /// Items of a numbered list so far.
        var items = 0
    }

    private(set) var page = HTMLPage()
    private var elements: [Element] = []
    /// *Shape:* how many open elements have each style, by its bit.
    private var depths = [Int](repeating: 0, count: 8)
    private var open: [HTMLOpenTable] = []
    private var classes: [String: HTMLStyle] = [:]
    /// The text between tables.
    private var block = HTMLText()
    private var blockPlace = HTMLPlace(offset: 0, line: 1)
    private var level = 0
    /// Open templates, whose tables are none of the page.
    private var templates = 0

    /// Deeper pages are refused; those of people stay far below.
    private static let deepest = 800
    private static let deepestTable = 50

    // MARK: Text

    mutating func append(text: ArraySlice<UInt8>, at place: HTMLPlace) {
        let style = currentStyle
        if style.contains(.hidden) { return }
        let part: HTMLText.Part =
            style.contains(.struck)
            ? .struck : style.contains(.raised) ? .raised : style.contains(.lowered) ? .lowered : .plain
        let isLink = style.contains(.link)
        if let last = open.indices.last {
            if open[last].append(text, part, isLink: isLink, style) { return }
            guard open[last].isInLayoutCell else {
                page.tables[open[last].index].noteStray(text, place)
                return
            }
        }
        if style.contains(.spoken) || open.contains(where: { $0.isCellHidden || page.tables[$0.index].isHidden }) {
            return
        }
        if block.isEmpty { blockPlace = place }
        block.append(text, part, isLink: isLink)
    }

    /// What stands in an element whose content is no markup.
    mutating func append(content: ArraySlice<UInt8>, of name: String, at place: HTMLPlace) {
        switch name {
        case "title":
            if page.title == nil, depths[0] == 0 {
                let text = FieldText.collapsed(String(decoding: content, as: UTF8.self))
                page.title = text.isEmpty ? nil : text
            }
        case "style": classes.merge(HTMLStyleSheet.rules(content)) { $0.union($1) }
        case "textarea": open.indices.last.map { open[$0].noteControl() }
        default: break
        }
    }

    private var currentStyle: HTMLStyle {
        var style: HTMLStyle = []
        for bit in depths.indices where depths[bit] > 0 { style.insert(HTMLStyle(rawValue: 1 << UInt16(bit))) }
        return style
    }

    // MARK: Elements

    private mutating func push(_ tag: HTMLTag, _ style: HTMLStyle) {
        elements.append(Element(name: tag.name, style: style))
        if tag.name == "template" { templates += 1 }
        for bit in depths.indices where style.contains(HTMLStyle(rawValue: 1 << UInt16(bit))) {
            depths[bit] += 1
        }
    }

    /// Closes elements until so many are open.
    private mutating func pop(to count: Int) {
        while elements.count > max(0, count), let element = elements.popLast() {
            for bit in depths.indices where element.style.contains(HTMLStyle(rawValue: 1 << UInt16(bit))) {
                depths[bit] -= 1
            }
            if element.name == "template" { templates -= 1 }
            if Self.level(element.name) > 0 {
                endBlock()
                level = 0
            }
        }
    }

    /// Below it nothing is closed by what stands in the innermost cell.
    private var base: Int { open.last.map(\.base) ?? 0 }

    mutating func open(_ tag: HTMLTag) throws(Reason) {
        let style = HTMLStyle(tag, classes: classes)
        if try openTablePart(tag, style) { return }
        if Self.empty.contains(tag.name) { return openEmpty(tag, style) }
        if tag.name == "frameset" { page.hasFrames = true }
        if tag.name == "select" || tag.name == "svg" || tag.name == "math" || tag.name == "canvas" {
            open.indices.last.map { open[$0].noteControl() }
        }
        if HTMLTag.withoutMarkup.contains(tag.name) {
            // Its end tag follows at once, and closes nothing.
            return
        }
        if Self.blocks.contains(tag.name) {
            closeParagraph()
            endLine()
        }
        passElement(style)
        // A link ends the one before it, which old pages leave open.
        if tag.name == "a", elements.count > base, elements.last?.name == "a" { pop(to: elements.count - 1) }
        if tag.name == "li" || tag.name == "dt" || tag.name == "dd" || tag.name == "option" { closeItem(tag.name) }
        if Self.level(tag.name) > 0 {
            level = Self.level(tag.name)
            open.indices.last.map { open[$0].note(level: level) }
        }
        guard elements.count < Self.deepest else {
            throw Reason(
                "Elements stand in one another more than \(Self.deepest) deep", line: tag.place.line, found: tag.name,
                expected: "a page as people write it", remedy: "Save the table alone as a page, or export it as CSV")
        }
        push(tag, style)
        if tag.name == "ol", let start = tag["start"].flatMap({ Int($0) }), (0...9999).contains(start) {
            elements[elements.count - 1].items = start - 1
        }
        if tag.name == "li" { number() }
    }

    private mutating func passElement(_ style: HTMLStyle) {
        let begins = !style.isDisjoint(with: [.raised, .lowered])
        if let last = open.indices.last, open[last].passElement(beginsInsert: begins) { return }
        block.passElement()
        if begins { block.beginInsert() }
    }

    private mutating func openEmpty(_ tag: HTMLTag, _ style: HTMLStyle) {
        switch tag.name {
        case "br": endText()
        case "hr": endLine()
        case "img":
            guard let text = tag["alt"], !text.isEmpty, !style.contains(.hidden), depths[0] == 0 else { return }
            open.indices.last.map { open[$0].append(alternative: text) }
        case "input":
            let type = tag["type"]?.lowercased() ?? "text"
            if type == "password" { page.asksForPassword = true }
            if ["text", "number", "search", "tel", "range"].contains(type), tag["value"]?.isEmpty == false {
                open.indices.last.map { open[$0].noteControl() }
            }
        case "frame": page.hasFrames = true
        case "col":
            if style.contains(.hidden), let last = open.last { page.tables[last.index].hidesColumn = true }
        default: break
        }
    }

    mutating func close(_ tag: HTMLTag) throws(Reason) {
        if closeTablePart(tag) { return }
        if Self.empty.contains(tag.name) || HTMLTag.withoutMarkup.contains(tag.name) {
            if tag.name == "br" { endText() }
            return
        }
        if Self.blocks.contains(tag.name) { endLine() }
        let base = base
        guard let place = elements[base...].lastIndex(where: { $0.name == tag.name }) else { return }
        passElement([])
        pop(to: place)
    }

    /// A block ends an open paragraph.
    private mutating func closeParagraph() {
        if let last = elements.last, last.name == "p", elements.count > base { pop(to: elements.count - 1) }
    }

    /// An item ends the one before it.
    private mutating func closeItem(_ name: String) {
        let base = base
        guard
            let place = elements[base...].lastIndex(where: {
                ["li", "dt", "dd", "option", "ul", "ol", "dl"].contains($0.name)
            }),
            !["ul", "ol", "dl"].contains(elements[place].name)
        else { return }
        pop(to: place)
    }

    /// The number of an item of a numbered list, which the page shows and doesn't hold.
    private mutating func number() {
        let base = base
        guard let list = elements[base...].lastIndex(where: { $0.name == "ol" || $0.name == "ul" }),
            elements[list].name == "ol", depths[0] == 0
        else { return }
        elements[list].items += 1
        guard open.last.map(\.isInLayoutCell) ?? true else { return }
        block.append(Array("\(elements[list].items). ".utf8)[...], .plain)
    }

    private mutating func endText() {
        if let last = open.indices.last, open[last].breakLine() { return }
        block.breakLine()
    }

    /// A block begins or ends.
    private mutating func endLine() {
        if let last = open.indices.last, open[last].breakLine() { return }
        endBlock()
    }

    private mutating func endBlock() {
        let text = block.isEmpty ? "" : block.whole
        block = HTMLText()
        if !text.isEmpty { page.blocks.append(HTMLPage.Block(place: blockPlace, level: level, text: text)) }
    }

    // MARK: Tables

    /// Takes a tag that is a part of a table; false for any other.
    private mutating func openTablePart(_ tag: HTMLTag, _ style: HTMLStyle) throws(Reason) -> Bool {
        if templates > 0 { return Self.tableParts.contains(tag.name) }
        switch tag.name {
        case "table": try openTable(tag, style)
        case "caption" where !open.isEmpty:
            let last = open.count - 1
            closeCell(last)
            open[last].beginCaption()
        case "thead", "tbody", "tfoot":
            guard let last = open.indices.last else { return true }
            closeRow(last)
            open[last].beginSection(tag.name, isHidden: style.contains(.hidden))
        case "tr":
            guard let last = open.indices.last else { return true }
            closeRow(last)
            openRow(last, tag.place, isHidden: style.contains(.hidden))
        case "td", "th":
            guard let last = open.indices.last else { return true }
            closeCell(last)
            if !open[last].hasRow { openRow(last, tag.place, isHidden: false) }
            open[last].beginCell(tag, style)
        case "colgroup", "html", "body": break
        default: return false
        }
        return true
    }

    private mutating func openTable(_ tag: HTMLTag, _ style: HTMLStyle) throws(Reason) {
        guard open.count < Self.deepestTable else {
            throw Reason(
                "Tables stand in one another more than \(Self.deepestTable) deep", line: tag.place.line,
                found: "<table>",
                expected: "a page as people write it", remedy: "Save the table alone as a page, or export it as CSV")
        }
        if let last = open.indices.last, !open[last].isInCell {
            // A table can't stand between rows: browsers end the first one here.
            closeTable(isClosed: false, at: tag.place.offset)
        }
        if let last = open.indices.last {
            let before = open[last].beginNestedTable()
            if let before { page.blocks.append(before) }
            page.tables[open[last].index].holdsTable = true
        }
        closeParagraph()
        endBlock()
        var table = HTMLTable(place: tag.place, number: page.tables.count + 1)
        table.isHidden =
            style.contains(.hidden) || depths[0] > 0
            || open.contains { $0.isCellHidden || page.tables[$0.index].isHidden }
        table.isPresentation = ["presentation", "none"].contains(tag["role"]?.lowercased() ?? "")
        open.append(HTMLOpenTable(index: page.tables.count, outer: elements.count))
        page.tables.append(table)
    }

    private mutating func openRow(_ last: Int, _ place: HTMLPlace, isHidden: Bool) {
        page.tables[open[last].index].rows.append(open[last].row(at: place, isHidden: isHidden))
    }

    private mutating func closeRow(_ last: Int) {
        closeCell(last)
        open[last].hasRow = false
    }

    private mutating func closeCell(_ last: Int) {
        if open[last].isInLayoutCell { endBlock() }
        pop(to: open[last].outer)
        level = 0
        let index = open[last].index
        if let caption = open[last].endCaption() { page.tables[index].add(caption: caption) }
        guard let cell = open[last].endCell(), let row = page.tables[index].rows.indices.last else { return }
        page.tables[index].rows[row].cells.append(cell)
    }

    private mutating func closeTable(isClosed: Bool, at offset: Int) {
        guard let last = open.indices.last else { return }
        closeRow(last)
        let index = open[last].index
        page.tables[index].isClosed = isClosed
        page.tables[index].end = offset
        open.removeLast()
    }

    private mutating func closeTablePart(_ tag: HTMLTag) -> Bool {
        if templates > 0 { return Self.tableParts.contains(tag.name) }
        switch tag.name {
        case "table": closeTable(isClosed: true, at: tag.place.offset)
        case "caption", "td", "th": open.indices.last.map { closeCell($0) }
        case "tr", "thead", "tbody", "tfoot":
            guard let last = open.indices.last else { return true }
            closeRow(last)
            if tag.name != "tr" { open[last].endSection() }
        case "colgroup", "html", "body": break
        default: return false
        }
        return true
    }

    // MARK: The end

    mutating func cutOff(at place: HTMLPlace) { page.cutOff = place }

    mutating func finish(at place: HTMLPlace) {
        while !open.isEmpty { closeTable(isClosed: false, at: place.offset) }
        pop(to: 0)
        endBlock()
        // What a layout says in its other cells stands around its tables.
        for table in page.tables where table.holdsTable && !table.isHidden {
            for row in table.rows where !row.isHidden {
                for cell in row.cells where !cell.traits.contains(.hidden) && !cell.text.isEmpty {
                    page.blocks.append(HTMLPage.Block(place: cell.place, level: cell.level, text: cell.text))
                }
            }
        }
        page.blocks.sort { $0.place.offset < $1.place.offset }
    }

    static func level(_ name: String) -> Int {
        guard name.utf8.count == 2, name.hasPrefix("h"), let level = name.utf8.last.map({ Int($0) - 0x30 }),
            (1...6).contains(level)
        else { return 0 }
        return level
    }

    private static let tableParts: Set<String> = [
        "table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th", "html", "body",
    ]

    private static let empty: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param",
        "frame", "bgsound", "keygen", "basefont",
    ]

    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "center", "details", "dialog", "dd", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li",
        "main",
        "menu", "nav", "ol", "p", "pre", "section", "summary", "ul", "option", "legend",
    ]
}

extension HTMLTable {
    fileprivate mutating func noteStray(_ text: ArraySlice<UInt8>, _ place: HTMLPlace) {
        guard stray == nil, text.contains(where: { $0 > 0x20 }) else { return }
        let words = FieldText.collapsed(String(decoding: text, as: UTF8.self))
        if !words.isEmpty { stray = (words, place) }
    }

    fileprivate mutating func add(caption text: String) {
        if caption == nil, !text.isEmpty { caption = text }
    }
}
