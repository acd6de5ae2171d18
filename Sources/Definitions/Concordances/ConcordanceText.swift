/// The two parts of a concordance's text: a head in the comment lines at its top, and rows of fields parted by commas.
///
/// The head keeps its line numbers, so that errors name the file's own lines.
struct ConcordanceText {
    struct Row {
        let line: Int
        let fields: [String]
    }

    /// YAML: the comment lines without their signs, one line for each of the file's.
    private(set) var head = ""
    /// The names of the columns first.
    private(set) var rows: [Row] = []

    init(_ text: String, file: String) throws(DefinitionError) {
        var isHead = true
        let bare = text.withoutByteOrderMark
        for (index, line) in bare.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let isBlank = line.allSatisfy(\.isWhitespace)
            if isHead, isBlank || line.hasPrefix("#") {
                let rest = line.drop { $0 == "#" && !isBlank }
                head += (rest.hasPrefix(" ") ? rest.dropFirst() : rest) + "\n"
                continue
            }
            isHead = false
            if isBlank || line.hasPrefix("#") { continue }
            rows.append(Row(line: index + 1, fields: try Self.fields(of: line, file: file, line: index + 1)))
        }
    }

    /// Fields parted by commas, quoted where they hold one; a quoted field holds no line break.
    ///
    /// Source: RFC 4180.
    private static func fields(of line: Substring, file: String, line number: Int) throws(DefinitionError) -> [String] {
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var characters = line.makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            switch character {
            case "\"" where isQuoted && next == "\"":
                field.append(character)
                next = characters.next()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                fields.append(field)
                field = ""
            default: field.append(character)
            }
        }
        guard !isQuoted else {
            throw DefinitionError(file: file, line: number, message: "has a quote that isn't closed")
        }
        return (fields + [field]).map { $0.trimmingSpaces() }
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
