/// How a cell is printed for people besides its figure: a symbol for why there is none, and letters for flags.
package struct FigureSymbols {
    /// What the symbols mean that were used.
    private var legend: [String: String] = [:]

    package init() {}

    /// What stands for a status (its code, or `absent`); nil where the figure itself does.
    package mutating func symbol(of status: String) -> String? {
        switch status {
        case "value": return nil
        case "below-unit":
            legend["0"] = "zero, or rounds to it"
            return nil
        case "blank": return ""
        default:
            let symbol = Self.symbols[status] ?? "?"
            if symbol != "-" { legend[symbol] = status }
            return symbol
        }
    }

    /// A letter for each flag, given as codes; they stand behind figure or symbol.
    package mutating func letters(of flags: [String]) -> String {
        flags.map { flag in
            let letter = Self.letters[flag] ?? "!"
            legend[letter] = flag
            return letter
        }.joined()
    }

    /// One line that explains what was used; none where nothing needs it.
    package var legendLine: String? {
        guard !legend.isEmpty else { return nil }
        return legend.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    private static let symbols = [
        "nil": "-", "not-applicable": ".", "not-available": "..", "not-yet-available": "...", "confidential": ":",
        "unreliable": "u", "included-elsewhere": "=", "absent": "",
    ]

    private static let letters = [
        "provisional": "p", "revised": "r", "corrected": "c", "estimated": "e", "forecast": "f", "imputed": "i",
        "break": "b", "low-reliability": "l", "definition-differs": "d", "not-significant": "n", "derived": "*",
    ]
}
