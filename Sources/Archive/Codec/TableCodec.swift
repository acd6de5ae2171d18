internal import Annals

/// Takes a table apart into content, and puts it together again.
enum TableCodec {
    /// Dimensions that a commit names, and so a table may have.
    static let maximumDimensions = 255

    /// Adds a table's content and gives the names of its parts.
    static func encode(_ table: Table, into writer: inout ContentWriter) throws(ArchiveError) -> Vintage.Content {
        try check(table)
        let ranges = ChunkBounds.ranges(of: table.presence, cellCount: table.cells.count)
        var content = Vintage.Content(
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
    private static func check(_ table: Table) throws(ArchiveError) {
        guard table.keySpace.dimensions.count <= maximumDimensions else {
            throw .tooLarge("\(table.keySpace.dimensions.count) dimensions, where at most \(maximumDimensions) fit")
        }
        guard (1000...9999).contains(table.period.year) else { throw .invalid("year \(table.period.year)") }
        guard table.measures.allSatisfy({ (0...18).contains($0.decimals) }) else { throw .invalid("decimals") }
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

    private static func checkMeasures(_ measures: [Measure], in keySpace: KeySpace) throws(ArchiveError) {
        guard let place = keySpace.measureDimension else { return }
        guard keySpace.dimensions[place].categories.count == measures.count else {
            throw .malformed("table", "measures and their dimension differ in number")
        }
    }

    static func heading(_ digest: Digest, from reader: ContentReader) throws(ArchiveError) -> Heading {
        try Heading(decoding: reader.content(digest, upTo: Heading.maximumByteCount))
    }

    static func keySpace(_ digest: Digest, from reader: ContentReader) throws(ArchiveError) -> KeySpace {
        try KeySpaceCodec.decode(reader.content(digest, upTo: KeySpaceCodec.maximumByteCount))
    }

    /// The ordinals of a sparse table, below the size of its key space.
    static func ordinals(
        _ presence: [Digest], below size: Int, from reader: ContentReader
    ) throws(ArchiveError) -> [UInt64] {
        var ordinals: [UInt64] = []
        for digest in presence {
            let chunk = try reader.content(digest, upTo: Blob.maximumByteCount)
            try PresenceCodec.decode(chunk, appendingTo: &ordinals, below: size)
        }
        return ordinals
    }

    /// One chunk of cells, with its own palette.
    static func chunk(_ digest: Digest, from reader: ContentReader) throws(ArchiveError) -> Cells {
        try CellChunkCodec.decode(reader.content(digest, upTo: maximumChunkByteCount))
    }

    /// 65,536 cells, each with a figure of eight bytes and a mark of its own with a long symbol.
    private static let maximumChunkByteCount = 1 << 28

    /// All cells of a table, under one palette.
    static func cells(_ content: Vintage.Content, from reader: ContentReader) throws(ArchiveError) -> Cells {
        guard content.cellCount <= content.chunks.count * ChunkBounds.maximumCells else {
            throw .malformed("table", "more cells than its chunks can hold")
        }
        var merger = CellMerger(capacity: content.cellCount)
        for digest in content.chunks {
            guard merger.append(try chunk(digest, from: reader)) else { throw .malformed("table", "too many marks") }
        }
        guard merger.cells.count == content.cellCount else {
            throw .malformed("table", "\(merger.cells.count) cells where \(content.cellCount) should be")
        }
        return merger.cells
    }

    /// Puts parts together after checking that they fit each other.
    static func table(
        period: Period, heading: Heading, keySpace: KeySpace, presence: Presence, cells: Cells
    ) throws(ArchiveError) -> Table {
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
    private(set) var cells = Cells(values: [], marks: [], palette: [])
    private var indexByMark: [Mark: UInt16] = [:]

    init(capacity: Int) {
        cells.values.reserveCapacity(capacity)
        cells.marks.reserveCapacity(capacity)
    }

    /// False where the common palette would have more than 65,536 marks.
    mutating func append(_ chunk: Cells) -> Bool {
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
