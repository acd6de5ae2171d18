internal import Annals
internal import TableCoding

/// A commit's body from bytes that may say anything.
extension CommitRecord {
    /// Decodes a body, with what is remembered of those before where many are decoded.
    ///
    /// - Throws: ``CodingError/malformed(_:_:)``.
    init(decoding bytes: [UInt8], from start: Int = 0, memory: DecodedAudits? = nil) throws(CodingError) {
        guard start <= bytes.count else { throw .malformed("commit", "shorter than its chain value") }
        var reader = FieldReader(
            bytes, range: start..<bytes.count, what: "commit", memory: memory, bringsInstantsIntoDomain: true)
        var firstSequence: UInt64?
        var recorded: Instant?
        var content: Content?
        while let field = try reader.next() {
            switch field.number {
            case 1: firstSequence = try reader.number(field)
            case 2: recorded = try reader.instant(field)
            case 3: content = .filed(try FiledDrop(decoding: reader.message(field, what: "drop")))
            case 4:
                content = .quarantined(try QuarantinedDrop(decoding: reader.message(field, what: "quarantined drop")))
            case 5: content = try Self.release(reader.message(field, what: "release"))
            default: continue
            }
        }
        // Numbers are counted up from 1; the bound keeps the last of up to 768 Ki entries within 64 bits.
        guard let firstSequence, (1...UInt64(Int64.max)).contains(firstSequence), let recorded, let content else {
            throw reader.malformed("number, instant or content is missing")
        }
        self.init(firstSequence: firstSequence, recorded: recorded, content: content)
    }

    private static func release(_ message: FieldReader) throws(CodingError) -> Content {
        var reader = message
        var id: String?
        var release: QuarantineRelease?
        while let field = try reader.next() {
            switch field.number {
            case 1: id = try reader.quarantineID(field)
            case 2: release = try reader.word(field)
            default: continue
            }
        }
        guard let id, let release else { throw reader.malformed("id or word is missing") }
        return .released(release, id: id)
    }
}

extension FiledDrop {
    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var claim: SourceRef?
        var published: Instant?
        var isOutOfDomain = false
        var dataset: DatasetID?
        var drop = FiledDrop.blank
        while let field = try reader.next() {
            switch field.number {
            case 1: claim = try SourceRef(decoding: reader.message(field, what: "claim"))
            case 2:
                let recorded = Instant(microseconds: try reader.signed(field))
                published = try reader.instant(field)
                isOutOfDomain = recorded != published
            case 3: dataset = try reader.dataset(field)
            default: try drop.take(field, from: reader)
            }
        }
        guard let claim, let published, let dataset, !drop.years.isEmpty else {
            throw reader.malformed("claim, date, dataset or years are missing")
        }
        drop.claim = claim
        drop.published = published
        drop.facts.dataset = dataset
        if isOutOfDomain { drop.mark(ArrivalFindings.outOfDomain(published)) }
        self = drop
    }

    private mutating func take(_ field: FieldReader.Field, from reader: FieldReader) throws(CodingError) {
        switch field.number {
        case 4: facts.title = try reader.text(field)
        case 5: facts.reader = try reader.text(field)
        case 6: facts.encoding = try reader.text(field)
        case 7: facts.dialect = try reader.text(field)
        case 8: facts.definition = try reader.digest(field)
        case 9: facts.dialectDefinition = try reader.digest(field)
        case 10: sidecar = try Sidecar(decoding: reader.message(field, what: "sidecar"))
        case 11: sidecarBytes = try reader.digest(field)
        case 12: source = try reader.digest(field)
        case 13: facts.findings.append(try Finding(decoding: reader.message(field, what: "finding")))
        case 14: omittedFindings = try reader.integer(field, in: 0...Int.max)
        case 15: years.append(try FiledYear(decoding: reader.message(field, what: "year")))
        case 16: facts.plan = try ReadingPlan(decoding: reader.message(field, what: "plan"))
        default: return
        }
    }

    /// Says something of each of its years, before what was found when it arrived.
    private mutating func mark(_ finding: Finding) {
        for index in years.indices { years[index].findings.insert(finding, at: 0) }
    }

    /// What fields that are left out stand for; the claim, the date and the dataset never are.
    private static let blank = FiledDrop(
        claim: SourceRef(path: [], size: 0, sha256: .zero), published: Instant(microseconds: 0),
        facts: DropFacts(dataset: DatasetID("x")!, title: "", reader: "", encoding: "", dialect: ""), years: [])
}

extension FiledYear {
    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var year: Int?
        var label: String?
        var kind: Period.Kind?
        var outcome: Outcome?
        var filed = FiledYear(period: Period(year: 0), outcome: .identical, version: 0)
        while let field = try reader.next() {
            switch field.number {
            case 1: year = try reader.integer(field, in: 1000...9999)
            case 2: label = try reader.text(field)
            case 3: kind = try reader.word(field)
            case 4: outcome = try reader.word(field)
            default: try filed.take(field, from: reader)
            }
        }
        guard let year, let outcome, outcome != .quarantined, filed.version > 0 else {
            throw reader.malformed("year, outcome or version is missing")
        }
        guard (filed.content == nil) == (outcome == .identical) else {
            throw reader.malformed("a vintage has content, an identical year has none")
        }
        filed.period = Period(year: year, label: label, kind: kind)
        filed.outcome = outcome
        self = filed
    }

    private mutating func take(_ field: FieldReader.Field, from reader: FieldReader) throws(CodingError) {
        switch field.number {
        case 5: version = try reader.integer(field, in: 1...Int(Int32.max))
        case 6: revertsTo = try reader.integer(field, in: 1...Int(Int32.max))
        case 7: content = try TableContent(decoding: reader.message(field, what: "content"))
        case 8: dimensions.append(try reader.text(field))
        case 9: audits.append(try reader.audit(field))
        case 10: findings.append(try Finding(decoding: reader.message(field, what: "finding")))
        case 11: omittedFindings = try reader.integer(field, in: 0...Int.max)
        default: return
        }
    }
}

extension QuarantinedDrop {
    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var claim: SourceRef?
        var id: String?
        var reason: Reason?
        var dataset: DatasetID?
        var year: Int?
        while let field = try reader.next() {
            switch field.number {
            case 1: claim = try SourceRef(decoding: reader.message(field, what: "claim"))
            case 2: id = try reader.quarantineID(field)
            case 3: reason = try Reason(decoding: reader.message(field, what: "reason"))
            case 4: dataset = try reader.dataset(field)
            case 5: year = Int(try reader.signed(field))
            default: continue
            }
        }
        guard let claim, let id, let reason else { throw reader.malformed("claim, id or reason is missing") }
        self.init(claim: claim, id: id, reason: reason, dataset: dataset, year: year)
    }
}

extension FieldReader {
    /// The name of a folder in the quarantine.
    fileprivate func quarantineID(_ field: Field) throws(CodingError) -> String {
        let id = try text(field)
        guard QuarantinedDrop.isID(id) else { throw malformed("field \(field.number) is no id of the quarantine") }
        return id
    }
}
