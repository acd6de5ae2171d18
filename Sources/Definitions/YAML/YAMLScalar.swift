/// How a text is written so that ``YAMLValue`` reads it back, and so that no terminal or editor is led astray by it.
enum YAMLScalar {
    /// Words that other readers of YAML take for something else than text.
    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    /// Plain where it can be, else in double quotes.
    static func written(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    /// `key: ` in a mapping on one line.
    static func flowKey(_ key: String) -> String {
        (isLong(key) ? "? " : "") + written(key) + (isLong(key) ? " : " : ": ")
    }

    /// `key:` at the beginning of a line.
    static func blockKey(_ key: String, indentation: Int) -> String {
        isLong(key)
            ? "? " + written(key) + "\n" + String(repeating: " ", count: indentation) + ":" : written(key) + ":"
    }

    /// Whether a key is longer than YAML finds without a `?` before it, which is 1,024 characters.
    private static func isLong(_ key: String) -> Bool { written(key).unicodeScalars.count > 1000 }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, text.last != " ",
            !reserved.contains(text.lowercased())
        else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "0"..."9", "_", "-", ".", "/", "(", ")", "%", "+", " ": true
            default: scalar.properties.isAlphabetic
            }
        }
    }

    private static func quoted(_ text: String) -> String {
        let escapesBrackets = !bracketsClose(text)
        var result = "\""
        var before: Unicode.Scalar = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            // What looks like an alias, or like nesting, is refused even in quotes.
            case "*" where !(before == "\"" || before.properties.isAlphabetic): result += "\\x2A"
            // Remedies put YAML between these.
            case "`": result += "\\x60"
            case "[" where escapesBrackets: result += "\\x5B"
            case "{" where escapesBrackets: result += "\\x7B"
            case _ where isVisible(scalar): result.unicodeScalars.append(scalar)
            default: result += escape(scalar)
            }
            before = scalar
        }
        return result + "\""
    }

    /// Whether every bracket of a text is closed in it, and few stand in each other.
    private static func bracketsClose(_ text: String) -> Bool {
        var depth = 0
        for scalar in text.unicodeScalars {
            if scalar == "[" || scalar == "{" { depth += 1 }
            if scalar == "]" || scalar == "}" { depth -= 1 }
            if depth < 0 || depth > 4 { return false }
        }
        return depth == 0
    }

    /// Whether a scalar can be seen for what it is: no line end, no mark of direction, no space but the plain one.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let count = scalar.value <= 0xFF ? 2 : scalar.value <= 0xFFFF ? 4 : 8
        return (count == 2 ? "\\x" : count == 4 ? "\\u" : "\\U") + String(repeating: "0", count: count - digits.count)
            + digits
    }

    /// The lines of a comment, with nothing in them that the parser takes for an alias or for nesting.
    static func commentLines(_ comment: String) -> [String] {
        comment.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let closes = bracketsClose(String(line))
            var result = ""
            for scalar in line {
                switch scalar {
                case "*": result += "\u{2217}"
                case "[" where !closes, "{" where !closes: result += "("
                default: result += isVisible(scalar) ? String(scalar) : "\u{FFFD}"
                }
            }
            return String(result.reversed().drop { $0 == " " }.reversed())
        }
    }
}
