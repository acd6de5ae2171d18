import Annals

/// Shares of a whole, in percent with one digit after the point.
package enum RelativeText {
    /// Millionths as tenths of a percent, half away from zero.
    @inlinable
    package static func tenths(_ micros: Int64) -> Int64 {
        // 2⁶³ + 500 fits, and a thousandth of it fits with its sign.
        let tenths = Int64((micros.magnitude + 500) / 1000)
        return micros < 0 ? -tenths : tenths
    }

    /// Millionths in percent, with their sign: `+50.0%`.
    package static func percent(_ micros: Int64) -> String {
        let tenths = tenths(micros)
        return (tenths > 0 ? "+" : "") + ScaledDecimal.text(tenths, decimals: 1) + "%"
    }
}
