import StableStorage
import Synchronization
import TestSupport
import Testing

@testable import RecordLog

/// The example of `docs/formats/log.md`, read from that page.
@Suite struct FormatPageTests {
    /// The bytes of the page's blocks, by their names.
    private static func blocks() throws -> [String: [UInt8]] {
        let page = try #require(RepositoryFiles.text("docs/formats/log.md"))
        var blocks: [String: [UInt8]] = [:]
        var name: String?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```hex ") {
                name = String(line.dropFirst(7))
            } else if line.hasPrefix("```") {
                name = nil
            } else if let name {
                // The first column is the place.
                blocks[name, default: []] += line.split(separator: " ").dropFirst().compactMap { UInt8($0, radix: 16) }
            }
        }
        return blocks
    }

    /// The example's log, written by this program.
    private static func log() throws -> HeapDirectory {
        let directory = HeapDirectory()
        let count = CountedState()
        var options = LogOptions()
        options.now = { 1_700_000_000_000_000 }
        options.random = { 0x1010_1010_1010_1010 &* count.next() }
        let log = try SegmentedLog(directory: directory, options: options)
        _ = try log.append(frames, expectedHead: 0)
        try log.close()
        return directory
    }

    private static let frames = [
        Frame(kind: .blob, payload: Array("19 counties".utf8)), Frame(kind: .commit, payload: Array("a commit".utf8)),
    ]

    private func segment(_ blocks: [String: [UInt8]]) throws -> [UInt8] {
        let header = try #require(blocks["header"]) + [UInt8](repeating: 0, count: 3968)
        return header + header + (try #require(blocks["frames"]))
    }

    @Test func whatIsWrittenIsWhatThePageShows() throws {
        let blocks = try Self.blocks()
        let directory = try Self.log()
        #expect(directory["00000001.seg"] == (try segment(blocks)))
        #expect(directory["00000001.idx"] == blocks["index"])
    }

    @Test(arguments: [true, false])
    func whatThePageShowsIsRead(withIndex: Bool) throws {
        let blocks = try Self.blocks()
        var files = ["00000001.seg": try segment(blocks)]
        files["00000001.idx"] = withIndex ? blocks["index"] : nil
        let directory = HeapDirectory(files)
        let log = try SegmentedLog(directory: directory)
        #expect(log.recovery.damage == [] && log.recovery.renewedIndexes == (withIndex ? [] : ["00000001.idx"]))
        let expected = Self.frames.enumerated().map { place, frame in
            StoredFrame(
                heading: FrameHeading(sequence: UInt64(place + 1), batch: 1, kind: frame.kind), payload: frame.payload)
        }
        #expect(try LogFixture.frames(of: log) == expected)
        try log.close()
        #expect(directory["00000001.idx"] == blocks["index"])
    }

    @Test func everyBitOfTheExampleCounts() throws {
        let blocks = try Self.blocks()
        let header = try #require(blocks["header"])
        for bit in 0..<header.count * 8 {
            var spoilt = header
            spoilt[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(
                spoilt.withUnsafeBytes { SegmentHeader.readFields($0, magic: .segment) } == .bad, "bit \(bit)")
        }
        #expect(LogVandal.places(in: try segment(blocks)).map(\.bytes) == [8192..<8248, 8248..<8296])
        #expect(LogVandal.records(in: try #require(blocks["index"])).map(\.offset) == [128, 200])
    }
}

/// Counts from 1.
private final class CountedState: Sendable {
    private let count = Mutex<UInt64>(0)

    func next() -> UInt64 {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
