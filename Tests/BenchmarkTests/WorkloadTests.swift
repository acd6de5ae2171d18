import Testing

@testable import annal_benchmark

/// What the contestants are asked, and what they are given to write.
@Suite struct WorkloadTests {
    @Test func lineReadsBack() {
        let workload = Workload(writers: 64, count: 1280, pieces: 16, bytes: 655_360, seed: .max)
        #expect(Workload(line: workload.line) == workload)
    }

    @Test("no round", arguments: ["", "1 2 3 4", "1 2 3 4 5 6", "0 2 3 4 5", "1 2 3 4 -5", "a 2 3 4 5"])
    func isRefused(line: String) { #expect(Workload(line: line) == nil) }

    @Test func figuresAreOfSortedLatencies() {
        let figures = RoundFigures(elapsed: 9, latencies: (1...100).reversed().map { UInt64($0) })
        #expect(figures.medianLatency == 51)
        #expect(figures.highLatency == 100)
        #expect(RoundFigures(line: figures.line) == figures)
    }

    /// The words that the algorithm's author published for this seed; the peers in C are held to the same.
    @Test func payloadIsTheReferencesStream() {
        let bytes = Payload(seed: 1_234_567).pieces(of: 0, in: Workload(writers: 1, count: 1, bytes: 16))[0]
        let words = bytes.withUnsafeBytes { [$0.load(as: UInt64.self), $0.load(fromByteOffset: 8, as: UInt64.self)] }
        #expect(words == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973])
    }

    @Test func piecesFollowOneAnother() {
        let payload = Payload(seed: 3)
        let whole = payload.pieces(of: 0, in: Workload(writers: 1, count: 2, bytes: 64))[0]
        let parts = payload.pieces(of: 0, in: Workload(writers: 1, count: 2, pieces: 4, bytes: 16))
        #expect(parts.flatMap { $0 } == whole)
        let next = payload.pieces(of: 1, in: Workload(writers: 1, count: 2, bytes: 64))[0]
        #expect(next != whole)
    }

    @Test func everyTransactionIsMadeOnceByItsThreads() throws {
        let workload = Workload(writers: 3, count: 10, bytes: 1)
        let made = Made()
        let figures = try WriterThreads.run(workload) { made.add($0) }
        #expect(made.all == Array(0..<10))
        #expect(figures.elapsed >= figures.medianLatency)
    }

    @Test func aFailureEndsTheRound() {
        #expect(throws: BenchmarkError.self) {
            _ = try WriterThreads.run(Workload(writers: 2, count: 4, bytes: 1)) { transaction in
                if transaction == 3 { throw BenchmarkError("planted") }
            }
        }
    }
}
