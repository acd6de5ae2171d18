/// The digits that eight bytes begin with, all at once.
enum EightDigits {
    /// Reads them.
    ///
    /// - Parameter word: The bytes, the first one lowest.
    /// - Returns: How many of the first bytes are digits, and the number that these are.
    @inline(__always)
    static func leading(_ word: UInt64) -> (count: Int, number: UInt64) {
        // Digits become 0…9. A sum sets the highest bit of every other byte; what it carries, it carries to bytes behind.
        let digits = word ^ 0x3030_3030_3030_3030
        let others = (digits | (digits &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080
        let count = others.trailingZeroBitCount / 8
        guard count > 0 else { return (0, 0) }
        // Zeros in front of them; then pairs of digits, of pairs, and of fours.
        var number = digits &<< UInt64(64 - 8 * count)
        number = (number &* 10 &+ (number &>> 8)) & 0x00FF_00FF_00FF_00FF
        number = (number &* 100 &+ (number &>> 16)) & 0x0000_FFFF_0000_FFFF
        return (count, (number &* 10_000 &+ (number &>> 32)) & 0xFFFF_FFFF)
    }
}
