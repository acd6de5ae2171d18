/// An exact decimal that somebody wrote down: a tolerance, a base of rounding.
package struct DecimalNumber: Hashable, Sendable {
    /// The number times 10 to the ``decimals``; of the fewest decimals that it needs.
    package let scaled: Int64
    package let decimals: Int

    /// Most digits that one may have.
    private static let mostDigits = 15

    package init(scaled: Int64, decimals: Int) {
        var (scaled, decimals) = (scaled, decimals)
        while decimals > 0, scaled % 10 == 0 { (scaled, decimals) = (scaled / 10, decimals - 1) }
        self.scaled = scaled
        self.decimals = decimals
    }

    /// `5`, `0.01`; nil for anything else: no sign, no exponent, at most 15 digits.
    package init?(_ text: String) {
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), halves.allSatisfy({ !$0.isEmpty }) else { return nil }
        let digits = halves.joined()
        guard digits.utf8.count <= Self.mostDigits, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let scaled = Int64(digits)
        else { return nil }
        self.init(scaled: scaled, decimals: halves.count == 2 ? halves[1].utf8.count : 0)
    }

    /// `0.01`.
    package var text: String { ScaledDecimal.text(scaled, decimals: decimals) }
}
