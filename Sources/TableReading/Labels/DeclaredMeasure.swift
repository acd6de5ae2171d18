import Annals

/// A definition's measure beside what the file itself says of it: the definition decides, and where it leaves the unit or
/// the power of ten open, the file does.
enum DeclaredMeasure {
    /// - Parameters:
    ///   - declared: The definition's.
    ///   - own: Unit, multiplier and kind as the file says them.
    /// - Returns: The definition's, completed.
    static func completed(_ declared: Measure, by own: Measure) -> Measure {
        guard declared.multiplier == 0, declared.unit == nil || isMultiple(own, of: declared) else { return declared }
        var measure = declared
        measure.unit = declared.unit ?? own.unit
        measure.multiplier = own.multiplier
        measure.kind = declared.kind ?? own.kind
        return measure
    }

    /// Whether the file says another unit or multiplier than a definition declares, which decides.
    static func contradicts(_ declared: Measure, _ own: Measure) -> Bool {
        guard let unit = own.unit, declared.unit != nil || declared.multiplier != 0,
            declared.multiplier != 0 || !isMultiple(own, of: declared)
        else { return false }
        return own.multiplier != declared.multiplier
            || declared.unit.map(UnitText.canonical) != UnitText.canonical(unit)
    }

    /// Whether the file says a multiplier, `(1000)`, and no other unit than a definition declares.
    ///
    /// Who declares the unit alone doesn't say that thousands are none.
    private static func isMultiple(_ own: Measure, of declared: Measure) -> Bool {
        guard own.multiplier != 0 else { return false }
        return own.unit.map(UnitText.canonical) == nil
            || declared.unit.map(UnitText.canonical) == own.unit.map(UnitText.canonical)
    }
}
