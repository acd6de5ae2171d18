import Annals
import TestSupport
import Testing

@testable import TableCoding

@Suite struct TableCodecTests {
    private func roundTrip(_ table: Table) throws -> Table {
        var writer = ContentWriter()
        let content = try TableCodec.encode(table, into: &writer)
        return try TableCodec.decode(content, period: table.period, from: BlobSet(writer.blobs))
    }

    @Test func `dense, sparse and empty tables come back`() throws {
        var empty = Samples.table(cells: 0)
        empty.presence = .sparse([])
        for table in [Samples.table(), Samples.mixed(), empty, Samples.table(cells: 0)] {
            #expect(try roundTrip(table).canonical == table.canonical)
        }
    }

    @Test func `what is said of categories comes back, and without it equal tables have equal bytes as before`() throws
    {
        var dimension = Samples.dimension("a", 2)
        let table = Table(
            title: "", period: Period(year: 2000), notes: [], measures: [Measure(code: "m", decimals: 0)],
            keySpace: KeySpace([dimension])!, presence: .dense,
            cells: Cells(values: [1, 2], marks: [0, 0], palette: [Mark(.value)]))
        dimension.attributes = ["region", "part"]
        for (index, texts) in [["North", ""], []].enumerated() { dimension.categories[index].attributes = texts }
        var more = table
        more.keySpace = KeySpace([dimension])!
        #expect(try roundTrip(more).keySpace == more.keySpace)
        #expect(KeySpaceCodec.encode(more.keySpace) != KeySpaceCodec.encode(table.keySpace))
        #expect(
            more.withoutAttributes.map { KeySpaceCodec.encode($0.keySpace) } == KeySpaceCodec.encode(table.keySpace))
        #expect(table.withoutAttributes == nil)
        dimension.categories[0].attributes = ["one too few"]
        let bytes = KeySpaceCodec.encode(KeySpace([dimension])!)
        #expect(throws: CodingError.self) { try KeySpaceCodec.decode(bytes) }
    }

    @Test func `a large table with more marks than a byte counts comes back`() throws {
        var numbers = SeededNumbers(4)
        let ordinals = (0..<UInt64(200_000)).map { $0 * 3 + $0 % 2 }
        let palette = (0..<300).map { Mark(.value, flags: $0 % 2 == 0 ? .estimated : [], glyph: "g\($0)") }
        let values = ordinals.map { _ in Int64(bitPattern: numbers.next()) >> 40 }
        let table = Table(
            title: "", period: Period(year: 2000), notes: [], measures: [Measure(code: "m", decimals: 18)],
            keySpace: KeySpace([Samples.dimension("a", 800), Samples.dimension("b", 800)])!,
            presence: .sparse(ordinals),
            cells: Cells(values: values, marks: ordinals.map { UInt16($0 % 300) }, palette: palette))
        let read = try roundTrip(table)
        #expect(read.presence == table.presence)
        #expect(read.cells.values == table.cells.values, "seed \(numbers.seed)")
        #expect((0..<1000).allSatisfy { read.cells.mark(at: $0 * 199) == table.cells.mark(at: $0 * 199) })
    }

    @Test func `equal cells have equal bytes, however their palette was collected`() {
        let table = Samples.mixed()
        let count = table.cells.count
        #expect(
            CellChunkCodec.encode(table.cells, range: 0..<count)
                == CellChunkCodec.encode(table.canonical.cells, range: 0..<count))
    }

    @Test func `a table that could not be read again is refused`() throws {
        var writer = ContentWriter()
        var disordered = Samples.mixed()
        disordered.presence = .sparse(Array(repeating: 1, count: disordered.cells.count))
        var outside = Samples.table(cells: 2)
        outside.presence = .sparse([0, 2])
        var precise = Samples.table()
        precise.measures[0].decimals = 19
        var shifted = Samples.table()
        shifted.measures[0].multiplier = 19
        var unmeasured = Samples.mixed()
        unmeasured.measures.removeLast()
        var unmarked = Samples.table()
        unmarked.cells.marks[0] = 1
        for table in [disordered, outside, precise, shifted, unmeasured, unmarked] {
            #expect(throws: CodingError.self) { try TableCodec.encode(table, into: &writer) }
        }
    }

    @Test func `vandalised content is an error or another table, never a trap`() throws {
        var numbers = SeededNumbers(5)
        let table = Samples.mixed()
        guard case .sparse(let all) = table.presence else { return }
        let keySpace = KeySpaceCodec.encode(table.keySpace)
        let heading = Heading(table).encoded
        let presence = PresenceCodec.encode(all[...])
        let cells = CellChunkCodec.encode(table.cells, range: 0..<table.cells.count)
        for _ in 0..<1500 {
            let keys = attempt { try KeySpaceCodec.decode(numbers.vandalise(keySpace)) } ?? table.keySpace
            let head = attempt { try Heading(decoding: numbers.vandalise(heading)) } ?? Heading(table)
            var ordinals: [UInt64] = []
            let bytes = numbers.next() % 2 == 0 ? presence : numbers.vandalise(presence)
            attempt { try PresenceCodec.decode(bytes, appendingTo: &ordinals, below: keys.size) }
            let chunk = attempt { try CellChunkCodec.decode(numbers.vandalise(cells)) } ?? table.cells
            // Any of the refusals above leaves a part as it was; the whole must then hold together or be refused.
            let read = attempt {
                try TableCodec.table(
                    period: table.period, heading: head, keySpace: keys, presence: .sparse(ordinals), cells: chunk)
            }
            if let read {
                for cell in 0..<read.cells.count {
                    _ = read.measure(atOrdinal: read.ordinal(ofCell: cell))
                    _ = read.keySpace.codes(at: read.ordinal(ofCell: cell))
                    _ = read.cells.number(at: cell)
                }
            }
            let noise = numbers.bytes(40)
            attempt { try KeySpaceCodec.decode(noise) }
            attempt { try CellChunkCodec.decode([1] + noise) }
            var none: [UInt64] = []
            attempt { try PresenceCodec.decode([1] + noise, appendingTo: &none, below: .max) }
        }
    }

    @Test func `more cells than the caller allows are refused before memory is taken`() throws {
        var writer = ContentWriter()
        for table in [Samples.table(cells: 9), Samples.mixed()] {
            let content = try TableCodec.encode(table, into: &writer)
            let blobs = BlobSet(writer.blobs)
            let count = table.cells.count
            #expect(try TableCodec.decode(content, period: table.period, upTo: count, from: blobs).cells.count == count)
            #expect(throws: CodingError.self) {
                try TableCodec.decode(content, period: table.period, upTo: count - 1, from: blobs)
            }
            // One chunk named again and again would be more than the table says that it has.
            var repeated = content
            repeated.chunks = [Digest](repeating: content.chunks[0], count: 20_000)
            #expect(throws: CodingError.self) { try TableCodec.cells(repeated, from: blobs) }
            repeated.cellCount = 20_000 * ChunkBounds.maximumCells
            #expect(throws: CodingError.self) { try TableCodec.cells(repeated, from: blobs) }
        }
    }
}
