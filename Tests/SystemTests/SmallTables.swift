/// Tiny tables whose sums prove nothing, so that a test says all there is to know about them.
enum SmallTables {
    /// Three regions in long form; every seed gives other figures, and no figure is the sum of others.
    static func csv(_ seed: Int) -> String {
        "region,value\nNorth,\(7 + seed)\nSouth,\(1000 + 13 * seed)\nWest,\(50_000 + 17 * seed)\n"
    }

    /// The figure of `North` in ``csv(_:)``.
    static func north(_ seed: Int) -> Int { 7 + seed }

    /// A row of three fields under a heading of two.
    static func broken(_ seed: Int) -> String { "region,value\nNorth,\(seed),9\nSouth,3\n" }
}

/// A small seeded generator, so that a random test can be run again.
///
/// Source: S. Vigna, `splitmix64.c`, public domain algorithm.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
