internal import Annals

/// Keeps commits within a frame: what people read beside the figures is cut before a drop is refused.
///
/// Names, versions and instants are never touched; how many findings were left out is recorded.
struct CommitBounds {
    var imbalances: Int
    var findings: Int
    var textByteCount: Int

    /// From what is always kept within to what is tried last.
    private static let steps = [
        CommitBounds(imbalances: Audit.maximumImbalances, findings: 200, textByteCount: 4000),
        CommitBounds(imbalances: 10, findings: 20, textByteCount: 1000),
        CommitBounds(imbalances: 1, findings: 2, textByteCount: 200),
        CommitBounds(imbalances: 0, findings: 0, textByteCount: 100),
    ]

    /// The record as it fits, and its body.
    ///
    /// - Throws: ``ArchiveError/tooLarge(_:)`` where it doesn't fit even without findings.
    static func fitted(_ record: CommitRecord) throws(ArchiveError) -> (record: CommitRecord, body: [UInt8]) {
        var byteCount = 0
        for bounds in steps {
            let fitted = bounds.applied(to: record)
            let body = fitted.encodedBody
            if body.count <= CommitRecord.maximumBodyByteCount { return (fitted, body) }
            byteCount = body.count
        }
        throw .tooLarge(
            "a commit of \(byteCount) bytes, where at most \(CommitRecord.maximumBodyByteCount) fit; "
                + "split the file into several of fewer years")
    }

    private func applied(to record: CommitRecord) -> CommitRecord {
        var record = record
        switch record.content {
        case .filed(let drop): record.content = .filed(applied(to: drop))
        case .quarantined(var drop):
            drop.reason.message = cut(drop.reason.message)
            drop.reason.found = drop.reason.found.map(cut)
            drop.reason.expected = drop.reason.expected.map(cut)
            drop.reason.remedy = drop.reason.remedy.map(cut)
            record.content = .quarantined(drop)
        case .released: break
        }
        return record
    }

    private func applied(to filed: FiledDrop) -> FiledDrop {
        var drop = filed
        drop.facts.title = cut(drop.facts.title)
        let reason = drop.sidecar?.reason.map(cut)
        drop.sidecar?.reason = reason
        drop.omittedFindings += max(0, drop.facts.findings.count - findings)
        drop.facts.findings = drop.facts.findings.prefix(findings).map(applied(to:))
        drop.years = drop.years.map { filed in
            var year = filed
            year.omittedFindings += max(0, year.findings.count - findings)
            year.findings = year.findings.prefix(findings).map(applied(to:))
            year.audits = year.audits.map(applied(to:))
            return year
        }
        return drop
    }

    private func applied(to finding: Finding) -> Finding {
        Finding(finding.code, cut(finding.message), line: finding.line)
    }

    private func applied(to audit: Audit) -> Audit {
        var audit = audit
        audit.imbalances = Array(audit.imbalances.prefix(imbalances))
        audit.findings = audit.findings.prefix(findings).map(cut)
        return audit
    }

    /// Text of at most so many bytes, cut between characters and marked.
    private func cut(_ text: String) -> String {
        guard text.utf8.count > textByteCount else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: textByteCount - 3)
        while end.samePosition(in: text) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + "…"
    }
}
