/// A SHA-256 digest: the name of content.
///
/// Computing one is the business of who has the bytes.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The 32 bytes as four big-endian words, so that a digest is a value without an allocation.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    package static let byteCount = 32
    /// All zero: the chain value before the first commit.
    package static let zero = Digest(bytes: [UInt8](repeating: 0, count: byteCount))!

    /// Nil unless there are exactly 32 bytes.
    package init?(bytes: some Sequence<UInt8>) {
        // Generic code isn't specialised for another module: a step of an iterator would be several calls there, and
        // reading a log back takes millions of digests.
        let digest = bytes.withContiguousStorageIfAvailable { Self(bytes: UnsafeRawBufferPointer($0)) }
        guard let digest = digest ?? Self(bytes: Array(bytes)) else { return nil }
        self = digest
    }

    /// Nil unless there are exactly 32 bytes.
    package init?(bytes: Slice<UnsafeRawBufferPointer>) { self.init(bytes: UnsafeRawBufferPointer(rebasing: bytes)) }

    /// Nil unless there are exactly 32 bytes.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        func word(_ index: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// Nil unless there are exactly 32 bytes.
    private init?(bytes: [UInt8]) {
        guard let digest = bytes.withUnsafeBytes({ Self(bytes: $0) }) else { return nil }
        self = digest
    }

    /// Nil unless it is 64 hexadecimal digits.
    package init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 2 * Self.byteCount else { return nil }
        var bytes: [UInt8] = []
        for pair in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.nibble(digits[pair]), let low = Self.nibble(digits[pair + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    package var bytes: [UInt8] {
        // Every byte of the capacity is written: four words of eight.
        [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for (index, word) in [words.0, words.1, words.2, words.3].enumerated() {
                raw.storeBytes(of: word.bigEndian, toByteOffset: 8 * index, as: UInt64.self)
            }
            count = Self.byteCount
        }
    }

    /// 64 lower-case digits.
    package var hex: String {
        // Every byte of the capacity is written: four words of sixteen digits.
        String(unsafeUninitializedCapacity: 2 * Self.byteCount) { digits in
            var place = 0
            for word in [words.0, words.1, words.2, words.3] {
                for shift in stride(from: 60, through: 0, by: -4) {
                    digits[place] = Self.digit(UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15)
                    place += 1
                }
            }
            return place
        }
    }

    package var description: String { hex }

    package static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

    package static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }

    package func hash(into hasher: inout Hasher) {
        // Any eight bytes of a digest are as good as random.
        hasher.combine(words.0)
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        case 0x41...0x46: digit - 0x41 + 10
        default: nil
        }
    }

    private static func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x61 + nibble - 10 }
}
