/// 128 random bits of a segment, the key of its frames' checks.
struct Salt: Hashable, Sendable {
    /// Bytes 0 to 7 and 8 to 15, little-endian.
    var low: UInt64
    var high: UInt64

    static let zero = Salt(low: 0, high: 0)
}

/// SipHash-2-4 of whole words: what makes a frame's header believable.
///
/// Source: J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF", 2012, with its test vectors.
struct HeaderCheck {
    private var v0, v1, v2, v3: UInt64
    private var wordCount: UInt64 = 0

    init(key: Salt) {
        v0 = key.low ^ 0x736f_6d65_7073_6575
        v1 = key.high ^ 0x646f_7261_6e64_6f6d
        v2 = key.low ^ 0x6c79_6765_6e65_7261
        v3 = key.high ^ 0x7465_6462_7974_6573
    }

    /// Eight bytes of the message, little-endian.
    mutating func take(_ word: UInt64) {
        v3 ^= word
        mix()
        mix()
        v0 ^= word
        wordCount &+= 1
    }

    mutating func finish() -> UInt64 {
        // The last word has the message's length in bytes at its top, and here no left-over bytes.
        take((wordCount &* 8) << 56)
        v2 ^= 0xff
        for _ in 0..<4 { mix() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func mix() {
        v0 = v0 &+ v1
        v1 = Self.rotated(v1, 13) ^ v0
        v0 = Self.rotated(v0, 32)
        v2 = v2 &+ v3
        v3 = Self.rotated(v3, 16) ^ v2
        v0 = v0 &+ v3
        v3 = Self.rotated(v3, 21) ^ v0
        v2 = v2 &+ v1
        v1 = Self.rotated(v1, 17) ^ v2
        v2 = Self.rotated(v2, 32)
    }

    private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 { word << count | word >> (64 - count) }
}
