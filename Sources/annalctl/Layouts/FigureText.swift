import ControlAPI

/// How a cell is printed for people: the figure, or a symbol for why there is none, and letters for flags.
struct FigureText {
    /// What the symbols mean that were used.
    private(set) var legend: [String: String] = [:]

    mutating func text(_ cell: TableReport.Cell, decimals: Int) -> String {
        figure(cell, decimals: decimals) + cell.flags.map { letter(ofFlag: $0) }.joined()
    }

    private mutating func figure(_ cell: TableReport.Cell, decimals: Int) -> String {
        switch cell.status {
        case "value", "below-unit":
            if cell.status == "below-unit" { legend["0"] = "zero, or rounds to it" }
            return cell.value?.text(decimals: decimals) ?? ""
        case "blank": return ""
        default:
            let symbol = Self.symbols[cell.status] ?? "?"
            if symbol != "-" { legend[symbol] = cell.status }
            return symbol
        }
    }

    private mutating func letter(ofFlag flag: String) -> String {
        let letter = Self.letters[flag] ?? "!"
        legend[letter] = flag
        return letter
    }

    /// One line that explains what was used; none where nothing needs it.
    var legendLine: String? {
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
