/// How the publisher rounded each figure by itself, as a definition says, so that sums may be off.
package struct DeclaredRounding: Hashable, Sendable {
    /// Which multiple of the base a figure became.
    package enum Method: String, Hashable, Sendable, CaseIterable {
        /// The nearest: a figure is off by half of the base at most.
        case nearest
        /// One of the two around it, by chance; multiples stay: a figure is off by less than the base.
        case random
    }

    /// In the unit of the figures, as printed; above zero.
    package var base: DecimalNumber
    package var method: Method

    package init(base: DecimalNumber, method: Method) {
        self.base = base
        self.method = method
    }

    /// By how much a sum and its parts, so many figures together, may be off, scaled by the measure's decimals.
    ///
    /// Counts are whole, so that a base of 5 moves one by 2 at most where it goes to the nearest, by 4 where it goes by
    /// chance.
    package func bound(ofFigures count: Int, _ measure: Measure) -> Int128 {
        let isWhole = measure.kind == .count && measure.decimals == 0 && measure.multiplier == 0 && base.decimals == 0
        // Of as many digits as both need, so that nothing is rounded here.
        let unit = Int128(ScaledDecimal.powerOfTen(base.decimals))
        let scaled = Int128(base.scaled) * Int128(ScaledDecimal.powerOfTen(measure.decimals))
        switch method {
        case .nearest:
            let twice = isWhole && scaled % 2 != 0 ? scaled - 1 : scaled
            return Int128(count) * twice / (2 * unit)
        case .random:
            if isWhole { return Int128(count) * (scaled - 1) }
            return max(0, (Int128(count) * scaled - 1) / unit)
        }
    }
}
