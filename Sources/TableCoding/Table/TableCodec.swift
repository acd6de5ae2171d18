package import Annals

/// Takes a table apart into content, and puts it together again.
package enum TableCodec {
    /// Dimensions that a commit names, and so a table may have.
    package static let maximumDimensions = 255
    /// The most cells of a table; so many take 2.7 GB of memory.
    package static let maximumCells = 1 << 28

    /// Adds a table's content and gives the names of its parts.
    package static func encode(_ table: Table, into writer: inout ContentWriter) throws(CodingError) -> TableContent {
        try check(table)
        let ranges = ChunkBounds.ranges(of: table.presence, cellCount: table.cells.count)
        var content = TableContent(
            heading: try writer.add(Heading(table).encoded),
            keySpace: try writer.add(KeySpaceCodec.encode(table.keySpace)), presence: nil, chunks: [],
            cellCount: table.cells.count, fingerprint: Fingerprint.of(table.cells))
        if case .sparse(let ordinals) = table.presence {
            var names: [Digest] = []
            for range in ranges { names.append(try writer.add(PresenceCodec.encode(ordinals[range]))) }
            content.presence = names
        }
        for range in ranges { content.chunks.append(try writer.add(CellChunkCodec.encode(table.cells, range: range))) }
        return content
    }

    /// Refuses what ``table(period:heading:keySpace:presence:cells:)`` and the codecs would refuse to read.
    private static func check(_ table: Table) throws(CodingError) {
        guard table.keySpace.dimensions.count <= maximumDimensions else {
            throw .tooLarge("\(table.keySpace.dimensions.count) dimensions, where at most \(maximumDimensions) fit")
        }
        guard table.cells.count <= maximumCells else {
            throw .tooLarge("\(table.cells.count) cells, where at most \(maximumCells) fit")
        }
        guard (1000...9999).contains(table.period.year) else { throw .invalid("year \(table.period.year)") }
        guard table.measures.allSatisfy({ (0...18).contains($0.decimals) }) else { throw .invalid("decimals") }
        guard table.measures.allSatisfy({ Measure.multipliers.contains($0.multiplier) }) else {
            throw .invalid("a multiplier that isn't \(Measure.multipliers)")
        }
        guard table.cells.marks.max().map({ Int($0) < table.cells.palette.count }) ?? true else {
            throw .invalid("a cell has a mark that its palette lacks")
        }
        if case .sparse(let ordinals) = table.presence {
            guard zip(ordinals, ordinals.dropFirst()).allSatisfy(<),
                ordinals.last.map({ $0 < UInt64(table.keySpace.size) }) ?? true
            else { throw .invalid("combinations out of order") }
        }
        try checkMeasures(table.measures, in: table.keySpace)
    }

    private static func checkMeasures(_ measures: [Measure], in keySpace: KeySpace) throws(CodingError) {
        guard let place = keySpace.measureDimension else { return }
        guard keySpace.dimensions[place].categories.count == measures.count else {
            throw .malformed("table", "measures and their dimension differ in number")
        }
    }

    /// What a table says about itself.
    ///
    /// - Throws: As ``BlobSource/content(_:upTo:)``, like the functions below.
    package static func heading<Source: BlobSource>(
        _ digest: Digest, from source: Source
    ) throws(Source.Failure) -> Heading {
        let bytes = try source.content(digest, upTo: Heading.maximumByteCount)
        return try Source.Failure.of { () throws(CodingError) in try Heading(decoding: bytes) }
    }

    /// Dimensions and categories.
    package static func keySpace<Source: BlobSource>(
        _ digest: Digest, from source: Source
    ) throws(Source.Failure) -> KeySpace {
        let bytes = try source.content(digest, upTo: KeySpaceCodec.maximumByteCount)
        return try Source.Failure.of { () throws(CodingError) in try KeySpaceCodec.decode(bytes) }
    }

    /// The ordinals of a sparse table.
    ///
    /// - Parameters:
    ///   - presence: The names of its chunks.
    ///   - size: Of the key space; every ordinal lies below it.
    ///   - limit: More than that are refused before memory is taken.
    ///   - source: Where the chunks are.
    /// - Returns: Strictly ascending.
    /// - Throws: As ``BlobSource/content(_:upTo:)``, and where they are malformed.
    package static func ordinals<Source: BlobSource>(
        _ presence: [Digest], below size: Int, upTo limit: Int = maximumCells, from source: Source
    ) throws(Source.Failure) -> [UInt64] {
        var ordinals: [UInt64] = []
        for digest in presence {
            let chunk = try source.content(digest, upTo: Blob.maximumByteCount)
            try Source.Failure.of { () throws(CodingError) in
                try PresenceCodec.decode(chunk, appendingTo: &ordinals, below: size)
                guard ordinals.count <= limit else { throw .malformed("table", "more than \(limit) cells") }
            }
        }
        return ordinals
    }

    /// One chunk of cells, with its own palette.
    package static func chunk<Source: BlobSource>(
        _ digest: Digest, from source: Source
    ) throws(Source.Failure) -> Cells {
        let bytes = try source.content(digest, upTo: maximumChunkByteCount)
        return try Source.Failure.of { () throws(CodingError) in try CellChunkCodec.decode(bytes) }
    }

    /// 65,536 cells, each with a figure of eight bytes and a mark of its own with a long symbol.
    private static let maximumChunkByteCount = 1 << 28

    /// All cells of a table, under one palette.
    ///
    /// - Parameters:
    ///   - content: Names the chunks, and says how many cells they have.
    ///   - limit: More than that are refused before memory is taken.
    ///   - source: Where the chunks are.
    /// - Returns: As many as it says.
    /// - Throws: As ``BlobSource/content(_:upTo:)``, and where they are malformed.
    package static func cells<Source: BlobSource>(
        _ content: TableContent, upTo limit: Int = maximumCells, from source: Source
    ) throws(Source.Failure) -> Cells {
        guard (0...limit).contains(content.cellCount) else {
            throw Source.Failure(.malformed("table", "\(content.cellCount) cells where at most \(limit) may be"))
        }
        guard content.cellCount <= content.chunks.count * ChunkBounds.maximumCells else {
            throw Source.Failure(.malformed("table", "more cells than its chunks can hold"))
        }
        var merger = CellMerger(capacity: content.cellCount)
        for digest in content.chunks {
            let chunk = try chunk(digest, from: source)
            guard chunk.count <= content.cellCount - merger.cells.count else {
                throw Source.Failure(.malformed("table", "more cells than \(content.cellCount)"))
            }
            guard merger.append(chunk) else { throw Source.Failure(.malformed("table", "too many marks")) }
        }
        guard merger.cells.count == content.cellCount else {
            throw Source.Failure(
                .malformed("table", "\(merger.cells.count) cells where \(content.cellCount) should be"))
        }
        return merger.cells
    }

    /// The whole table that a commit, or whoever else, names the parts of.
    ///
    /// - Parameters:
    ///   - content: The names.
    ///   - period: Which the table is of.
    ///   - limit: More cells than that are refused before memory is taken.
    ///   - source: Where the parts are.
    /// - Returns: The table.
    /// - Throws: As ``BlobSource/content(_:upTo:)``, and where parts are malformed or don't fit each other.
    package static func decode<Source: BlobSource>(
        _ content: TableContent, period: Period, upTo limit: Int = maximumCells, from source: Source
    ) throws(Source.Failure) -> Table {
        try decode(
            content, period: period, keySpace: keySpace(content.keySpace, from: source), upTo: limit, from: source)
    }

    /// The same, where its key space is known already.
    ///
    /// - Throws: As ``BlobSource/content(_:upTo:)``, and where parts are malformed or don't fit each other.
    static func decode<Source: BlobSource>(
        _ content: TableContent, period: Period, keySpace: KeySpace, upTo limit: Int, from source: Source
    ) throws(Source.Failure) -> Table {
        let presence: Presence =
            if let names = content.presence {
                .sparse(try ordinals(names, below: keySpace.size, upTo: limit, from: source))
            } else {
                .dense
            }
        let heading = try heading(content.heading, from: source)
        let cells = try cells(content, upTo: limit, from: source)
        return try Source.Failure.of { () throws(CodingError) in
            try table(period: period, heading: heading, keySpace: keySpace, presence: presence, cells: cells)
        }
    }

    /// Puts parts together after checking that they fit each other.
    package static func table(
        period: Period, heading: Heading, keySpace: KeySpace, presence: Presence, cells: Cells
    ) throws(CodingError) -> Table {
        let expected =
            switch presence {
            case .dense: keySpace.size
            case .sparse(let ordinals): ordinals.count
            }
        guard cells.count == expected else { throw .malformed("table", "cells and keys differ in number") }
        try checkMeasures(heading.measures, in: keySpace)
        return Table(
            title: heading.title, period: period, notes: heading.notes, measures: heading.measures, keySpace: keySpace,
            presence: presence, cells: cells)
    }
}

/// Brings chunks that have palettes of their own under one.
private struct CellMerger {
    package private(set) var cells = Cells(values: [], marks: [], palette: [])
    private var indexByMark: [Mark: UInt16] = [:]

    package init(capacity: Int) {
        cells.values.reserveCapacity(capacity)
        cells.marks.reserveCapacity(capacity)
    }

    /// False where the common palette would have more than 65,536 marks.
    package mutating func append(_ chunk: Cells) -> Bool {
        var places: [UInt16] = []
        for mark in chunk.palette {
            guard let place = place(of: mark) else { return false }
            places.append(place)
        }
        cells.values.append(contentsOf: chunk.values)
        if places.indices.allSatisfy({ Int(places[$0]) == $0 }) {
            cells.marks.append(contentsOf: chunk.marks)
        } else {
            for mark in chunk.marks { cells.marks.append(places[Int(mark)]) }
        }
        return true
    }

    private mutating func place(of mark: Mark) -> UInt16? {
        if let known = indexByMark[mark] { return known }
        guard let place = UInt16(exactly: cells.palette.count) else { return nil }
        cells.palette.append(mark)
        indexByMark[mark] = place
        return place
    }
}
