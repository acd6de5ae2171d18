import Annals
import ControlAPI
import FoundationEssentials
import Testing

/// Every report reads back as what was written, and has the fields that scripts rely on, in order.
@Suite struct ReportTests {
    private let noon = Instant(iso8601: "2026-11-23T12:00:00.000001Z")!

    private func json(_ value: some Encodable) -> String {
        String(decoding: JSONWriter.bytes(of: value), as: UTF8.self)
    }

    private func readBack<Report: Codable>(_ report: Report) throws -> Report {
        try JSONDecoder.answers.decode(Report.self, from: Data(JSONWriter.bytes(of: report)))
    }

    @Test func status() throws {
        let held = StatusReport.HeldFile(file: "pipe", reason: Reason("It is a FIFO.", remedy: "Drop a regular file."))
        let report = StatusReport(
            state: .readOnly, inbox: .init(path: "/inbox", mode: "poll", pending: 2, refused: [held], waiting: []),
            drops: .init(new: 1, revised: 2, identical: 3, quarantined: 4),
            log: .init(commits: 6, bytes: 70_000, head: "9:00", condition: "The disk is full."), datasets: 1,
            vintages: 3, version: "0.1.0", pid: 77, started: noon,
            conditions: [.init(name: .unfiled, message: "Something.", blocks: false)],
            lastDrops: [DropReport(seq: 9, file: "t.csv", outcome: "new", recorded: noon)])
        #expect(try readBack(report) == report)
        #expect(
            json(report) == #"{"state":"read-only","inbox":{"path":"/inbox","mode":"poll","pending":2,"refused":"#
                + #"[{"file":"pipe","reason":{"message":"It is a FIFO.","remedy":"Drop a regular file."}}],"waiting":[],"sidecars":[]},"#
                + #""drops":{"new":1,"revised":2,"identical":3,"quarantined":4},"#
                + #""log":{"commits":6,"bytes":70000,"head":"9:00","condition":"The disk is full."},"#
                + #""datasets":1,"vintages":3,"version":"0.1.0","pid":77,"started":"2026-11-23T12:00:00.000001Z","#
                + #""conditions":[{"name":"unfiled","message":"Something.","blocks":false}],"#
                + #""problems":["Something."],"last_drops":[{"seq":9,"file":"t.csv","outcome":"new","#
                + #""recorded":"2026-11-23T12:00:00.000001Z"}]}"#)
    }

    @Test func datasetsAndYears() throws {
        let datasets = DatasetsReport(datasets: [
            DatasetReport(id: "d", title: "D", years: [2010, 2011], dimensions: ["county", "counterpart"])
        ])
        #expect(try readBack(datasets) == datasets)
        #expect(
            json(datasets)
                == #"{"datasets":[{"id":"d","title":"D","years":[2010,2011],"dimensions":["county","counterpart"]}]}"#)
        let years = YearsReport(
            dataset: "d",
            years: [.init(year: 2011, label: "2011-12", version: 2, recorded: noon, published: noon, vintages: 2)])
        #expect(try readBack(years) == years)
    }

    @Test func historySaysNullForTheFirst() throws {
        let summary = DeltaSummary(
            compared: 7, appeared: 1, vanished: 2, transitions: 3, sameReason: 5, increased: 4, decreased: 2,
            unchanged: 1)
        let source = SourceReport(file: "d.csv", sha256: "ab", bytes: 1, format: "delimited", dialect: "generic")
        let report = HistoryReport(
            dataset: "d", year: 2011, head: "4:00",
            vintages: [
                .init(
                    version: 1, current: false, recorded: noon, published: noon, outcome: "new", source: source, seq: 1),
                .init(
                    version: 2, current: true, recorded: noon, published: noon, outcome: "revised", source: source,
                    kind: "correction", stage: "final", reason: "Typing error", revertsTo: 1, seq: 4, changed: summary),
            ])
        #expect(try readBack(report) == report)
        #expect(json(report).contains(#""seq":1,"changed":null,"source":{"file":"d.csv","sha256":"ab","bytes":1,"#))
        #expect(json(report).contains(#""reverts_to":1"#))
        #expect(
            json(summary)
                == #"{"compared":7,"appeared":1,"vanished":2,"transitions":3,"same_reason":5,"increased":4,"#
                + #""decreased":2,"unchanged":1}"#
        )
    }

    @Test func dropsAndSyncAndQuarantine() throws {
        let reason = Reason("Bad.", line: 3, column: 4, found: "x", expected: "a number", remedy: "Correct it.")
        let drops = DropsReport(drops: [
            DropReport(seq: 1, file: "a.txt", dataset: "d", year: 2011, version: 1, outcome: "new", recorded: noon),
            DropReport(seq: 2, file: "b%FF", outcome: "quarantined", recorded: noon, reason: reason, quarantine: "q2"),
        ])
        #expect(try readBack(drops) == drops)
        #expect(
            json(drops).contains(
                #""reason":{"message":"Bad.","line":3,"column":4,"found":"x","expected":"a number","remedy":"Correct it."}"#
            ))
        let sync = SyncReport(seq: 2, drops: drops.drops)
        #expect(try readBack(sync) == sync)
        #expect(sync.hasQuarantined)
        #expect(!SyncReport(seq: 2, drops: [drops.drops[0]]).hasQuarantined)
        let quarantine = QuarantineReport(quarantined: [
            QuarantinedReport(
                id: "q2", file: "b%FF", recorded: noon, reason: reason, seq: 2, sha256: "00", bytes: 3)
        ])
        #expect(try readBack(quarantine) == quarantine)
        let answer = QuarantineAnswer(id: "q2", action: .retried, drops: drops.drops)
        #expect(try readBack(answer) == answer)
    }

    @Test func theLog() throws {
        let sound = VerificationReport(head: "1:aa", frames: 3, commits: 1, blobs: 2, bytes: 99)
        #expect(sound.isSound)
        #expect(try readBack(sound) == sound)
        let lost = VerificationReport(
            head: "1:aa", frames: 3, commits: 1, blobs: 2, bytes: 99, against: ["1:bb"],
            problems: [.init(frame: 0, message: "Another history.")])
        #expect(!lost.isSound)
        #expect(json(lost).hasPrefix(#"{"sound":false,"#))
        #expect(try readBack(lost) == lost)
        let head = HeadReport(head: "1:aa", seq: 1, commits: 1)
        #expect(try readBack(head) == head)
        let reload = ReloadReport(datasets: 1, dialects: 2, notes: ["x"])
        #expect(try readBack(reload) == reload)
    }
}
