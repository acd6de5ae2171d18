import ControlAPI

extension ReleaseReport {
    /// In columns for people, made safe for a terminal.
    func text() -> String {
        let heading = [TerminalText.sanitised("\(dataset) \(year): \(title)"), TerminalText.sanitised(preface)]
        return heading.map { $0 + "\n" }.joined() + sections.map { "\n" + Self.text($0) }.joined()
    }

    private static func text(_ section: Section) -> String {
        var text = TerminalText.sanitised(section.title) + "\n"
        text += section.lines.map { "  " + TerminalText.sanitised($0) + "\n" }.joined()
        if let table = section.table, !table.rows.isEmpty {
            var columns = TextTable(table.columns.map { ($0.heading, $0.isFigure ? .right : .left) })
            for row in table.rows { columns.add(row) }
            text += "\n" + columns.text()
        }
        return text + section.commands.map { "  $ " + TerminalText.sanitised($0) + "\n" }.joined()
    }
}
