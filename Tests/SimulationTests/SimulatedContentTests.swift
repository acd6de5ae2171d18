import Testing

@testable import Simulation

@Suite struct SimulatedContentTests {
    private func content(_ writes: [(Int, [UInt8])] = []) -> SimulatedContent {
        var content = SimulatedContent()
        for (offset, bytes) in writes { write(bytes, at: offset, to: &content) }
        return content
    }

    private func write(_ bytes: [UInt8], at offset: Int, to content: inout SimulatedContent) {
        bytes.withUnsafeBytes { content.write($0, at: offset) }
    }

    private func sector(_ byte: UInt8, count: Int = 512) -> [UInt8] { [UInt8](repeating: byte, count: count) }

    /// Everything that a power cut may leave, by trying.
    private func outcomes(_ content: SimulatedContent) -> Set<[UInt8]> {
        var found: Set<[UInt8]> = []
        var randomness = SeededRandomness(seed: 3)
        for _ in 0..<400 {
            var copy = content
            copy.cut(keeping: .anySubset, &randomness)
            found.insert(copy.visible)
        }
        return found
    }

    @Test func whatIsSyncedStays() {
        var content = content([(0, sector(1) + sector(2)), (512, sector(3))])
        content.sync()
        #expect(!content.isDirty && outcomes(content) == [sector(1) + sector(3)])
        // Written once more with the same bytes there is nothing to lose.
        write(sector(3), at: 512, to: &content)
        #expect(!content.isDirty)
    }

    @Test func sectorsSurviveEachForItself() {
        var content = content([(0, sector(1) + sector(2))])
        content.sync()
        write(sector(7) + sector(8), at: 0, to: &content)
        #expect(
            outcomes(content) == [
                sector(1) + sector(2), sector(7) + sector(2), sector(1) + sector(8), sector(7) + sector(8),
            ])
    }

    @Test func aSectorMayBeAsItWasInBetween() {
        var content = content([(0, sector(1))])
        content.sync()
        write(sector(2), at: 0, to: &content)
        write(sector(3), at: 0, to: &content)
        #expect(outcomes(content) == [sector(1), sector(2), sector(3)])
    }

    @Test func sizeAndBytesSurviveEachForItself() {
        var content = SimulatedContent()
        content.resize(to: 512)
        write(sector(5), at: 0, to: &content)
        #expect(outcomes(content) == [[], sector(0), sector(5)])
        content.sync()
        content.resize(to: 10)
        #expect(outcomes(content) == [sector(5), sector(5, count: 10), sector(5, count: 10) + sector(0, count: 502)])
    }

    @Test func bytesThatWereCutMayComeBackUntilTheNextSync() {
        var content = content([(0, sector(5) + sector(6))])
        content.sync()
        content.resize(to: 512)
        content.resize(to: 1024)
        #expect(outcomes(content).contains(sector(5) + sector(6)))
        #expect(outcomes(content).contains(sector(5) + sector(0)))
        content.sync()
        #expect(outcomes(content) == [sector(5) + sector(0)])
    }

    @Test func aFailedSyncForgetsWhatItDidNotWrite() {
        var seen: Set<[UInt8]> = []
        for seed in 0..<64 as Range<UInt64> {
            var randomness = SeededRandomness(seed: seed)
            var content = content([(0, sector(1) + sector(2))])
            content.sync()
            write(sector(7) + sector(8), at: 0, to: &content)
            content.failSync(&randomness)
            #expect(content.visible == sector(7) + sector(8) && !content.isDirty)
            // The next sync is content with it, and brings only what was written since.
            content.sync()
            let after = outcomes(content)
            #expect(after.count == 1)
            seen.formUnion(after)
            content.dropCache()
            #expect(after == [content.visible])
        }
        #expect(seen.count == 4)
    }

    @Test func damageIsDurableAndRuinedSectorsHealWhenWritten() {
        var content = content([(0, sector(1) + sector(2))])
        content.sync()
        content.spoil(600..<601) { $0[600] ^= 4 }
        #expect(content.visible[600] == 6 && outcomes(content) == [content.visible])
        content.ruin(sectorAt: 100)
        #expect(!content.isReadable(511..<513) && content.isReadable(512..<1024))
        write(sector(1), at: 0, to: &content)
        #expect(content.isReadable(0..<1024))
    }
}
