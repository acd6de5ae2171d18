import Annals

/// A unit as the heading of a column prints it in brackets: `1000 NOK`, `mill. kr`, `percent`, `per 1 000 inhabitants`.
struct UnitText: Equatable {
    /// Nil where only a multiplier stands there.
    private(set) var unit: String?
    /// Power of ten.
    private(set) var multiplier = 0
    private(set) var kind: Measure.Kind?

    /// A number in front of a word that nobody knows is a multiplier only from here on: `10 years` is no unit of ten.
    private static let fewestDigits = 3
    private static let longestUnitWords = 3
    /// As in a definition.
    private static let largestMultiplier = 18

    /// Nil where the text is no unit, or could be something else: `2015=100`, `both sexes`, `1`.
    init?(_ text: String) {
        var words = Self.words(of: text)
        if let first = words.first, ["in", "i", "en"].contains(first.lowercased()), words.count > 1 {
            words.removeFirst()
        }
        guard let first = words.first?.lowercased() else { return nil }
        let phrase = words.joined(separator: " ").lowercased()
        if Self.percentages.contains(phrase) {
            unit = "percent"
            kind = .percent
            return
        }
        if first == "per" || first == "pr" {
            guard words.count > 1 else { return nil }
            unit = words.joined(separator: " ")
            kind = .rate
            return
        }
        guard take(words) else { return nil }
    }

    /// One spelling of a unit that has several: `kroner` and `kr`.
    static func canonical(_ unit: String) -> String { units[unit.lowercased()] ?? unit }

    /// Tells a multiplier, before or behind, from the unit.
    private mutating func take(_ words: [String]) -> Bool {
        var rest: [String] = []
        var factors = 0
        var digits = ""
        for word in words {
            let lower = word.lowercased()
            if !word.isEmpty, word.allSatisfy({ $0.isASCII && $0.isNumber }), rest.isEmpty {
                digits += word
            } else if let factor = Self.multipliers[lower] {
                multiplier += factor
                factors += 1
            } else if let (factor, unit) = Self.contractions[lower] {
                multiplier += factor
                factors += 1
                rest.append(unit)
            } else if !["of", "av", "de", "des"].contains(lower) {
                rest.append(word)
            }
        }
        guard factors <= 1, let power = Self.power(of: digits) else { return false }
        multiplier += power
        guard multiplier <= Self.largestMultiplier else { return false }
        let isKnown = rest.count == 1 && Self.units[rest[0].lowercased()] != nil
        guard !rest.isEmpty else { return multiplier >= Self.fewestDigits }
        guard isKnown || multiplier >= Self.fewestDigits, rest.count <= Self.longestUnitWords,
            isKnown || rest.allSatisfy({ $0.allSatisfy { $0.isLetter || $0 == "-" } })
        else { return false }
        unit = isKnown ? Self.units[rest[0].lowercased()] : rest.joined(separator: " ")
        return true
    }

    /// The exponent of a power of ten, 0 for no digits; nil for any other number.
    private static func power(of digits: String) -> Int? {
        // "000" and "'000" stand for thousands.
        if !digits.isEmpty, digits.allSatisfy({ $0 == "0" }) { return digits.count }
        guard digits.isEmpty || digits.first == "1" && digits.dropFirst().allSatisfy({ $0 == "0" }) else { return nil }
        return max(0, digits.count - 1)
    }

    /// Words without the stops behind abbreviations; points and commas within a number are gone.
    private static func words(of text: String) -> [String] {
        text.split { $0.isWhitespace || $0 == "\u{A0}" || $0 == "'" || $0 == "’" }.flatMap { word -> [String] in
            let isGrouped = word.contains(where: \.isNumber)
            if isGrouped, word.allSatisfy({ $0.isNumber || $0 == "." || $0 == "," }) {
                let groups = word.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
                guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return [String(word)] }
                return [groups.joined()]
            }
            return word.split(separator: ".").map(String.init)
        }
    }

    private static let percentages: Set<String> = [
        "%", "percent", "per cent", "pct", "pst", "prosent", "procent", "prozent", "pour cent", "por ciento",
    ]

    private static let multipliers: [String: Int] = [
        "thousand": 3, "thousands": 3, "1000s": 3, "000s": 3, "tusen": 3, "tusinde": 3, "tusental": 3, "tsd": 3,
        "tausend": 3, "milliers": 3, "million": 6, "millions": 6, "mill": 6, "mio": 6, "mln": 6, "millioner": 6,
        "millionen": 6, "miljoner": 6, "billion": 9, "billions": 9, "bn": 9, "milliard": 9, "milliards": 9,
        "milliarder": 9, "miljarder": 9, "milliarden": 9, "mrd": 9, "mia": 9,
    ]

    private static let contractions: [String: (Int, String)] = [
        "tkr": (3, "kr"), "mkr": (6, "kr"), "tnok": (3, "NOK"), "mnok": (6, "NOK"), "tsek": (3, "SEK"),
        "msek": (6, "SEK"), "teur": (3, "EUR"), "meur": (6, "EUR"),
    ]

    /// As printed, in lower case, and as one spelling of them.
    private static let units: [String: String] = {
        var units: [String: String] = [:]
        for code in ["NOK", "SEK", "DKK", "ISK", "EUR", "USD", "GBP", "CHF", "JPY", "PLN", "CZK", "HUF", "CAD", "AUD"] {
            units[code.lowercased()] = code
        }
        let spellings: [(String, [String])] = [
            ("kr", ["kr", "kroner", "krone", "kronor"]), ("EUR", ["euro", "euros", "€"]), ("GBP", ["£"]),
            ("persons", ["persons", "personer", "people", "personen", "personnes", "personas"]),
            ("inhabitants", ["inhabitants", "innbyggere", "einwohner", "invånare", "indbyggere"]),
            ("number", ["number", "antall", "antal", "anzahl", "nombre", "aantal", "stk"]),
            ("households", ["households", "husholdninger", "haushalte"]), ("dollars", ["dollars"]),
            ("tonnes", ["tonnes", "tonne", "tonn", "tons", "tonnen"]), ("kg", ["kg"]), ("km", ["km"]),
            ("km2", ["km2", "km²"]), ("m2", ["m2", "m²"]), ("m3", ["m3", "m³"]), ("ha", ["ha", "hectares", "hektar"]),
            ("decares", ["decares", "dekar"]), ("litres", ["litres", "liter"]), ("kWh", ["kwh"]), ("MWh", ["mwh"]),
            ("GWh", ["gwh"]), ("TWh", ["twh"]), ("TJ", ["tj"]), ("PJ", ["pj"]),
        ]
        for (unit, words) in spellings { for word in words { units[word] = unit } }
        return units
    }()
}
