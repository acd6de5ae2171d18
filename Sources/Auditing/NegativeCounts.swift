import Annals

/// Figures below zero of what is counted: nothing proves them wrong, and hardly any of them is right.
enum NegativeCounts {
    /// One finding for a table that has any.
    static func findings(of table: Table) -> [Finding] {
        guard table.measures.contains(where: { $0.kind == .count }) else { return [] }
        let isAlone = table.keySpace.measureDimension == nil
        var (count, first) = (0, 0)
        for cell in 0..<table.cells.count where table.cells.values[cell] < 0 {
            guard table.cells.status(at: cell) == .value else { continue }
            let ordinal = table.ordinal(ofCell: cell)
            guard isAlone || table.measure(atOrdinal: ordinal).kind == .count else { continue }
            if count == 0 { first = ordinal }
            count += 1
        }
        guard count > 0 else { return [] }
        let at = table.keySpace.codes(at: first).joined(separator: ", ")
        return [
            Finding(
                "negative-count",
                "\(count) \(count == 1 ? "figure" : "figures") of a measure that is a count \(count == 1 ? "is" : "are") "
                    + "negative, first at (\(at))")
        ]
    }
}
