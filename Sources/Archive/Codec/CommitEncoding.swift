internal import Annals
internal import TableCoding

/// A commit's body as bytes; `docs/formats/log.md` has the table of fields.
extension CommitRecord {
    /// What fits a frame after the chain value, with 8 KiB to spare.
    ///
    /// So a `restored` frame can hold any frame of the archive beside what it says of its place.
    static let maximumBodyByteCount = 760 * 1024 - Digest.byteCount

    var encodedBody: [UInt8] {
        var writer = FieldWriter()
        writer.number(1, firstSequence)
        writer.signed(2, recorded.microseconds)
        switch content {
        case .filed(let drop): writer.message(3) { drop.encode(to: &$0) }
        case .quarantined(let drop): writer.message(4) { drop.encode(to: &$0) }
        case .released(let release, let id):
            writer.message(5) { writer in
                writer.text(1, id)
                writer.text(2, release.rawValue)
            }
        }
        return writer.bytes
    }

    /// The body after its chain value: a commit frame's payload.
    static func payload(body: [UInt8], after previous: Digest) -> (chain: Digest, payload: [UInt8]) {
        let chain = body.withUnsafeBytes { ContentHasher.chain(after: previous, body: $0) }
        return (chain, chain.bytes + body)
    }
}

extension FiledDrop {
    fileprivate func encode(to writer: inout FieldWriter) {
        writer.message(1) { claim.encode(to: &$0) }
        writer.signed(2, published.microseconds)
        writer.text(3, facts.dataset.slug)
        writer.text(4, facts.title)
        writer.text(5, facts.reader)
        writer.text(6, facts.encoding)
        writer.text(7, facts.dialect)
        if let definition = facts.definition { writer.digest(8, definition) }
        if let dialectDefinition = facts.dialectDefinition { writer.digest(9, dialectDefinition) }
        if let sidecar { writer.message(10) { sidecar.encode(to: &$0) } }
        if let sidecarBytes { writer.digest(11, sidecarBytes) }
        if let source { writer.digest(12, source) }
        for finding in facts.findings { writer.message(13) { finding.encode(to: &$0) } }
        if omittedFindings > 0 { writer.number(14, omittedFindings) }
        for year in years { writer.message(15) { year.encode(to: &$0) } }
        if !facts.plan.columns.isEmpty { writer.message(16) { facts.plan.encode(to: &$0) } }
    }
}

extension FiledYear {
    fileprivate func encode(to writer: inout FieldWriter) {
        writer.number(1, period.year)
        writer.text(2, period.label)
        if let kind = period.kind { writer.text(3, kind.rawValue) }
        writer.text(4, outcome.rawValue)
        writer.number(5, version)
        if let revertsTo { writer.number(6, revertsTo) }
        if let content { writer.message(7) { content.encode(to: &$0) } }
        for dimension in dimensions { writer.text(8, dimension) }
        for audit in audits { writer.message(9) { audit.encode(to: &$0) } }
        for finding in findings { writer.message(10) { finding.encode(to: &$0) } }
        if omittedFindings > 0 { writer.number(11, omittedFindings) }
    }
}

extension QuarantinedDrop {
    fileprivate func encode(to writer: inout FieldWriter) {
        writer.message(1) { claim.encode(to: &$0) }
        writer.text(2, id)
        writer.message(3) { reason.encode(to: &$0) }
        if let dataset { writer.text(4, dataset.slug) }
        if let year { writer.signed(5, Int64(year)) }
    }
}
