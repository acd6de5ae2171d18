package import Annals

/// A chunk of cells as bytes: the palette of its own marks in order, the mark of each cell, and the figures.
///
/// Nothing outside of the chunk decides its bytes, so a revision of one cell changes one chunk.
package enum CellChunkCodec {
    /// The format's version, its first byte.
    private static let version: UInt8 = 1

    /// Encodes the cells of a range, which is a chunk of its table.
    package static func encode(_ cells: Cells, range: Range<Int>) -> [UInt8] {
        var bytes = [version]
        Varint.append(UInt64(range.count), to: &bytes)
        let (palette, places) = ownPalette(of: cells, range: range)
        Varint.append(UInt64(palette.count), to: &bytes)
        for mark in palette { append(mark, to: &bytes) }
        if palette.count > 1 { appendMarks(cells.marks[range], places: places, count: palette.count, to: &bytes) }
        appendValues(cells.values[range], to: &bytes)
        return bytes
    }

    /// The marks that occur, sorted, and the place in it of each mark of the table's palette.
    private static func ownPalette(of cells: Cells, range: Range<Int>) -> (palette: [Mark], places: [UInt16]) {
        var occurs = [Bool](repeating: false, count: cells.palette.count)
        for mark in cells.marks[range] { occurs[Int(mark)] = true }
        let indices = occurs.indices.filter { occurs[$0] }.sorted { cells.palette[$0] < cells.palette[$1] }
        var palette: [Mark] = []
        var places = [UInt16](repeating: 0, count: cells.palette.count)
        for index in indices {
            if palette.last != cells.palette[index] { palette.append(cells.palette[index]) }
            places[index] = UInt16(palette.count - 1)
        }
        return (palette, places)
    }

    private static func append(_ mark: Mark, to bytes: inout [UInt8]) {
        bytes.append(mark.status.rawValue)
        Varint.append(UInt64(mark.flags.rawValue), to: &bytes)
        Varint.append(UInt64(mark.glyph.utf8.count), to: &bytes)
        bytes.append(contentsOf: mark.glyph.utf8)
    }

    /// One byte a cell up to 256 marks, else two, little-endian.
    private static func appendMarks(_ marks: ArraySlice<UInt16>, places: [UInt16], count: Int, to bytes: inout [UInt8])
    {
        for mark in marks {
            let place = places[Int(mark)]
            bytes.append(UInt8(truncatingIfNeeded: place))
            if count > 256 { bytes.append(UInt8(place >> 8)) }
        }
    }

    /// The least figure, and what each is above it.
    private static func appendValues(_ values: ArraySlice<Int64>, to bytes: inout [UInt8]) {
        let least = values.min() ?? 0
        Varint.append(Varint.zigzag(least), to: &bytes)
        // A difference of two Int64 always fits 64 bits without a sign, and wrapping arithmetic finds it.
        PackedNumbers.append(values.map { UInt64(bitPattern: $0 &- least) }, to: &bytes)
    }

    /// Decodes a chunk with its own palette.
    package static func decode(_ bytes: [UInt8]) throws(CodingError) -> Cells {
        var reader = ByteReader(bytes, what: "cells")
        guard try reader.byte() == version else { throw reader.malformed("another version") }
        let count = try reader.count(upTo: ChunkBounds.maximumCells)
        let palette = try palette(of: count, from: &reader)
        let marks = try marks(count, paletteCount: palette.count, from: &reader)
        let least = Varint.unzigzag(try reader.varint())
        let values = try PackedNumbers.read(count, from: &reader).map { least &+ Int64(bitPattern: $0) }
        guard reader.isAtEnd else { throw reader.malformed("bytes left over") }
        return Cells(values: values, marks: marks, palette: palette)
    }

    private static func palette(of cellCount: Int, from reader: inout ByteReader) throws(CodingError) -> [Mark] {
        let count = try reader.count(upTo: cellCount)
        guard count > 0 || cellCount == 0 else { throw reader.malformed("no mark") }
        var palette: [Mark] = []
        for _ in 0..<count {
            guard let status = CellStatus(rawValue: try reader.byte()), status != .incomplete else {
                throw reader.malformed("unknown status")
            }
            let flags = CellFlags(rawValue: UInt16(try reader.count(upTo: Int(UInt16.max))))
            let glyph = try reader.text(reader.count(upTo: reader.end))
            palette.append(Mark(status, flags: flags, glyph: glyph))
        }
        return palette
    }

    private static func marks(
        _ count: Int, paletteCount: Int, from reader: inout ByteReader
    ) throws(CodingError) -> [UInt16] {
        guard paletteCount > 1 else { return [UInt16](repeating: 0, count: count) }
        let isWide = paletteCount > 256
        let range = try reader.range(isWide ? 2 * count : count)
        let bytes = reader.array
        let marks =
            isWide
            ? (0..<count).map { index in
                let place = range.lowerBound + 2 * index
                return UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
            }
            : bytes[range].map(UInt16.init)
        guard marks.allSatisfy({ Int($0) < paletteCount }) else { throw reader.malformed("mark out of range") }
        return marks
    }
}
