/// Why the figures of two measures, both taken for the same, can't stand beside one another.
///
/// A side that doesn't say its name, unit or kind contradicts nothing: most files don't.
package enum MeasureContradiction: Hashable, Sendable {
    /// One counts something else than the other.
    case name(String, String)
    case unit(String, String)
    /// Powers of ten; a side that says none prints units.
    case multiplier(Int, Int)
    case kind(Measure.Kind, Measure.Kind)
}

extension Measure {
    /// The code of a measure whose file doesn't say what it counts.
    package static let unnamedCode = "value"

    /// Whether anything says what is counted.
    package var isNamed: Bool { code != Self.unnamedCode }

    /// What keeps figures of this measure from being compared with those of a later table's; nil where nothing does.
    package func contradiction(with later: Measure) -> MeasureContradiction? {
        if isNamed, later.isNamed, !isNamedLike(later) { return .name(label, later.label) }
        if let unit, let other = later.unit, unit != other { return .unit(unit, other) }
        if multiplier != later.multiplier { return .multiplier(multiplier, later.multiplier) }
        if let kind, let other = later.kind, kind != other { return .kind(kind, other) }
        return nil
    }

    /// Whether the codes are the same but for case, accents and punctuation.
    private func isNamedLike(_ other: Measure) -> Bool {
        if code == other.code { return true }
        let slug = Slug.name(code)
        return !slug.isEmpty && slug == Slug.name(other.code)
    }

    /// The unit together with its multiplier, as a table's head would print it: `NOK`, `1000 NOK`, `million NOK`.
    package var printedUnit: String? {
        guard multiplier != 0 else { return unit }
        let factor =
            switch multiplier {
            case 3: "1000"
            case 6: "million"
            default: "10^\(multiplier)"
            }
        return unit.map { "\(factor) \($0)" } ?? factor
    }
}
