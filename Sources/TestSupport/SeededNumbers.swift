import Glibc

/// A seeded stream of numbers: SplitMix64.
package struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64
    /// What `ANNAL_SEED=… swift test --filter NameOfTheTests` replays; tests name it in their failures.
    package let seed: UInt64

    /// The seed of the environment, or that of the test.
    package init(_ own: UInt64) {
        seed = getenv("ANNAL_SEED").flatMap { UInt64(String(cString: $0)) } ?? own
        state = seed
    }

    /// The next number of the stream.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var number = state
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        return number ^ (number >> 31)
    }

    /// So many bytes.
    package mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// The bytes with a few of them changed, cut or repeated.
    package mutating func vandalise(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            switch next() % 4 {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: next())
            case 1: bytes[place] ^= 1 << UInt8(next() % 8)
            case 2: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: bytes[place...].prefix(5), at: place)
            }
        }
        return bytes
    }
}
