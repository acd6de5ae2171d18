package import Annals

/// Where a table's cells are cut into chunks.
package enum ChunkBounds {
    /// The most cells that a chunk holds.
    package static let maximumCells = 65_536
    /// The fewest cells that a chunk of a sparse table holds, but for its last.
    package static let minimumSparseCells = 32_768

    /// The chunks of a table, in order.
    ///
    /// A dense table is cut every 65,536 cells. A sparse one is cut after at least 32,768 before an ordinal whose
    /// hash ends in fourteen zero bits: where the cuts lie depends on the ordinals around them, not on how many cells
    /// came before, so that a cell that appears or vanishes changes its own chunk and seldom another.
    package static func ranges(of presence: Presence, cellCount: Int) -> [Range<Int>] {
        switch presence {
        case .dense:
            return stride(from: 0, to: cellCount, by: maximumCells).map { start in
                start..<min(start + maximumCells, cellCount)
            }
        case .sparse(let ordinals):
            var ranges: [Range<Int>] = []
            var start = 0
            while start < ordinals.count {
                let end = sparseEnd(of: ordinals, from: start)
                ranges.append(start..<end)
                start = end
            }
            return ranges
        }
    }

    private static func sparseEnd(of ordinals: [UInt64], from start: Int) -> Int {
        let limit = min(start + maximumCells, ordinals.count)
        var end = start + minimumSparseCells
        while end < limit, mixed(ordinals[end]) & 0x3FFF != 0 { end += 1 }
        return min(end, limit)
    }

    /// The finalizer of SplitMix64.
    private static func mixed(_ ordinal: UInt64) -> UInt64 {
        var number = ordinal
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        return number ^ (number >> 31)
    }
}
