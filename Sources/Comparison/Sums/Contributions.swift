import Annals

/// How much each row of sums contributes to the change of the whole: its change over the whole's earlier sum.
package struct Contributions: Sendable {
    /// The earlier sum of the whole, in the decimals that are compared; nil where a share of it would mean nothing.
    ///
    /// *Shape:* one a measure of the delta's key space.
    private let wholes: [Int128?]

    /// Digits after the point of ``micros(of:in:)``.
    package static let decimals = 6

    /// - Parameters:
    ///   - delta: Of sums.
    ///   - whole: The earlier sums by the same dimension, without a selection.
    init(_ delta: Delta, whole: Table) {
        let place = whole.keySpace.measureDimension
        // What is left of a whole is no whole.
        let isWhole = whole.keySpace.dimensions.allSatisfy { $0.isMeasure || $0.missingCodes.isEmpty }
        wholes = delta.measures.enumerated().map { index, measure in
            guard measure.allowsRelativeChange, isWhole else { return nil }
            let code = delta.measureDimension.map { delta.keySpace.dimensions[$0].categories[index].code }
            var sum: Int128 = 0
            for cell in 0..<whole.cells.count {
                if let place, let code {
                    let own = whole.keySpace.index(ofDimension: place, at: whole.ordinal(ofCell: cell))
                    guard whole.keySpace.dimensions[place].categories[own].code == code else { continue }
                }
                guard let figure = whole.cells.number(at: cell) else { return nil }
                sum += Rounding.halfEven(Int128(figure), by: Int128(measure.fromDivisor))
            }
            return sum > 0 ? sum : nil
        }
    }

    /// In millionths, rounded half-even; nil where there is no change, or a share of the whole would mean nothing: the
    /// measure is net, a rate, a percentage or an index, the whole is not above zero, or a part of it has no figure.
    package func micros(of row: DeltaRow, in delta: Delta) -> Int64? {
        guard let from = row.from, let to = row.to, let whole = wholes[delta.measureIndex(at: row.ordinal)] else {
            return nil
        }
        return Int64(exactly: Rounding.halfEven((Int128(to) - Int128(from)) * 1_000_000, by: whole))
    }
}
