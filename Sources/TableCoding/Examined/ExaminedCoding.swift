package import Annals

// What a reader answers, as bytes: tagged fields, and each blob's payload as it will stand in the log.
extension Examined {
    /// The bytes that ``init(decoding:)`` takes.
    package var encoded: [UInt8] {
        var writer = FieldWriter()
        if let sidecar { writer.message(1) { sidecar.encode(to: &$0) } }
        switch content {
        case .refused(let refusal): writer.message(2) { refusal.encode(to: &$0) }
        case .tables(let tables): writer.message(3) { tables.encode(to: &$0) }
        }
        // The pieces of a list before it, as whoever decodes them wants them.
        for blob in blobs.values where blob.pieces.isEmpty { writer.data(4, blob.payload) }
        for blob in blobs.values where !blob.pieces.isEmpty { writer.data(4, blob.payload) }
        return writer.bytes
    }

    /// Decodes what a reader answered, believing nothing: every content is hashed, every table decoded, every number
    /// checked that is computed from figures.
    ///
    /// - Parameters:
    ///   - bytes: As ``encoded`` gives them.
    ///   - file: Which file was examined.
    ///   - bounds: What decoding it may cost.
    ///   - recurring: What was decoded before.
    /// - Throws: ``CodingError/malformed(_:_:)``.
    package init(
        decoding bytes: [UInt8], of file: SourceRef, bounds: ExaminedBounds = ExaminedBounds(),
        recurring: RecurringContent? = nil
    ) throws(CodingError) {
        var reader = FieldReader(bytes, what: "examined file")
        var sidecar: Sidecar?
        var refusal: Refusal?
        var tables: FieldReader?
        let allowance = DecodingAllowance(bounds, recurring: recurring)
        var blobs = CheckedBlobs(allowance: allowance, recurring: recurring)
        while let field = try reader.next() {
            switch field.number {
            case 1: sidecar = try Sidecar(decoding: reader.message(field, what: "sidecar"))
            case 2: refusal = try Refusal(decoding: reader.message(field, what: "refusal"))
            case 3: tables = try reader.message(field, what: "tables")
            case 4: try blobs.take(reader.data(field))
            default: continue
            }
        }
        if let tables {
            let decoded = try Tables(decoding: tables, blobs: BlobSet(blobs.blobs), allowance)
            self.init(file, sidecar: sidecar, content: .tables(decoded), blobs: blobs.blobs)
        } else if let refusal {
            self.init(file, sidecar: sidecar, content: .refused(refusal))
        } else {
            throw reader.malformed("neither tables nor a reason")
        }
    }
}

extension Examined.Refusal {
    fileprivate func encode(to writer: inout FieldWriter) {
        writer.message(1) { reason.encode(to: &$0) }
        if let dataset { writer.text(2, dataset.slug) }
        if let year { writer.signed(3, Int64(year)) }
        if isOfFigures { writer.number(4, 1) }
    }

    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        self.init(Reason(""))
        while let field = try reader.next() {
            switch field.number {
            case 1: reason = try Reason(decoding: reader.message(field, what: "reason"))
            case 2: dataset = try reader.dataset(field)
            case 3: year = Int(try reader.signed(field))
            case 4: isOfFigures = try reader.flag(field)
            default: continue
            }
        }
    }
}

extension Examined.Tables {
    fileprivate func encode(to writer: inout FieldWriter) {
        writer.message(1) { facts.encode(to: &$0) }
        if let published { writer.signed(2, published.microseconds) }
        writer.digest(3, source)
        if let sidecarBytes { writer.digest(4, sidecarBytes) }
        if measuresAreDeclared { writer.number(5, 1) }
        for year in years { writer.message(6) { year.encode(to: &$0) } }
        if decimalsAreDeclared { writer.number(7, 1) }
    }

    fileprivate init(
        decoding message: FieldReader, blobs: BlobSet, _ allowance: DecodingAllowance
    ) throws(CodingError) {
        var reader = message
        var facts: DropFacts?
        var source: Digest?
        var published: Instant?
        var sidecarBytes: Digest?
        var (measuresAreDeclared, decimalsAreDeclared) = (false, false)
        var years: [ExaminedYear] = []
        while let field = try reader.next() {
            switch field.number {
            case 1: facts = try DropFacts(decoding: reader.message(field, what: "facts"))
            case 2: published = try reader.instant(field)
            case 3: source = try reader.digest(field)
            case 4: sidecarBytes = try reader.digest(field)
            case 5: measuresAreDeclared = try reader.flag(field)
            case 6:
                years.append(try ExaminedYear(decoding: reader.message(field, what: "year"), blobs: blobs, allowance))
            case 7: decimalsAreDeclared = try reader.flag(field)
            default: continue
            }
        }
        guard let facts, let source, !years.isEmpty else {
            throw reader.malformed("facts, source or years are missing")
        }
        guard zip(years, years.dropFirst()).allSatisfy({ $0.table.period.year < $1.table.period.year }) else {
            throw reader.malformed("years out of order")
        }
        for name in [source, sidecarBytes, facts.definition, facts.dialectDefinition] {
            if let name { _ = try blobs.payload(name) }
        }
        self.init(
            facts: facts, published: published, source: source, sidecarBytes: sidecarBytes,
            measuresAreDeclared: measuresAreDeclared, decimalsAreDeclared: decimalsAreDeclared, years: years)
    }
}

