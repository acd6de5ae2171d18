/// What is to be written as YAML, in the order in which it shall stand.
indirect enum WrittenYAML {
    /// A word that needs no quotes: a number, a name of the program's own.
    case word(String)
    /// Any text, quoted where YAML would read it otherwise.
    case text(String)
    case list([WrittenYAML])
    /// On one line in brackets where it has room, else one entry a line.
    case mapping([(key: String, value: WrittenYAML)])
    /// One entry a line always, each with a comment above it where there is one.
    case block([(key: String, value: WrittenYAML)])

    /// One text alone, several in a list.
    static func texts(_ texts: [String]) -> WrittenYAML { .list(texts.map { .text($0) }) }

    /// In one line.
    var flow: String {
        switch self {
        case .word(let word): word
        case .text(let text): YAMLScalar.written(text)
        case .list(let values): "[" + values.map(\.flow).joined(separator: ", ") + "]"
        case .mapping(let entries), .block(let entries):
            "{" + entries.map { YAMLScalar.flowKey($0.key) + $0.value.flow }.joined(separator: ", ") + "}"
        }
    }
}

/// Writes YAML as a person would: short lists in one line, long ones one entry a line.
struct YAMLWriter {
    private static let lineLength = 100

    /// What stands above an entry, by the keys that lead to it: `columns.year`.
    let comments: [String: String]
    private(set) var text = ""

    init(comments: [String: String]) { self.comments = comments }

    /// Writes the entries of a mapping.
    ///
    /// - Parameters:
    ///   - entries: In order.
    ///   - indentation: How many spaces stand before each.
    ///   - path: The keys that lead to the mapping.
    mutating func write(
        _ entries: [(key: String, value: WrittenYAML)], indentation: Int = 0, path: [String] = []
    ) {
        for (key, value) in entries {
            let own = path + [key]
            if let comment = comments[own.joined(separator: ".")] { write(comment: comment, indentation: indentation) }
            let start = String(repeating: " ", count: indentation) + YAMLScalar.blockKey(key, indentation: indentation)
            switch value {
            case .block(let inner):
                text += start + "\n"
                write(inner, indentation: indentation + 2, path: own)
            case .mapping(let inner) where !fits(start, value):
                text += start + "\n"
                write(inner, indentation: indentation + 2, path: own)
            case .list(let values) where !fits(start, value):
                text += start + "\n"
                let item = String(repeating: " ", count: indentation + 2) + "- "
                for value in values { text += item + value.flow + "\n" }
            default: text += start + " " + value.flow + "\n"
            }
        }
    }

    private func fits(_ start: String, _ value: WrittenYAML) -> Bool {
        start.count + 1 + value.flow.count <= Self.lineLength
    }

    private mutating func write(comment: String, indentation: Int) {
        for line in YAMLComment.lines(comment) { text += String(repeating: " ", count: indentation) + line }
    }
}
