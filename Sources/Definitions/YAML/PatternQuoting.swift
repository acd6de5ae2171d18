/// Quotes file patterns with a `*` in them, so that `file: *2011*` and `file: births-*.csv` need no quotes.
///
/// To YAML a word that begins so is an alias, which nothing here takes. Only what follows `file:`, and `match: {…}` on its line, is
/// looked at; a star anywhere else is still refused as an alias by ``YAMLValue``, which looks at the text that results.
enum PatternQuoting {
    /// The text with the same lines.
    static func quoted(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "*")) else { return text }
        // `\r\n` is one character, so lines are cut at the scalar.
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        // Text in a block scalar looks like keys and isn't.
        if lines.contains(where: beginsBlockScalar) || hasAnchor(text) { return text }
        /// Indentation of the `file:` whose list stands on the lines below it.
        var list: Int?
        for index in lines.indices {
            let indentation = lines[index].prefix { $0 == " " }.count
            let content = lines[index].dropFirst(indentation)
            if content.hasPrefix("file:") {
                let rest = content.dropFirst(5)
                list = rest.allSatisfy(\.isWhitespace) ? indentation : nil
                lines[index] = lines[index].prefix(indentation) + "file:" + quotedValue(rest)
            } else if content.hasPrefix("match:") {
                list = nil
                let rest = content.dropFirst(6)
                guard rest.drop(while: { $0 == " " }).first == "{" else { continue }
                lines[index] = lines[index].prefix(indentation) + "match:" + quotedValue(rest)
            } else if let own = list, content.hasPrefix("- "), indentation >= own {
                lines[index] = lines[index].prefix(indentation) + "-" + quotedValue(content.dropFirst(1))
            } else if !content.allSatisfy(\.isWhitespace), content.first != "#" {
                list = nil
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Whether a text has what an alias could mean, so that its stars are to be refused as aliases.
    private static func hasAnchor(_ text: String) -> Bool {
        var before = UInt8(ascii: "\n")
        for byte in text.utf8 {
            let isBegin = before <= 0x20 || [UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ",")].contains(before)
            if isBegin, byte == UInt8(ascii: "&") { return true }
            before = byte
        }
        return false
    }

    private static func beginsBlockScalar(_ line: String) -> Bool {
        let words = line.split(whereSeparator: \.isWhitespace)
        return words.contains { ($0.first == "|" || $0.first == ">") && $0.count <= 3 }
    }

    /// A value that stands on one line: a word, or a list or mapping in brackets.
    private static func quotedValue(_ value: Substring) -> String {
        var result = ""
        var rest = value
        let isFlow = value.drop { $0 == " " }.first.map { $0 == "[" || $0 == "{" } ?? false
        var mayBegin = true
        var before: Character = " "
        while let character = rest.first {
            if mayBegin, let word = pattern(rest, isFlow: isFlow) {
                result += escaped(word)
                rest = rest.dropFirst(word.count)
                mayBegin = false
                before = "\""
                continue
            }
            if mayBegin, character == "\"" || character == "'" {
                let quoted = quotedText(rest, by: character)
                // In double quotes the escape is the star itself.
                result += character == "\"" ? String(quoted.replacing("*", with: "\\x2A")) : String(quoted)
                rest = rest.dropFirst(quoted.count)
                mayBegin = false
                before = character
                continue
            }
            if character == "#", before.isWhitespace { return result + rest }
            if character == " " {
                mayBegin = mayBegin || (isFlow && before == ":")
            } else {
                mayBegin = isFlow && (character == "[" || character == ",")
            }
            result.append(character)
            before = character
            rest = rest.dropFirst()
        }
        return result
    }

    /// The word that begins here, where it has a star in it and no mark of YAML in front.
    private static func pattern(_ rest: Substring, isFlow: Bool) -> Substring? {
        guard let first = rest.first, first == "*" || first == "_" || first == "." || first.isLetter || first.isNumber
        else { return nil }
        let word = word(rest, isFlow: isFlow)
        return word.contains("*") ? word : nil
    }

    /// In double quotes, without a star: one behind a hyphen looks like an alias wherever it stands.
    private static func escaped(_ word: Substring) -> String {
        let text = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("*", with: "\\x2A")
        return "\"" + text + "\""
    }

    /// From its opening quote to the one that closes it, or to the end of the line.
    private static func quotedText(_ rest: Substring, by quote: Character) -> Substring {
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex {
            let next = rest.index(after: index)
            if quote == "\"", rest[index] == "\\" {
                index = next < rest.endIndex ? rest.index(after: next) : next
            } else if rest[index] == quote {
                // A single quote stands twice where it is meant itself.
                guard quote == "'", next < rest.endIndex, rest[next] == "'" else { return rest[..<next] }
                index = rest.index(after: next)
            } else {
                index = next
            }
        }
        return rest
    }

    /// From its beginning to its end, to the colon of a key, or to the comment behind it; without the spaces there.
    private static func word(_ rest: Substring, isFlow: Bool) -> Substring {
        var end = rest.startIndex
        var before: Character = "*"
        for index in rest.indices {
            let character = rest[index]
            if isFlow, character == "," || character == "]" || character == "}" || character == ":" { break }
            if character == "#", before.isWhitespace { break }
            if !character.isWhitespace { end = rest.index(after: index) }
            before = character
        }
        return rest[..<end]
    }
}
