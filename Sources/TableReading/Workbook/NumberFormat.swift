/// How a number format shows a stored number, as far as it says something of the figure: decimals, a percentage, a date.
///
/// Figures are taken as stored; a format only adds the zeros that it shows behind the point, and says where what is shown
/// is another figure than what is stored, which is refused.
///
/// Source: ECMA-376 part 1, 18.8.31.
struct NumberFormat: Hashable {
    /// What a format makes of a number.
    enum Shown: Hashable {
        /// As it is stored.
        case general
        case number(decimals: Int, integerDigits: Int)
        case percent(decimals: Int)
        /// As it is stored, with a percent sign behind it.
        case percentSign(decimals: Int)
        case date(DateParts)
        /// Another number than the stored one, or none at all: divided by thousands, hidden, digits written beside it.
        case other
    }

    private struct Section: Hashable {
        var shown: Shown
        /// Letters that are written beside the number.
        var words = ""
        var condition: Condition?
        /// Nothing but a dash, or nothing.
        var isDash = false
    }

    private struct Condition: Hashable {
        var sign: String
        var limit: Double

        func holds(_ value: Double) -> Bool {
            switch sign {
            case "<": value < limit
            case "<=": value <= limit
            case ">": value > limit
            case ">=": value >= limit
            case "<>": value != limit
            default: value == limit
            }
        }
    }

    private let sections: [Section]

    static let general = NumberFormat("General")

    /// More of a code is never looked at.
    private static let longest = 255

    init(_ code: String) {
        sections = Self.parts(code.prefix(Self.longest)).prefix(3).map(Self.section)
    }

    /// A format by what it shows, as OpenDocument has it.
    init(shown: Shown, words: String, isDash: Bool) {
        sections = [Section(shown: shown, words: words, isDash: isDash)]
    }

    /// A format with others that stand in for it where their conditions hold: `>=0`.
    init(_ other: NumberFormat, unless conditions: [(condition: String, format: NumberFormat)]) {
        var sections: [Section] = []
        for (condition, format) in conditions {
            let sign = condition.prefix { "<>=!".contains($0) }
            guard let limit = Double(condition.dropFirst(sign.count)), var section = format.sections.first else {
                continue
            }
            section.condition = Condition(sign: sign == "!=" ? "<>" : String(sign), limit: limit)
            sections.append(section)
        }
        self.sections = sections + other.sections.prefix(1)
    }

    /// What stands there for a number, and what is written beside it.
    func shown(_ number: StoredNumber) -> (shown: Shown, words: String) {
        guard sections.count > 1 || sections.first?.condition != nil else {
            return sections.first.map { ($0.shown, $0.words) } ?? (.general, "")
        }
        let value = number.double
        let section: Section
        if sections.contains(where: { $0.condition != nil }) {
            section = sections.first { $0.condition?.holds(value) ?? true } ?? sections[sections.count - 1]
        } else {
            section = value < 0 ? sections[1] : value == 0 && sections.count > 2 ? sections[2] : sections[0]
        }
        // A zero that is shown as a dash, or not at all, is a zero.
        if section.isDash, value == 0 { return (.general, "") }
        return (section.shown, section.words)
    }

    /// Whether any whole number is shown as it is stored.
    var showsWholeNumbersPlainly: Bool {
        guard sections.count == 1, let only = sections.first, only.condition == nil, only.words.isEmpty else {
            return false
        }
        return only.shown == .general || only.shown == .number(decimals: 0, integerDigits: 1)
    }

    /// Sections stand between semicolons, but for those in quotes.
    private static func parts(_ code: Substring) -> [[Character]] {
        var parts: [[Character]] = [[]]
        var (isQuoted, isEscaped) = (false, false)
        for character in code {
            if isEscaped {
                isEscaped = false
            } else if character == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, character == "\\" || character == "_" || character == "*" {
                isEscaped = true
            } else if !isQuoted, character == ";" {
                parts.append([])
                continue
            }
            parts[parts.count - 1].append(character)
        }
        return parts
    }

    private static func section(_ code: [Character]) -> Section {
        var scan = FormatScan()
        scan.run(code)
        var section = Section(shown: scan.shown, words: scan.words)
        section.isDash = scan.isDash
        if let (sign, limit) = scan.condition { section.condition = Condition(sign: sign, limit: limit) }
        return section
    }
}

