package import Annals

/// A number that tables that say the same have in common, and others hardly ever.
///
/// It spares reading the earlier vintages of a year: with another fingerprint the figures, statuses or flags differ.
package enum Fingerprint {
    /// The sum of what each cell comes to, so that the order of categories doesn't count, nor do glyphs.
    package static func of(_ cells: Cells) -> UInt64 {
        let salts = cells.palette.map { mixed(UInt64($0.status.rawValue) << 16 | UInt64($0.flags.rawValue)) }
        var sum: UInt64 = 0
        for (value, mark) in zip(cells.values, cells.marks) {
            sum &+= mixed(UInt64(bitPattern: value) &+ salts[Int(mark)])
        }
        return sum
    }

    /// The finalizer of SplitMix64, a step first so that nothing comes to nothing.
    package static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = number &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
