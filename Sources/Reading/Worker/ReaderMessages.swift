package import Annals
internal import Definitions
internal import TableCoding
package import TableReading

/// What a reader is told before it is locked in: how much it may use, and what the office has written down.
struct ReaderSetup: Hashable, Sendable {
    var memoryByteCount: Int
    var answerByteCount: Int
    /// Texts besides the compiled-in ones: path and text.
    var definitions: [Definitions.Source]

    /// The longest setup that is accepted, in bytes.
    static let maximumByteCount = 1 << 28

    var encoded: [UInt8] {
        var writer = FieldWriter()
        writer.number(1, memoryByteCount)
        writer.number(2, answerByteCount)
        for source in definitions {
            writer.message(3) { writer in
                writer.text(1, source.path)
                writer.text(2, source.text)
            }
        }
        return writer.bytes
    }

    init(memoryByteCount: Int, answerByteCount: Int, definitions: [Definitions.Source]) {
        self.memoryByteCount = memoryByteCount
        self.answerByteCount = answerByteCount
        self.definitions = definitions
    }

    /// - Throws: ``CodingError/malformed(_:_:)``.
    init(decoding bytes: [UInt8]) throws(CodingError) {
        var reader = FieldReader(bytes, what: "reader setup")
        self.init(memoryByteCount: 0, answerByteCount: 0, definitions: [])
        while let field = try reader.next() {
            switch field.number {
            case 1: memoryByteCount = try reader.integer(field, in: 0...Int.max)
            case 2: answerByteCount = try reader.integer(field, in: 0...Int.max)
            case 3: definitions.append(try Self.source(reader.message(field, what: "definition")))
            default: continue
            }
        }
    }

    private static func source(_ message: FieldReader) throws(CodingError) -> Definitions.Source {
        var reader = message
        var source = Definitions.Source(path: "", text: "")
        while let field = try reader.next() {
            switch field.number {
            case 1: source.path = try reader.text(field)
            case 2: source.text = try reader.text(field)
            default: continue
            }
        }
        return source
    }
}

/// One file to examine, and under which conditions; the file itself goes along as a descriptor.
package struct ReaderJob: Hashable, Sendable {
    /// Which file it is, as it was claimed.
    package var source: SourceRef
    /// The bytes of the sidecar beside it.
    package var sidecar: [UInt8]?
    package var limits: ReadingLimits
    /// What the dataset's vintages bind the file to, where that is known already.
    package var bound: DatasetBinding
    /// The dataset that a folder of the inbox gives the file, or that it was recorded as; nil where nothing but the file,
    /// its sidecar and the definitions tell.
    package var dataset: DatasetID?
    /// The dataset that it is taken for where nothing but its name would say one: that of a file that is only compared.
    package var presumed: DatasetID?

    /// The longest job that is accepted, in bytes: a sidecar, a path, and the identities of one dataset.
    static let maximumByteCount = 1 << 26

    package init(
        source: SourceRef, sidecar: [UInt8]? = nil, limits: ReadingLimits = ReadingLimits(),
        bound: DatasetBinding = .none, dataset: DatasetID? = nil, presumed: DatasetID? = nil
    ) {
        self.dataset = dataset
        self.presumed = presumed
        self.source = source
        self.sidecar = sidecar
        self.limits = limits
        self.bound = bound
    }

    var encoded: [UInt8] {
        var writer = FieldWriter()
        writer.message(1) { source.encode(to: &$0) }
        if let sidecar { writer.data(2, sidecar) }
        for limit in [limits.fileBytes, limits.lineBytes, limits.cells, limits.categories, limits.years] {
            writer.number(3, limit)
        }
        for identity in bound.identities { writer.message(4) { identity.encode(to: &$0) } }
        if let plan = bound.plan { writer.message(5) { plan.encode(to: &$0) } }
        if let dataset { writer.text(6, dataset.slug) }
        for id in bound.dimensions { writer.text(7, id) }
        if let presumed { writer.text(8, presumed.slug) }
        return writer.bytes
    }

    /// - Throws: ``CodingError/malformed(_:_:)``.
    init(decoding bytes: [UInt8]) throws(CodingError) {
        var reader = FieldReader(bytes, what: "reader job")
        var source: SourceRef?
        var sidecar: [UInt8]?
        var limits: [Int] = []
        var bound = DatasetBinding.none
        var (dataset, presumed): (DatasetID?, DatasetID?) = (nil, nil)
        while let field = try reader.next() {
            switch field.number {
            case 1: source = try SourceRef(decoding: reader.message(field, what: "source"))
            case 2: sidecar = try reader.data(field)
            case 3: limits.append(try reader.integer(field, in: 0...Int.max))
            case 4: bound.identities.append(try Identity(decoding: reader.message(field, what: "identity")))
            case 5: bound.plan = try ReadingPlan(decoding: reader.message(field, what: "plan"))
            case 6: dataset = try reader.dataset(field)
            case 7: bound.dimensions.append(try reader.text(field))
            case 8: presumed = try reader.dataset(field)
            default: continue
            }
        }
        guard let source, limits.count == 5 else { throw reader.malformed("source or limits are missing") }
        self.init(
            source: source, sidecar: sidecar,
            limits: ReadingLimits(
                fileBytes: limits[0], lineBytes: limits[1], cells: limits[2], categories: limits[3], years: limits[4]),
            bound: bound, dataset: dataset, presumed: presumed)
    }
}
