import Annals
import ControlAPI
import FoundationEssentials
import Testing

@Suite struct HistoryWalkTests {
    private func entry(_ first: UInt64, _ chain: String, last: UInt64? = nil, file: String = "t.csv") -> ChainReport {
        ChainReport(
            head: "\(last ?? first):\(chain)", first: first, last: last ?? first, kind: "taken",
            recorded: Instant(microseconds: 0), file: file, sha256: "1a2b3c4d5e6f", dataset: "crops",
            years: [.init(year: 2011, outcome: "new", version: 1)])
    }

    /// Walks both, and gives what came out.
    private func walk(_ here: [ChainReport], _ there: [ChainReport]) -> HistoryWalk {
        var rest = there[...]
        var walk = HistoryWalk(firstThere: rest.popFirst())
        for entry in here where walk.take(entry) { walk.meet(rest.popFirst()) }
        walk.finish()
        return walk
    }

    @Test func aBackupOfTheBeginningHolds() throws {
        let all = [entry(1, "a"), entry(2, "b", last: 4), entry(5, "c")]
        for count in 0...3 {
            let walk = walk(all, Array(all.prefix(count)))
            #expect(walk.difference == nil)
            #expect(walk.common == count && walk.since == 3 - count)
        }
    }

    @Test func theFirstDifferenceIsNamedOnBothSides() throws {
        let here = [entry(1, "a"), entry(2, "x", file: "other.csv"), entry(3, "y")]
        let there = [entry(1, "a"), entry(2, "b", last: 3), entry(4, "c")]
        let walk = walk(here, there)
        #expect(walk.common == 1 && walk.since == 0)
        #expect(walk.difference == .init(seq: 2, here: here[1], there: there[1]))
    }

    @Test func aHistoryThatEndsEarlierIsADifference() throws {
        let there = [entry(1, "a"), entry(2, "b"), entry(3, "c")]
        #expect(walk(Array(there.prefix(1)), there).difference == .init(seq: 2, here: nil, there: there[1]))
        #expect(walk([], there).difference == .init(seq: 1, here: nil, there: there[0]))
    }

    @Test func whatIsLostOnOneSideStandsAlone() throws {
        let all = [entry(1, "a"), entry(2, "b"), entry(3, "c")]
        #expect(walk([all[0], all[2]], all).difference == .init(seq: 2, here: nil, there: all[1]))
        #expect(walk(all, [all[0], all[2]]).difference == .init(seq: 2, here: all[1], there: nil))
    }

    @Test func reportsReadBack() throws {
        let comparison = BackupComparison(
            backup: "/b", head: "3:cc", common: 1, since: 0,
            difference: .init(seq: 2, here: nil, there: entry(2, "b")), problems: [.init(frame: 3, message: "Bad.")])
        let report = VerificationReport(head: "1:aa", frames: 1, commits: 1, blobs: 0, bytes: 9, backups: [comparison])
        #expect(!report.isSound && !comparison.holds)
        let bytes = JSONWriter.bytes(of: report)
        #expect(try JSONDecoder.answers.decode(VerificationReport.self, from: Data(bytes)) == report)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix(#"{"sound":false,"head":"1:aa""#))
        #expect(text.contains(#""difference":{"seq":2,"here":null,"there":{"head":"2:b","first":2,"last":2,"#))
        let sound = BackupComparison(backup: "/b", head: "1:aa", common: 1, since: 0)
        #expect(sound.holds)
        #expect(String(decoding: JSONWriter.bytes(of: sound), as: UTF8.self).contains(#""holds":true"#))
    }

    @Test func aLineSaysWhatACommitWas() {
        #expect(
            entry(2, "9f86d0815a", last: 2).description
                == "t.csv: crops 2011 new, version 1; SHA-256 1a2b3c4d, recorded 1970-01-01T00:00:00Z, chain 9f86d081")
        let discarded = ChainReport(
            head: "5:00", first: 5, last: 5, kind: "discarded", recorded: Instant(microseconds: 0),
            quarantine: "000004-ab")
        #expect(discarded.description.hasPrefix("000004-ab: discarded from quarantine; recorded "))
    }
}
