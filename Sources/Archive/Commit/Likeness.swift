internal import Annals
internal import TableCoding

/// Whether a table that arrives says the same as a vintage that is stored, reading as little of it as will do.
struct Likeness {
    let library: TableLibrary
    /// Whether the number of decimals counts, since it is declared.
    let withDecimals: Bool

    /// As `Table.saysTheSame(as:)` would answer with the whole vintage read.
    func holds(between year: ExaminedYear, and vintage: Vintage) throws(ArchiveError) -> Bool {
        let stored = vintage.content
        guard year.table.period == vintage.period, year.content.cellCount == stored.cellCount else { return false }
        var isSameHeading = year.content.heading == stored.heading
        let isSameFingerprint = year.content.fingerprint == stored.fingerprint
        if !isSameHeading {
            let heading = try TableCodec.heading(stored.heading, from: library.stored)
            guard heading.notes == year.table.notes else { return false }
            isSameHeading = heading.measures == year.table.measures
            // Another number of decimals makes another fingerprint of the same figures.
            let hasSameDecimals = Measure.haveSameDecimals(heading.measures, year.table.measures)
            guard hasSameDecimals ? isSameFingerprint : !withDecimals else { return false }
        } else if !isSameFingerprint {
            return false
        }
        if isSameHeading, year.content.keySpace == stored.keySpace, year.content.presence == stored.presence {
            return try haveSameCells(year, stored)
        }
        guard try mayHaveSameKeys(year.table.keySpace, stored) else { return false }
        return year.table.saysTheSame(
            as: try library.table(stored, period: vintage.period), withDecimals: withDecimals)
    }

    /// Chunk by chunk over the same keys: equal names are passed over unread.
    private func haveSameCells(_ year: ExaminedYear, _ stored: TableContent) throws(ArchiveError) -> Bool {
        let ranges = ChunkBounds.ranges(of: year.table.presence, cellCount: year.table.cells.count)
        guard ranges.count == stored.chunks.count, ranges.count == year.content.chunks.count else { return false }
        for (index, range) in ranges.enumerated() where year.content.chunks[index] != stored.chunks[index] {
            let chunk = try TableCodec.chunk(stored.chunks[index], from: library.stored)
            guard Self.agree(year.table.cells, range, chunk) else { return false }
        }
        return true
    }

    /// Glyphs don't count; figures, statuses and flags do.
    private static func agree(_ cells: Cells, _ range: Range<Int>, _ chunk: Cells) -> Bool {
        guard range.count == chunk.count, cells.values[range].elementsEqual(chunk.values) else { return false }
        let ours = cells.palette.map(Saying.init)
        let theirs = chunk.palette.map(Saying.init)
        return zip(cells.marks[range], chunk.marks).allSatisfy { ours[Int($0)] == theirs[Int($1)] }
    }

    /// What of a mark counts.
    private struct Saying: Equatable {
        let status: CellStatus
        let flags: CellFlags

        init(_ mark: Mark) {
            status = mark.status
            flags = mark.flags
        }
    }

    private func mayHaveSameKeys(_ keySpace: KeySpace, _ stored: TableContent) throws(ArchiveError) -> Bool {
        let other = try library.keySpace(stored.keySpace)
        return keySpace.dimensions.count == other.dimensions.count
            && keySpace.dimensions.allSatisfy { dimension in
                other.dimensions.contains {
                    $0.id == dimension.id && $0.categories.count == dimension.categories.count
                }
            }
    }
}
