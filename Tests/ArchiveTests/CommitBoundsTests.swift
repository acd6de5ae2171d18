import Annals
import TestSupport
import Testing

@testable import Archive

@Suite struct CommitBoundsTests {
    private func record(years: Int, findings: Int, text: String = "finding") -> CommitRecord {
        guard case .filed(var drop) = CommitCodingTests.filed.content else { return CommitCodingTests.filed }
        let year = drop.years[1]
        drop.years = (0..<years).map { number in
            var year = year
            year.period = Period(year: 1000 + number)
            year.findings = (0..<findings).map { Finding("code", "\(text) \($0)") }
            return year
        }
        return CommitRecord(firstSequence: 1, recorded: Instant(microseconds: 0), content: .filed(drop))
    }

    @Test func `what fits is left as it is`() throws {
        let record = record(years: 3, findings: 5)
        #expect(try CommitBounds.fitted(record).record == record)
    }

    @Test func `findings are cut until it fits, and counted`() throws {
        let (fitted, body) = try CommitBounds.fitted(
            record(years: 60, findings: 300, text: String(repeating: "å", count: 900)))
        #expect(body.count <= CommitRecord.maximumBodyByteCount)
        guard case .filed(let drop) = fitted.content else { return #expect(Bool(false)) }
        #expect(drop.years.allSatisfy { $0.findings.count + $0.omittedFindings == 301 })
        #expect(drop.years.allSatisfy { $0.content != nil && $0.audits.count == 3 })
        #expect(try CommitRecord(decoding: body) == fitted)
    }

    @Test func `what is too much even so is refused`() {
        #expect(throws: ArchiveError.self) { try CommitBounds.fitted(record(years: 3000, findings: 0)) }
    }

    @Test func `a long reason is cut between characters`() throws {
        let record = CommitRecord(
            firstSequence: 1, recorded: Instant(microseconds: 0),
            content: .quarantined(
                QuarantinedDrop(
                    claim: Samples.claim([]), id: "x", reason: Reason(String(repeating: "👩‍👩‍👧", count: 9000)))))
        let (fitted, _) = try CommitBounds.fitted(record)
        guard case .quarantined(let drop) = fitted.content else { return #expect(Bool(false)) }
        #expect(drop.reason.message.utf8.count <= 4000)
        #expect(drop.reason.message.hasSuffix("👩‍👩‍👧…"))
    }
}
