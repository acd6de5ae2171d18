import Annals
import Archive
import Definitions
import Glibc
import Reading
import RecordLog
import TestSupport
import Testing

@testable import Daemon
@testable import Inbox

/// Files that were ready together, where the log can't take all of them.
@Suite struct IntakeBatchTests {
    private let scratch = ScratchDirectory()

    /// Writes a file and claims it, as the intake does.
    private func claim(_ text: String, as name: String) throws -> ClaimedFile {
        let file = fopen("\(scratch.path)/\(name)", "w")
        #expect(fputs(text, file) >= 0)
        #expect(fclose(file) == 0)
        let inbox = try InboxDirectory(path: scratch.path).open()
        guard case .arrival(let arrival) = try Scanner().look(at: Array(name.utf8), beneath: inbox),
            case .claimed(let claimed) = try Claim().take(
                SettleBook.Ready(arrival: arrival, wasMovedIn: false), beneath: inbox)
        else { throw Reason("\(name) can't be claimed") }
        return claimed
    }

    private func batch(of files: [ClaimedFile], for archive: Archive) throws -> IntakeBatch {
        var batch = try IntakeBatch(archive)
        var line = IntakeLine<Examination.Outcome>()
        let examiner = Examiner(definitions: .builtIn)
        for file in files {
            let bytes = try #require(file.bytes())
            let ticket = line.add(file.arrival, nowNs: 0)
            _ = try batch.decide(examiner.examine(bytes, ReaderJob(source: file.source)), file, ticket)
        }
        return batch
    }

    private func small(_ year: Int) throws -> ClaimedFile {
        try claim("region,value\nNorth,\(year)\nSouth,7\nWest,90\n", as: "crops-\(year).csv")
    }

    /// Figures that nothing compresses.
    private func large(_ year: Int) throws -> ClaimedFile {
        var state = UInt64(year)
        let rows = (0..<20_000).map { row in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return "R\(row),\(state >> 33)\n"
        }
        return try claim("region,value\n" + rows.joined(), as: "noise-\(year).csv")
    }

    @Test func `what fits doesn't wait for what doesn't`() throws {
        let archive = try Archive(log: MemoryLog(capacityBytes: 60_000)) { Instant(microseconds: 1) }
        let batch = try batch(of: [small(2001), large(1901), small(2002)], for: archive)
        let outcomes = batch.commit(to: archive)
        #expect(outcomes.map { $0.item.file.arrival.name } == batch.items.map { $0.file.arrival.name })
        let recorded = outcomes.map { outcome in (try? outcome.entries.get())?.map(\.outcome) }  // nil: not recorded
        #expect(recorded == [[.new], nil, [.new]])
        guard case .failure(.log(.noSpace)) = outcomes[1].entries else {
            Issue.record("\(outcomes[1].entries)")
            return
        }
        #expect(archive.catalog.drops().map { $0.year } == [2001, 2002], "each once")
    }

    @Test func `of one dataset nothing passes by what came before it`() throws {
        let archive = try Archive(log: MemoryLog(capacityBytes: 60_000)) { Instant(microseconds: 1) }
        let later = try claim("region,value\nR1,7\nR2,90\n", as: "noise-1902.csv")
        let outcomes = try batch(of: [small(2001), large(1901), later, small(2002)], for: archive).commit(to: archive)
        let recorded = outcomes.map { outcome in (try? outcome.entries.get())?.map(\.outcome) }  // nil: not recorded
        #expect(recorded == [[.new], nil, nil, [.new]])
    }

    @Test func `a batch that fails records none of its files`() throws {
        let log = MemoryLog()
        let archive = try Archive(log: log) { Instant(microseconds: 1) }
        let batch = try batch(of: [small(2001), small(2002)], for: archive)
        log.fail("The sync failed.")
        for outcome in batch.commit(to: archive) {
            guard case .failure(.log(.readOnly)) = outcome.entries else {
                Issue.record("\(outcome.entries)")
                continue
            }
        }
        #expect(archive.catalog.drops().isEmpty && log.head == 0)
    }
}
