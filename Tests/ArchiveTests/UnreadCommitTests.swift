import Annals
import RecordLog
import Simulation
import TableCoding
import TestSupport
import Testing

@testable import Archive

/// Commits whose frames and chain are sound and whose bodies nobody can read.
@Suite struct UnreadCommitTests {
    private let clock = TestClock()

    /// What becomes of a body.
    enum Fault: CaseIterable {
        /// The year's outcome is a word that there is none of, in place of its first `new`.
        case word
        /// Noise from the first byte on, so that not even its number can be told.
        case noise
        /// Nothing behind the chain value but one byte.
        case stump

        func applied(to body: [UInt8]) -> [UInt8] {
            switch self {
            case .noise: return body.map { $0 ^ 0xA5 }
            case .stump: return [7]
            case .word:
                var changed = body
                let word = Array("new".utf8)
                for place in body.indices.dropLast(2) where body[place..<place + 3].elementsEqual(word) {
                    changed[place] = UInt8(ascii: "N")
                }
                return changed
            }
        }
    }

    /// A log of six years, with some of its commits replaced as they would stand there had they been written so.
    private func log(_ fault: Fault, at bad: Set<Int>, on disk: SimulatedDisk) throws {
        let memory = MemoryLog()
        let archive = try Archive(log: memory, clock: clock.read)
        for number in 1...6 {
            let tables = [Samples.table(year: 2000 + 2 * number), Samples.table(year: 2001 + 2 * number)]
            _ = try archive.commit(Samples.drop(tables, number: number))
        }
        let log = try SegmentedLog(directory: disk.root)
        var chain = Digest.zero
        var commits = 0
        var frames: [Frame] = []
        for sequence in 1...memory.head {
            let frame = try memory.frame(at: sequence)
            guard frame.kind == .commit else {
                frames.append(Frame(kind: frame.kind, payload: frame.payload))
                continue
            }
            commits += 1
            var body = Array(frame.payload.dropFirst(Digest.byteCount))
            if bad.contains(commits) { body = fault.applied(to: body) }
            let (next, payload) = CommitRecord.payload(body: body, after: chain)
            chain = next
            _ = try log.append(frames + [Frame(kind: .commit, payload: payload)], expectedHead: nil)
            frames = []
        }
        try log.close()
    }

    private func open(_ disk: SimulatedDisk) throws -> Archive {
        try Archive(log: SegmentedLog(directory: disk.root), clock: clock.read)
    }

    @Test(arguments: Fault.allCases, [[3], [1], [6], [2, 3], [3, 5], [5, 6], [1, 2, 3, 4, 5, 6]])
    func `all others are answered, and with the loss accepted the log is whole again`(
        fault: Fault, bad: [Int]
    ) throws {
        let disk = SimulatedDisk()
        try log(fault, at: Set(bad), on: disk)
        let archive = try open(disk)
        #expect(archive.problems.count == bad.count)
        let good: [Int] = (1...6).filter { !bad.contains($0) }
        let years: [Int] = good.flatMap { number -> [Int] in [2000 + 2 * number, 2001 + 2 * number] }
        #expect(archive.catalog.years(Samples.dataset) == years)
        for vintage in archive.catalog.vintages { #expect(try archive.table(vintage).cells.count == 6) }
        #expect(throws: ArchiveError.self) { try archive.commit(Samples.quarantined()) }
        #expect(try archive.verify().problems.count == bad.count)
        #expect(try archive.verify().head == archive.catalog.head)

        let refused = try archive.repair(acceptLoss: false)
        #expect(!refused.isRepaired && refused.lostFrames == bad.count && refused.remaining.count == bad.count)
        #expect(try archive.repair(acceptLoss: false) == refused, "nothing was written")
        let report = try archive.repair(acceptLoss: true)
        #expect(report.isRepaired && report.hasAcceptedLoss && report.lostFrames == bad.count)
        if fault == .word {
            let lost: [Int] = bad.flatMap { number -> [Int] in [2000 + 2 * number, 2001 + 2 * number] }
            let numbers: [ClosedRange<UInt64>] = bad.map { number -> ClosedRange<UInt64> in
                let last = UInt64(2 * number)
                return last - 1...last
            }
            #expect(report.lostVintages.map(\.name.year) == lost)
            #expect(report.lostDrops == numbers)
        }
        for archive in [archive, try open(disk)] {
            #expect(archive.problems.isEmpty)
            #expect(archive.catalog.years(Samples.dataset) == years)
            let verified = try archive.verify(against: [archive.catalog.head])
            #expect(verified.isSound, "\(verified.problems)")
        }
        let entry = try #require(open(disk).commit(Samples.drop([Samples.table(year: 1999)], number: 9)).first)
        let least = UInt64(2 * good.count)
        #expect(entry.sequence > least)
        #expect(try open(disk).verify().isSound)
    }
}
