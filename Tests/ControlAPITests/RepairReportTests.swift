import ControlAPI
import FoundationEssentials
import Testing

/// What is said of damage and repair reads back, and has the fields that scripts rely on.
@Suite struct RepairReportTests {
    private let vintage = VintageReport(dataset: "crops", year: 2011, version: 2, file: "crops-2011.csv")

    private func readBack<Report: Codable>(_ report: Report) throws -> Report {
        try JSONDecoder.answers.decode(Report.self, from: Data(JSONWriter.bytes(of: report)))
    }

    private func json(_ value: some Encodable) -> String {
        String(decoding: JSONWriter.bytes(of: value), as: UTF8.self)
    }

    @Test func repair() throws {
        let answer = RepairAnswer(
            isRepaired: false, restoredFrames: 3, restored: [vintage],
            lost: [.init(vintage: vintage, isTableLost: true, reason: "the file isn't in done/")],
            lostDrops: [FrameRange(4...5)], lostFrames: 2, problems: [.init(frame: 9, message: "Bad.")])
        #expect(try readBack(answer) == answer)
        #expect(
            json(answer).hasPrefix(
                #"{"healed":false,"restored_frames":3,"restored":[{"dataset":"crops","year":2011,"version":2,"#
                    + #""file":"crops-2011.csv"}],"lost":[{"dataset":"crops","year":2011,"version":2,"#
                    + #""file":"crops-2011.csv","figures_lost":true,"reason":"the file isn't in done/"}],"#
                    + #""lost_drops":[{"first":4,"last":5}],"lost_frames":2,"loss_accepted":false,"#))
    }

    @Test func verification() throws {
        let repaired = RepairedPlaceReport(place: "00000001.seg", frames: FrameRange(7...7))
        var report = VerificationReport(
            head: "1:aa", frames: 3, commits: 1, blobs: 2, bytes: 99, restored: [repaired],
            losses: [RepairedPlaceReport(place: "00000002.seg", vintages: [vintage])])
        #expect(report.isSound, "what is repaired is listed and no more")
        #expect(try readBack(report) == report)
        report.damage = [
            DamageReport(
                place: "00000003.seg", frames: FrameRange(1...2),
                hits: [.init(frame: 1, content: "cells", secondCopy: "source", vintages: [vintage])])
        ]
        #expect(!report.isSound)
        #expect(try readBack(report) == report)
        #expect(
            json(report).contains(
                #""frames":{"first":1,"last":2},"hits":[{"frame":1,"content":"cells","second_copy":"source""#))
    }

    @Test func linesOfWork() throws {
        let lines: [WorkLine<HeadReport>] = [
            .progress(WorkProgress(frames: 5, of: 9)), .report(HeadReport(head: "1:aa", seq: 1, commits: 1)),
            .problem(ControlProblem(.readOnly, "Full.", remedy: "Make room.")),
        ]
        #expect(json(lines[0]) == #"{"progress":{"frames":5,"of":9}}"#)
        for line in lines { #expect(json(try readBack(line)) == json(line)) }
    }

    @Test func wordsForPeople() {
        #expect(vintage.description == "crops 2011, version 2 (crops-2011.csv)")
        #expect(FrameRange(3...3).description == "3" && FrameRange(3...5).description == "3 to 5")
    }
}
