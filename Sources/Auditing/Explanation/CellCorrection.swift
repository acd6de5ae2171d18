import Annals

/// Another figure for one printed cell, with which equations would balance that don't.
struct CellCorrection: Hashable {
    var ordinal: Int
    var printed: Int64
    /// The figures that would do: one, but for what declared rounding leaves open.
    var restored: ClosedRange<Int64>
}

/// What would explain every broken equation at once.
///
/// "Consistent with", never "wrong": an innocent figure may explain what two others broke.
struct Explanations: Hashable {
    /// Each explains all by itself.
    var single: [CellCorrection] = []
    /// Each pair explains all together, and neither does alone; only looked for where no more than one cell does.
    var pairs: [[CellCorrection]] = []
    /// Whether every pair was looked at.
    var hasAllPairs = true
}
