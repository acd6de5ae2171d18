import Annals

/// What explains a failure, as sentences: which figures it is consistent with, and what that leaves open.
struct ExplanationText {
    private let explanations: Explanations
    private let figures: Figures

    /// Most candidates that are named in one sentence, and in all.
    private static let namedAtMost = 20
    private static let listedAtMost = Audit.maximumImbalances

    init(_ explanations: Explanations, _ figures: Figures) {
        self.explanations = explanations
        self.figures = figures
    }

    /// One an explanation by a single cell; then what two cells may be, and what wasn't looked for.
    var findings: [String] {
        var findings = explanations.single.prefix(Self.listedAtMost).map { "consistent with \(being($0))" }
        if explanations.single.count > Self.listedAtMost {
            findings.append("consistent with any one of \(explanations.single.count - Self.listedAtMost) more figures")
        }
        return findings + [aboutPairs].compactMap(\.self)
    }

    /// The same for a reason, where there is room for less; nil where there is nothing to say.
    var sentence: String? {
        let single = explanations.single
        var parts: [String] = []
        if single.count == 1 {
            parts.append("consistent with \(being(single[0]))")
        } else if single.count > 1 {
            parts.append("consistent with any one of these: " + Self.list(single.map(being)))
        }
        if let aboutPairs { parts.append(aboutPairs) }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// Nil where single cells say all.
    private var aboutPairs: String? {
        guard explanations.single.count < 2, figures.rounding == nil else { return nil }
        let isAlone = explanations.single.count == 1
        let open = explanations.hasAllPairs ? "" : "; not every pair of figures was looked at"
        guard !explanations.pairs.isEmpty else {
            return isAlone
                ? (open.isEmpty ? nil : String(open.dropFirst(2)))
                : "no single figure explains all of it, \(open.isEmpty ? "and no two do" : "and none was found of two")\(open)"
        }
        let pairs = Self.list(explanations.pairs.map { $0.map(changing).joined(separator: " and ") })
        return
            (isAlone
            ? "or with two other figures: " : "no single figure explains all of it; consistent with two: ") + pairs
            + open
    }

    private static func list(_ names: [String]) -> String {
        let more = names.count > namedAtMost ? ", or \(names.count - namedAtMost) more" : ""
        return names.prefix(namedAtMost).joined(separator: ", or ") + more
    }

    /// "03 × 01 being 96 rather than 105 (-9)".
    private func being(_ cell: CellCorrection) -> String {
        let decimals = figures.measure(at: cell.ordinal).decimals
        func text(_ value: Int64) -> String { ScaledDecimal.text(value, decimals: decimals) }
        let (low, high) = (cell.restored.lowerBound, cell.restored.upperBound)
        let restored = low == high ? text(low) : "from \(text(low)) to \(text(high))"
        let change = low == high ? " (\(self.change(cell)))" : ""
        return "\(key(cell)) being \(restored) rather than \(text(cell.printed))\(change)"
    }

    /// "02 × 01 (-9)".
    private func changing(_ cell: CellCorrection) -> String { "\(key(cell)) (\(change(cell)))" }

    private func key(_ cell: CellCorrection) -> String {
        figures.keySpace.codes(at: cell.ordinal).joined(separator: " × ")
    }

    private func change(_ cell: CellCorrection) -> String {
        let change = Int128(cell.restored.lowerBound) - Int128(cell.printed)
        return (change > 0 ? "+" : "")
            + ScaledDecimal.text(difference: change, decimals: figures.measure(at: cell.ordinal).decimals)
    }
}
