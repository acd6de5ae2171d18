/// Bytes that nothing can compress, the same for a seed in every contestant: `Benchmarks/peers/shared.c` makes them too.
struct Payload {
    private let words: [UInt64]
    private static let byteCount = 16 << 20

    /// The algorithm is splitmix64.
    ///
    /// Source: S. Vigna, `splitmix64.c`, public domain.
    init(seed: UInt64) {
        var state = seed
        words = (0..<Self.byteCount / 8).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// So many of its bytes, from a place that depends on the number.
    func bytes(_ count: Int, number: Int) -> [UInt8] {
        let start = number &* 4_093 % ((Self.byteCount - count) / 8) * 8
        return words.withUnsafeBytes { Array($0[start..<start + count]) }
    }

    /// Figures of up to 32 bits, other ones for every number.
    func figures(_ count: Int, number: Int) -> [Int64] {
        let start = number &* 4_093 % (words.count - count)
        return words[start..<start + count].map { Int64($0 >> 33) }
    }

    /// The pieces of one transaction.
    ///
    /// - Parameters:
    ///   - transaction: Counts from 0 through the round.
    ///   - workload: Whose pieces are no longer than 16 MiB.
    /// - Returns: As many as the workload says, of its length.
    func pieces(of transaction: Int, in workload: Workload) -> [[UInt8]] {
        let places = Self.byteCount / workload.bytes
        return (0..<workload.pieces).map { piece in
            let start = (transaction * workload.pieces + piece) % places * workload.bytes
            return words.withUnsafeBytes { Array($0[start..<start + workload.bytes]) }
        }
    }
}
