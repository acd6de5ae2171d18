import Annals
import Definitions
import TestSupport
import Testing

@testable import TableReading

/// The scan with its short paths, alone and in pieces, against fields cut one by one.
@Suite struct ColumnScanTests {
    @Test func columnsHoldWhatTheFieldsSay() throws {
        for seed in RandomDelimitedFile.seeds {
            let file = RandomDelimitedFile(seed: seed)
            let comment: Comment = "ANNAL_SEED=\(seed)"
            let alone = try outcome(file, ReadingLimits(), comment)
            // Pieces of any size, down to a few bytes.
            for (threads, bytes) in [(2, 1), (3, 40), (7, 1), (1 + seed % 61, 1)] {
                let inPieces = try outcome(file, ReadingLimits(threads: threads, threadBytes: bytes), comment)
                #expect(inPieces == alone, comment)
            }
            if case .refused(let reason) = alone, !file.isSpoilt { Issue.record("\(reason); \(comment)") }
        }
    }

    /// What became of a file.
    private enum Outcome: Equatable {
        case refused(Reason)
        /// Texts, figures, marks and lines are those of the fields, which are these.
        case filled([[String]], findings: [Finding])
    }

    private func outcome(_ file: RandomDelimitedFile, _ limits: ReadingLimits, _ comment: Comment) throws -> Outcome {
        try file.bytes.withUnsafeBufferPointer { bytes in
            let form = try #require(DelimitedForm(bytes, lineLimit: limits.lineBytes), comment)
            let dialect = try #require(Definitions.builtIn.dialects["generic"], comment)
            let reader = FigureReader(dialect: dialect, style: NumberStyle(decimalMark: ".", grouping: []))
            let targets = file.areFigures.map { isFigure in
                isFigure
                    ? ColumnScan.Target.figure(FigureColumnBuilder())
                    : .key(KeyDictionary(delimiter: form.delimiter))
            }
            let tail = TableTail(bytes, form: form)
            var scan = ColumnScan(
                ColumnScan.Setting(
                    text: bytes, form: form, tail: tail, readers: form.header.map { _ in reader },
                    glyphs: GlyphRefusal(definitions: .builtIn, dialect: dialect.name), limits: limits, isFinal: true,
                    keepsOffsets: true), targets: targets, start: form.bodyStart)
            do throws(ColumnScan.Interruption) {
                try ScanPieces.run(&scan)
            } catch {
                guard case .refused(let reason) = error else { throw error }
                return .refused(reason)
            }
            let expected = try PlainRows(bytes, form, end: tail.start)
            #expect(scan.rowCount == expected.rows.count, comment)
            guard scan.rowCount == expected.rows.count else { return .filled([], findings: []) }
            #expect((0..<scan.rowCount).map(scan.places.line) == expected.lines, comment)
            #expect((0..<scan.rowCount).map(scan.places.offset) == expected.offsets, comment)
            for (column, target) in targets.enumerated() {
                let fields = expected.rows.map { $0[column] }
                switch target {
                case .key(let dictionary):
                    let found = (0..<scan.rowCount).map { dictionary.string(dictionary.index(ofRow: $0)) }
                    #expect(found == fields, comment)
                    #expect((0..<dictionary.count).map(dictionary.firstRow) == firstRows(fields), comment)
                case .figure(let builder):
                    try expectSame(builder, fields, reader, scan.palette.marks, comment)
                }
            }
            return .filled(expected.rows, findings: scan.findings)
        }
    }

    /// The first row of each different text, in their order.
    private func firstRows(_ texts: [String]) -> [Int] {
        var seen = Set<[UInt8]>()
        return texts.indices.filter { seen.insert(Array(texts[$0].utf8)).inserted }
    }

    private func expectSame(
        _ builder: FigureColumnBuilder, _ fields: [String], _ reader: FigureReader, _ palette: [Mark],
        _ comment: Comment
    ) throws {
        let column = try builder.finish().get()
        var (values, marks): ([Int64], [Mark]) = ([], [])
        var most = 0
        for field in fields {
            switch Array(field.utf8).withUnsafeBufferPointer(reader.read) {
            case .number(let number, let decimals, let mark):
                values.append(number * ScaledDecimal.powerOfTen(column.decimals - decimals))
                marks.append(mark)
                most = max(most, decimals)
            case .symbol(let mark):
                values.append(0)
                marks.append(mark)
            case .blank:
                values.append(0)
                marks.append(Mark(.blank))
            case .overflow, .other: Issue.record("`\(field)` was taken for a figure; \(comment)")
            }
        }
        #expect(column.decimals == most, comment)
        #expect(column.values == values, comment)
        #expect(column.marks.map { palette[Int($0)] } == marks, comment)
    }

    /// The rows of a file, cut field by field with nothing carried over.
    private struct PlainRows {
        var rows: [[String]] = []
        var lines: [Int] = []
        var offsets: [Int] = []

        init(_ bytes: UnsafeBufferPointer<UInt8>, _ form: DelimitedForm, end: Int) throws {
            var (position, line) = (form.bodyStart, form.bodyLine)
            var fields: [Field] = []
            while position < end {
                if bytes[position...].starts(with: [0xEF, 0xBB, 0xBF]) { position += 3 }
                var records = RecordScanner(
                    bytes, delimiter: form.delimiter, position: position, line: line, lineLimit: .max)
                // Behind a byte order mark nothing may stand.
                if try records.next(&fields) != nil {
                    let texts = fields.map(records.scanner.string)
                    let isBlank = texts.allSatisfy { $0.allSatisfy { $0 == "\"" } }
                    if !isBlank, texts != form.header {
                        rows.append(texts)
                        lines.append(line)
                        offsets.append(position)
                    }
                }
                (position, line) = (records.position, records.line)
            }
        }
    }

    @Test func digitsAreReadAtOnceAsOneByOne() {
        var numbers = SeededNumbers(5)
        for _ in 0..<100_000 {
            let bytes = (0..<8).map { _ in
                Int.random(in: 0..<6, using: &numbers) == 0
                    ? UInt8.random(in: 0...255, using: &numbers) : UInt8.random(in: 0x30...0x39, using: &numbers)
            }
            let word = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let digits = bytes.prefix { NumberShape.isDigit($0) }
            let (count, number) = EightDigits.leading(word)
            #expect(count == digits.count)
            #expect(number == digits.reduce(0) { $0 * 10 + UInt64($1 - 0x30) })
        }
    }

    @Test func buffersGiveTheirValuesAway() {
        for count in [0, 1, 5, 1023, 1024, 65_536, 300_000] {
            for reserved in [1, count, 2 * count + 1] {
                let buffer = ColumnBuffer<UInt32>(capacity: reserved)
                for value in 0..<count { buffer.append(UInt32(value)) }
                #expect(buffer.take() == (0..<count).map { UInt32($0) })
                #expect(buffer.count == 0)
                buffer.append(3)
                #expect(Array(buffer.values) == [3])
                buffer.removeAll()
                #expect(buffer.count == 0)
                buffer.append(4)
                #expect(Array(buffer.values) == [4])
                buffer.deallocate()
            }
        }
    }
}
