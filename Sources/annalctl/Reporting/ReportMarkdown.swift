import ControlAPI

extension ReleaseReport {
    /// As Markdown: CommonMark with tables.
    func markdown() -> String {
        let words = Markdown.escaped("\(dataset) \(year): \(title)")
        let blocks = ["# \(words)", Markdown.escaped(preface)] + sections.flatMap(Self.blocks)
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// What holds for all sections.
    var preface: String {
        "The log's head was \(head). Each number is given by the command below it, also after further drops."
    }

    private static func blocks(_ section: Section) -> [String] {
        var blocks = ["## " + Markdown.escaped(section.title)]
        if !section.lines.isEmpty {
            blocks.append(section.lines.map { "- " + Markdown.escaped($0) }.joined(separator: "\n"))
        }
        if let table = section.table, !table.rows.isEmpty { blocks.append(text(table)) }
        if !section.commands.isEmpty {
            blocks.append(section.commands.map { "    " + TerminalText.sanitised($0) }.joined(separator: "\n"))
        }
        return blocks
    }

    private static func text(_ table: Table) -> String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let head = line(table.columns.map { Markdown.escaped($0.heading) })
        let rule = line(table.columns.map { $0.isFigure ? "---:" : "---" })
        let rows = table.rows.map { row in
            line(zip(row, table.columns).map { $1.isFigure ? Markdown.figure($0) : Markdown.escaped($0) })
        }
        return ([head, rule] + rows).joined(separator: "\n")
    }
}

/// Text from files and tables made harmless within Markdown: it starts no emphasis, code, link, HTML or cell, and no line.
enum Markdown {
    private static let active: Set<Character> = [
        "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "#", "!", "$",
    ]

    static func escaped(_ text: String) -> String {
        let text = TerminalText.sanitised(text)
        // Many renderers make a link of a bare address.
        let startsLinks = text.contains("://") || text.contains("@") || text.lowercased().contains("www.")
        return text.reduce(into: "") { safe, character in
            if active.contains(character) || (startsLinks && ":.@".contains(character)) { safe.append("\\") }
            safe.append(character)
        }
    }

    /// Digits, signs and words of ours stay as they are.
    static func figure(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x25: true
            default: false
            }
        }
        return isPlain ? text : escaped(text)
    }
}
