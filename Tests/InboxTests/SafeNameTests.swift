import Testing

@testable import Inbox

struct SafeNameTests {
    @Test(arguments: [
        (Array("migration 2011.txt".utf8), "migration 2011.txt"),
        (Array("Ålesund-人口.csv".utf8), "Ålesund-人口.csv"),
        (Array("two\nlines".utf8), "two%0Alines"),
        (Array("\u{1B}[2Jgone".utf8), "%1B[2Jgone"),
        (Array("100%".utf8), "100%25"),
        ([0x61, 0xFF, 0x62], "a%FFb"),
        ([0xC3], "%C3"),
        (Array("\u{85}c1".utf8), "%C2%85c1"),
        (Array("gpj.\u{202E}txt".utf8), "gpj.%E2%80%AEtxt"),
        ([], ""),
    ])
    func namesAreShownWithoutDanger(raw: [UInt8], shown: String) {
        #expect(SafeName.text(raw) == shown)
        #expect(SafeName.raw(shown) == raw)
    }

    @Test func everyRawNameComesBack() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let raw = (0..<Int.random(in: 1...255, using: &generator)).map { _ in
                UInt8.random(in: 1...255, using: &generator)
            }
            #expect(SafeName.raw(SafeName.text(raw)) == raw)
        }
    }

    @Test func aPercentSignWithoutDigitsStandsForItself() {
        #expect(SafeName.raw("50%, 7%z1 %") == Array("50%, 7%z1 %".utf8))
    }
}

/// Random numbers that are the same in each run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The next number of the splitmix64 sequence.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
