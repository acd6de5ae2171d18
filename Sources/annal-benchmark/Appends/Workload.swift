/// A round: so many threads make so many transactions together, each of so many pieces.
struct Workload: Equatable {
    /// Threads that write at the same time.
    var writers: Int
    /// Transactions of all threads together.
    var count: Int
    /// Pieces of one transaction: frames, rows, records.
    var pieces: Int
    /// Of one piece.
    var bytes: Int
    /// Of the payload; another one in every round.
    var seed: UInt64

    /// The line that asks a contestant for it; `Benchmarks/peers/main.c` reads the same.
    var line: String { "\(writers) \(count) \(pieces) \(bytes) \(seed)" }

    init(writers: Int, count: Int, pieces: Int = 1, bytes: Int, seed: UInt64 = 0) {
        self.writers = writers
        self.count = count
        self.pieces = pieces
        self.bytes = bytes
        self.seed = seed
    }

    /// Nil where it isn't such a line.
    init?(line: String) {
        let fields = line.split(separator: " ")
        guard fields.count == 5, let seed = UInt64(fields[4]) else { return nil }
        let numbers = fields.prefix(4).compactMap { Int($0) }
        guard numbers.count == 4, numbers.allSatisfy({ $0 > 0 }) else { return nil }
        self.init(writers: numbers[0], count: numbers[1], pieces: numbers[2], bytes: numbers[3], seed: seed)
    }
}

/// What a round came to, in nanoseconds.
struct RoundFigures: Equatable {
    /// From the start of all threads to the end of the last.
    var elapsed: UInt64
    /// Of a transaction.
    var medianLatency: UInt64
    /// Of a transaction: 99 of 100 took no longer.
    var highLatency: UInt64

    /// The line that a contestant answers with.
    var line: String { "\(elapsed) \(medianLatency) \(highLatency)" }

    /// - Parameters:
    ///   - elapsed: Of the whole round.
    ///   - latencies: At least one, in any order.
    init(elapsed: UInt64, latencies: [UInt64]) {
        let sorted = latencies.sorted()
        self.elapsed = elapsed
        medianLatency = sorted[sorted.count / 2]
        highLatency = sorted[sorted.count * 99 / 100]
    }

    /// Nil where it isn't such a line.
    init?(line: String) {
        let numbers = line.split(separator: " ").compactMap { UInt64($0) }
        guard numbers.count == 3 else { return nil }
        elapsed = numbers[0]
        medianLatency = numbers[1]
        highLatency = numbers[2]
    }
}