extension DropFacts {
    fileprivate func encode(to writer: inout FieldWriter) {
        for (field, text) in [(1, dataset.slug), (2, title), (3, reader), (4, encoding), (5, dialect)] {
            writer.text(field, text)
        }
        if let definition { writer.digest(6, definition) }
        if let dialectDefinition { writer.digest(7, dialectDefinition) }
        for finding in findings { writer.message(8) { finding.encode(to: &$0) } }
        if !plan.columns.isEmpty { writer.message(9) { plan.encode(to: &$0) } }
    }

    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var fields = message
        var plan = ReadingPlan()
        var dataset: DatasetID?
        var texts = [String](repeating: "", count: 4)
        var definition: Digest?
        var dialectDefinition: Digest?
        var findings: [Finding] = []
        while let field = try fields.next() {
            switch field.number {
            case 1: dataset = try fields.dataset(field)
            case 2...5: texts[Int(field.number) - 2] = try fields.text(field)
            case 6: definition = try fields.digest(field)
            case 7: dialectDefinition = try fields.digest(field)
            case 8: findings.append(try Finding(decoding: fields.message(field, what: "finding")))
            case 9: plan = try ReadingPlan(decoding: fields.message(field, what: "plan"))
            default: continue
            }
        }
        guard let dataset else { throw fields.malformed("dataset is missing") }
        self.init(
            dataset: dataset, title: texts[0], reader: texts[1], encoding: texts[2], dialect: texts[3],
            definition: definition, dialectDefinition: dialectDefinition, plan: plan, findings: findings)
    }
}

extension ExaminedYear {
    fileprivate func encode(to writer: inout FieldWriter) {
        let period = table.period
        writer.number(1, period.year)
        writer.text(2, period.label)
        if let kind = period.kind { writer.text(3, kind.rawValue) }
        writer.message(4) { content.encode(to: &$0) }
        for audit in audits { writer.message(5) { audit.encode(to: &$0) } }
        for finding in findings { writer.message(6) { finding.encode(to: &$0) } }
    }

    fileprivate init(
        decoding message: FieldReader, blobs: BlobSet, _ allowance: DecodingAllowance
    ) throws(CodingError) {
        var reader = message
        var period = Period(year: 0)
        var content: TableContent?
        var audits: [Audit] = []
        var findings: [Finding] = []
        while let field = try reader.next() {
            switch field.number {
            case 1: period.year = try reader.integer(field, in: 1000...9999)
            case 2: period.label = try reader.text(field)
            case 3: period.kind = try reader.word(field)
            case 4: content = try TableContent(decoding: reader.message(field, what: "content"))
            case 5: audits.append(try Audit(decoding: reader.message(field, what: "audit")))
            case 6: findings.append(try Finding(decoding: reader.message(field, what: "finding")))
            default: continue
            }
        }
        guard let content, period.year > 0 else { throw reader.malformed("period or content is missing") }
        let table = try allowance.table(content, period: period, from: blobs)
        guard Fingerprint.of(table.cells) == content.fingerprint else {
            throw reader.malformed("a fingerprint of other figures")
        }
        self.init(table: table, audits: audits, findings: findings, content: content)
    }
}

/// Blobs that may say anything, taken one by one: the content of each is hashed, and compared with its name, unless it
/// is byte for byte what was checked before.
private struct CheckedBlobs {
    let allowance: DecodingAllowance
    let recurring: RecurringContent?
    private(set) var blobs: [Blob] = []
    private var byName: [Digest: BlobPayload] = [:]

    init(allowance: DecodingAllowance, recurring: RecurringContent?) {
        self.allowance = allowance
        self.recurring = recurring
    }

    /// - Throws: ``CodingError/malformed(_:_:)``, also for a list whose pieces were not there before it.
    mutating func take(_ payload: [UInt8]) throws(CodingError) {
        let blob = try BlobPayload(payload)
        try allowance.take(contentByteCount: blob.byteCount)
        if let known = recurring?.blob(blob.digest), known.payload == payload {
            byName[blob.digest] = blob
            blobs.append(known)
            return
        }
        var hasher = ContentHasher()
        if blob.encoding == .list {
            var byteCount = 0
            for name in blob.pieces {
                guard let piece = byName[name] else { throw .malformed("blob", "a list of pieces that aren't there") }
                byteCount += piece.byteCount
                guard byteCount <= blob.byteCount else { break }
                hasher.update(try piece.content())
            }
            guard byteCount == blob.byteCount else { throw .malformed("blob", "a list of another length") }
        } else {
            hasher.update(try blob.content())
            byName[blob.digest] = blob
        }
        guard hasher.finish() == blob.digest else { throw .malformed("blob", "content of another name") }
        let checked = Blob(checked: blob, payload: payload)
        recurring?.keep(checked)
        blobs.append(checked)
    }
}
