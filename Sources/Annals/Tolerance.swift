/// Which changes of a figure between two versions of a year are too small to be told of, as a definition says.
///
/// It decides what history calls material, and never what is recorded. A change is material that is larger than each of
/// the bounds that are given: five persons of a million are as little as one in a hundred of three.
package struct Tolerance: Hashable, Sendable {
    /// In the unit of the figures, as printed.
    package var absolute: DecimalNumber?
    /// Of the earlier figure's size.
    package var relative: DecimalNumber?

    package init(absolute: DecimalNumber? = nil, relative: DecimalNumber? = nil) {
        self.absolute = absolute
        self.relative = relative
    }

    /// Whether a change is more than what is tolerated.
    ///
    /// - Parameters:
    ///   - from: The earlier figure, scaled by its decimals.
    ///   - to: The later one.
    ///   - decimals: Of both.
    /// - Returns: Never true for two equal figures.
    package func isExceeded(from: Int64, to: Int64, decimals: Int) -> Bool {
        guard from != to else { return false }
        // Bounds have at most 15 digits, so that nothing here comes near 128 bits.
        let change = UInt128((Int128(to) - Int128(from)).magnitude)
        if let absolute {
            let bound = UInt128(absolute.scaled) * UInt128(ScaledDecimal.powerOfTen(decimals))
            guard change * UInt128(ScaledDecimal.powerOfTen(absolute.decimals)) > bound else { return false }
        }
        if let relative {
            let bound = UInt128(relative.scaled) * UInt128(from.magnitude)
            guard change * UInt128(ScaledDecimal.powerOfTen(relative.decimals)) > bound else { return false }
        }
        return true
    }
}
