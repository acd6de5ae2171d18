import Yams

/// A YAML document with the line of every node, free of the library that read it.
///
/// Aliases are not taken: a definition has no use for them, and a few lines of them can stand for gigabytes.
indirect enum YAMLValue {
    case scalar(String, line: Int)
    case list([YAMLValue], line: Int)
    case mapping([YAMLEntry], line: Int)

    var line: Int {
        switch self {
        case .scalar(_, let line), .list(_, let line), .mapping(_, let line): line
        }
    }

    /// What it is, for a message.
    var kind: String {
        switch self {
        case .scalar(let text, _): "`\(text)`"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// One `key: value`, with the key's line.
struct YAMLEntry {
    var key: String
    var line: Int
    var value: YAMLValue
}

extension YAMLValue {
    /// Longest text that is read; a definition or a sidecar is some hundred bytes.
    static let maximumBytes = 1 << 20

    /// Nil where the text holds nothing but comments.
    static func parse(_ text: String, file: String) throws(DefinitionError) -> YAMLValue? {
        guard text.utf8.count <= maximumBytes else {
            throw DefinitionError(file: file, message: "is longer than \(maximumBytes) bytes")
        }
        // Editors put a byte order mark in front, which the library takes for a part of the first key.
        let text = text.withoutByteOrderMark
        if let line = lineOfAlias(text) {
            throw DefinitionError(
                file: file, line: line, message: "uses a YAML alias (`*name`)",
                remedy: "write the value out, or put it in double quotes, with `\\x2A` for the star")
        }
        if let line = lineTooDeep(text) {
            throw DefinitionError(
                file: file, line: line, message: "is nested too deeply",
                remedy: "nothing here needs more than a few levels")
        }
        do {
            guard let node = try Yams.compose(yaml: text, .default, .default, .utf8) else { return nil }
            return try convert(node, file: file)
        } catch let error as DefinitionError {
            throw error
        } catch {
            throw Self.error(error, in: text, file: file)
        }
    }

    private static func convert(_ node: Node, file: String) throws(DefinitionError) -> YAMLValue {
        let line = node.mark?.line ?? 1
        try refuseTag(of: node, isKey: false, line: line, file: file)
        switch node {
        case .scalar(let scalar):
            return .scalar(scalar.string, line: line)
        case .sequence(let sequence):
            var values: [YAMLValue] = []
            for value in sequence { values.append(try convert(value, file: file)) }
            return .list(values, line: line)
        case .mapping(let mapping):
            var entries: [YAMLEntry] = []
            var names: Set<String> = []
            for (key, value) in mapping {
                let keyLine = key.mark?.line ?? line
                guard case .scalar(let name) = key else {
                    throw DefinitionError(file: file, line: keyLine, message: "a key must be plain text")
                }
                try refuseTag(of: key, isKey: true, line: keyLine, file: file)
                guard names.insert(name.string).inserted else {
                    throw DefinitionError(file: file, line: keyLine, message: "has the key `\(name.string)` twice")
                }
                entries.append(YAMLEntry(key: name.string, line: keyLine, value: try convert(value, file: file)))
            }
            return .mapping(entries, line: line)
        case .alias(let alias):
            throw DefinitionError(file: file, line: alias.mark?.line ?? line, message: "uses a YAML alias")
        }
    }

    /// Refuses tags (`!!int`): a value is what it says.
    private static func refuseTag(
        of node: Node, isKey: Bool, line: Int, file: String
    ) throws(DefinitionError) {
        let tag =
            switch node {
            case .scalar(let scalar): scalar.tag
            case .sequence(let sequence): sequence.tag
            case .mapping(let mapping): mapping.tag
            case .alias(let alias): alias.tag
            }
        // The parser gives what is in quotes the tag of a text, and the composer gives keys that of what they look like.
        let isGiven: Bool =
            switch node {
            case .scalar(let scalar):
                isKey
                    ? tag.description.hasPrefix(standardTags)
                    : scalar.style != .plain && tag.description == standardTags + "str"
            case .sequence, .mapping, .alias: false
            }
        guard tag.description.isEmpty || isGiven else {
            throw DefinitionError(
                file: file, line: line, message: "uses a YAML tag (`!name`)",
                remedy: "leave it out, or quote the text")
        }
    }

    private static let standardTags = "tag:yaml.org,2002:"

    /// The line of the first `*name` that stands where a value or a key begins.
    ///
    /// The composer hashes keys, and a key made of nested aliases takes for ever; so this comes before it.
    private static func lineOfAlias(_ text: String) -> Int? {
        var line = 1
        var mayBegin = true
        var isStar = false
        for byte in text.utf8 {
            if isStar, byte > 0x20 { return line }
            isStar = false
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                mayBegin = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): continue
            case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ","), UInt8(ascii: "["),
                UInt8(ascii: "{"):
                mayBegin = true
            case UInt8(ascii: "*"):
                isStar = mayBegin
                mayBegin = false
            default: mayBegin = false
            }
        }
        return nil
    }

    /// Deepest nesting of brackets; and the most columns before a line's content, its `- ` and `? ` included.
    ///
    /// A block is indented further than the one that it is in, or is a list as far as its mapping; so the columns, twice,
    /// bound the depth of blocks.
    private static let maximumBrackets = 64
    private static let maximumIndentation = 128

    /// The line in which a text may be nested deeper than the composer and ``convert(_:file:)`` may call themselves.
    ///
    /// Brackets in quotes count too: a definition has no use for so many.
    private static func lineTooDeep(_ text: String) -> Int? {
        var line = 1
        var brackets = 0
        var column = 0
        var isIndentation = true
        for byte in text.utf8 {
            column += 1
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                column = 0
                isIndentation = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                brackets += 1
                if brackets > maximumBrackets { return line }
            case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
            default: break
            }
            if isIndentation, column > maximumIndentation { return line }
            isIndentation = isIndentation && byte == UInt8(ascii: "\n")
        }
        return isIndentation && column > maximumIndentation ? line : nil
    }

    private static func error(_ error: any Error, in text: String, file: String) -> DefinitionError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return DefinitionError(file: file, line: mark.line, message: "is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.sorted().first ?? "?"
            let start = max(1, context.mark.line)
            let lines = RepeatedKey.lines(of: key, in: text, from: start)
            return DefinitionError(
                file: file, line: lines.count > 1 ? lines[1] : start,
                message: "has the key `\(key)` twice" + (lines.count > 1 ? ", in line \(lines[0]) as well" : ""))
        case .reader(let problem, _, _, _):
            return DefinitionError(file: file, message: "is not YAML: \(problem)")
        default:
            return DefinitionError(file: file, message: "is not YAML: \(error)")
        }
    }
}

extension String {
    /// Without the mark that editors put in front.
    var withoutByteOrderMark: String {
        unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self
    }
}