/// Goes through one section of a format.
private struct FormatScan {
    private var decimals = 0
    private var integerZeros = 0
    private var hasOptional = false
    private var hasDigits = false
    private var isBehindPoint = false
    private var isPercent = false
    private var commas = 0
    private var isScaled = false
    private var literal = ""
    private var parts = DateParts()
    private var isGeneral = false
    private var isText = false
    private var isScientific = false
    private var lastDateLetter: Character = " "
    private(set) var condition: (String, Double)?

    mutating func run(_ code: [Character]) {
        var index = 0
        while index < code.count {
            let character = code[index]
            index += 1
            switch character {
            case "\"":
                while index < code.count, code[index] != "\"" {
                    literal.append(code[index])
                    index += 1
                }
                index += 1
            case "\\", "!":
                if index < code.count { literal.append(code[index]) }
                index += 1
            case "_", "*": index += 1
            case "[":
                let end = code[index...].firstIndex(of: "]") ?? code.count
                bracket(String(code[index..<end]))
                index = end + 1
            case "0", "#", "?": digit(character)
            case ".":
                if commas > 0 { isScaled = true }
                isBehindPoint = true
            case ",": if hasDigits { commas += 1 }
            case "%": isPercent = true
            case "@": isText = true
            case "E", "e":
                if index < code.count, "+-".contains(code[index]) {
                    isScientific = true
                    index += 1
                } else {
                    date("y")
                }
            case "G", "g":
                if String(code[(index - 1)...].prefix(7)).lowercased() == "general" {
                    isGeneral = true
                    index += 6
                } else {
                    date("y")
                }
            case "A", "a":
                let rest = String(code[(index - 1)...].prefix(5)).lowercased()
                if rest == "am/pm" {
                    index += 4
                } else if rest.hasPrefix("a/p") {
                    index += 2
                } else {
                    literal.append(character)
                }
            case "y", "Y", "b", "B", "m", "M", "d", "D", "h", "H", "s", "S":
                date(character.lowercased() == "b" ? "y" : Character(character.lowercased()))
            default: literal.append(character)
            }
        }
    }

    private mutating func digit(_ character: Character) {
        hasDigits = true
        commas = 0
        // Digits of an exponent say nothing of decimals.
        guard !isScientific else { return }
        if isBehindPoint {
            if character == "0" { decimals += 1 }
        } else if character == "0" {
            integerZeros += 1
        } else {
            hasOptional = true
        }
    }

    private mutating func date(_ letter: Character) {
        switch letter {
        case "y": parts.hasYear = true
        case "d": parts.hasDay = true
        case "m":
            // Behind hours they are minutes.
            if lastDateLetter == "h" || lastDateLetter == "M" { lastDateLetter = "M" } else { parts.hasMonth = true }
            if lastDateLetter == "M" { return }
        case "h": parts.hasTime = true
        default:
            // What stood right in front of seconds were minutes.
            if lastDateLetter == "m", !parts.hasTime { parts.hasMonth = false }
            parts.hasTime = true
        }
        lastDateLetter = letter
    }

    private mutating func bracket(_ content: String) {
        if let first = content.first, "<>=".contains(first) {
            let sign = content.prefix { "<>=".contains($0) }
            if let limit = Double(content.dropFirst(sign.count)) { condition = (String(sign), limit) }
        } else if content.hasPrefix("$") {
            literal += content.dropFirst().prefix { $0 != "-" }
        } else if !content.isEmpty, content.lowercased().allSatisfy({ "hms".contains($0) }) {
            parts.hasTime = true
            lastDateLetter = "h"
        }
    }

    var shown: NumberFormat.Shown {
        if isGeneral || isText && !hasDigits { return literal.contains(where: \.isNumber) ? .other : .general }
        if !parts.isEmpty, !hasDigits || parts.hasTime { return .date(parts) }
        guard hasDigits, !literal.contains(where: \.isNumber) else { return .other }
        // Commas behind the last digit divide by thousands.
        if commas > 0 || isScaled { return .other }
        if isPercent { return .percent(decimals: isScientific ? 0 : decimals) }
        if literal.contains("%") { return .percentSign(decimals: isScientific ? 0 : decimals) }
        if isScientific { return .general }
        return .number(decimals: decimals, integerDigits: hasOptional ? 1 : max(1, integerZeros))
    }

    /// Letters beside the number, and not those of money.
    var words: String {
        parts.isEmpty && literal.contains(where: { $0.isLetter || "*[†‡".contains($0) })
            ? FieldText.withoutWhitespace(literal) : ""
    }

    var isDash: Bool {
        !hasDigits && parts.isEmpty && !isGeneral && literal.allSatisfy { "-–—−".contains($0) || $0.isWhitespace }
    }
}
