import Testing

@testable import Inbox

struct LineGaugeTests {
    /// The plain rule: no run of bytes without a line end is longer than the limit.
    private func isFine(_ bytes: [UInt8], limit: Int) -> Bool {
        bytes.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }.allSatisfy { $0.count <= limit }
    }

    private func gauge(_ bytes: [UInt8], limit: Int, pieceBytes: Int) -> Bool {
        var gauge = LineGauge(limit: limit, pieceBytes: pieceBytes)
        for start in stride(from: 0, to: bytes.count, by: gauge.pieceBytes) {
            let piece = Array(bytes[start..<min(start + gauge.pieceBytes, bytes.count)])
            guard piece.withUnsafeBytes({ gauge.take($0) }) else { return false }
        }
        return true
    }

    @Test func piecesAgreeWithThePlainRule() {
        for seed in UInt64(1)...200 {
            var generator = SeededGenerator(seed: seed)
            let bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                [0x61, 0x61, 0x61, 0x61, 0x61, 0x62, 0x0A, 0x0D].randomElement(using: &generator) as UInt8? ?? 0
            }
            let limit = Int.random(in: 1...20, using: &generator)
            let pieceBytes = Int.random(in: 1...30, using: &generator)
            #expect(
                gauge(bytes, limit: limit, pieceBytes: pieceBytes) == isFine(bytes, limit: limit), "seed \(seed)")
        }
    }

    @Test func theLimitItselfIsAllowed() {
        let line = [UInt8](repeating: 0x61, count: 10)
        #expect(gauge(line + [0x0A] + line, limit: 10, pieceBytes: 4))
        #expect(!gauge(line + [0x61, 0x0A], limit: 10, pieceBytes: 4))
    }
}
