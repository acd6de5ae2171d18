import Annals
import Reading
import TableCoding

/// What a reader might answer that has been taken over.
///
/// Content is named by its hash, which no fuzzer guesses. So there are three ways in, by the first byte: the answer as it
/// is (255), the parts of a table with names made anew (128 and above), and the answer to a small table with bytes
/// changed. Changes are part or place (2 bytes) and the new byte.
enum ExaminedFuzzer {
    static func run(_ bytes: [UInt8]) {
        var input = InputBytes(bytes)
        let way = input.byte()
        guard way < 255 else { return answer(input.take()) }
        let (said, file) = answers[way % answers.count]
        guard way < 128 else { return parts(of: said, &input) }
        var encoded = said
        while !input.isAtEnd { encoded[input.word() % encoded.count] = UInt8(input.byte()) }
        answer(encoded, of: file)
    }

    private static let texts = [
        "region,sex,year,value\n01 A,M,2010,5\n01 A,F,2010,6\n04 B,M,2010,:\n04 B,F,2011,8\n04 B,M,2011,-\n",
        "Flows between regions, 2011\n\n,Total,01 Aa,02 Bb\n01 Aa,-7,-,\n02 Bb,5,5,-\n\n1) Into it.\n",
        "county,returns,income,2011\nOrange,1236,0.5,1\nKern,17241,12.25,2\n",
        "prose of no table\n",
    ]

    private static let answers = texts.map { text in
        let bytes = Array(text.utf8)
        let job = FileFuzzer.job(for: bytes)
        return (FileFuzzer.examiner.examine(bytes, job).encoded, job.source)
    }

    private static func answer(_ bytes: [UInt8], of file: SourceRef = answers[0].1) {
        guard let read = attempt({ () throws(CodingError) in try Examined(decoding: bytes, of: file) }) else { return }
        FileFuzzer.expectSame(read, file)
    }

    /// Changes the parts of a table, and names each by what it holds then.
    private static func parts(of said: [UInt8], _ input: inout InputBytes) {
        let read = attempt { () throws(CodingError) in try Examined(decoding: said, of: answers[0].1) }
        guard let read, let year = read.tables?.years.first else { return }
        let blobs = BlobSet(Array(read.blobs.values))
        _ = attempt { () throws(CodingError) in
            var parts: [[UInt8]] = []
            for name in year.content.parts { parts.append(try blobs.content(name, upTo: 1 << 20)) }
            var cellCount = year.content.cellCount
            while !input.isAtEnd { change(&parts, &cellCount, &input) }
            var writer = ContentWriter()
            var names: [Digest] = []
            for part in parts { names.append(try writer.add(part)) }
            let chunkCount = year.content.chunks.count
            let content = TableContent(
                heading: names[0], keySpace: names[1],
                presence: year.content.presence.map { Array(names[2..<2 + $0.count]) },
                chunks: Array(names.suffix(chunkCount)), cellCount: cellCount, fingerprint: 0)
            let blobs = BlobSet(writer.blobs)
            expectSame(try TableCodec.decode(content, period: year.table.period, upTo: 1 << 16, from: blobs))
        }
    }

    private static func change(_ parts: inout [[UInt8]], _ cellCount: inout Int, _ input: inout InputBytes) {
        let (index, place, byte) = (input.byte(), input.word(), UInt8(input.byte()))
        if index == 255 {
            cellCount = place
            return
        }
        let part = index % parts.count
        if place >= parts[part].count {
            parts[part].append(byte)
        } else if index & 0x80 != 0 {
            parts[part].removeLast(parts[part].count - place)
        } else {
            parts[part][place] = byte
        }
    }

    /// That a table that was decoded can be stored, and reads as the same.
    private static func expectSame(_ table: Table) {
        let again = attempt { () throws(CodingError) in
            var writer = ContentWriter()
            let content = try TableCodec.encode(table, into: &writer)
            return try TableCodec.decode(content, period: table.period, from: BlobSet(writer.blobs))
        }
        guard let again else { return hold(false, "a table that was decoded can be stored and read") }
        hold(again.saysTheSame(as: table, withDecimals: true), "a table that was decoded is stored as the same")
    }
}
