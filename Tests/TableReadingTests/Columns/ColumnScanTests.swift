import Annals
import Definitions
import TestSupport
import Testing

@testable import TableReading

/// The scan with its short paths against fields cut one by one.
@Suite struct ColumnScanTests {
    /// As texts may stand in a file: some begin as others do, some differ by their quotes alone.
    private static let texts = [
        "North", "\"North\"", " North ", "\"A, B\"", "\"A \"\"B\"\"\"", "N", "No", "\"N\"", "South\t", "\"Line\nend\"",
        "Østfold", "a label that is longer than eight bytes", "a label that is longer than eight", "",
    ]
    private static let figures = [
        "0", "7", "12", "-5", "99999999", "123456789", "1234567890123", "\"44\"", "1.5", "20.25",
    ]

    @Test(arguments: 0..<300) func columnsHoldWhatTheFieldsSay(seed: Int) throws {
        var numbers = SeededNumbers(UInt64(seed))
        let keyCount = Int.random(in: 1...4, using: &numbers)
        let isInFront = Int.random(in: 0..<4, using: &numbers) > 0
        var text = (["sex", "age", "kind", "origin"].prefix(keyCount) + ["births"]).joined(separator: ",") + "\n"
        var keys = (0..<keyCount).map { _ in Self.texts[0] }
        for row in 0..<Int.random(in: 20...150, using: &numbers) {
            for place in keys.indices.reversed() where row > 9 {
                keys[place] = Self.texts.randomElement(using: &numbers) ?? keys[place]
                if Int.random(in: 0..<3, using: &numbers) > 0 { break }
            }
            let figure = Self.figures.randomElement(using: &numbers) ?? "1"
            // A row that begins with an empty field may be no row at all.
            let fields = isInFront ? ["r\(row / 30)"] + keys + [figure] : [figure] + keys + ["r\(row / 30)"]
            text += fields.joined(separator: ",") + (row % 11 == 3 ? "\r\n" : "\n")
            if row > 9, Int.random(in: 0..<20, using: &numbers) == 0 { text += "\n" }
        }
        // A line break inside the last row would be looked at as a line of notes.
        let plain = keys.map { _ in Self.texts[0] }
        text += (isInFront ? ["r9"] + plain + ["7"] : ["7"] + plain + ["r9"]).joined(separator: ",") + "\n"
        let heading = text.prefix { $0 != "\n" }
        text =
            (isInFront ? "region,\(heading)\n" : "births,\(heading.dropLast(7)),region\n")
            + text.dropFirst(heading.count + 1)
        for threads in [1, 4] {
            try expectSame(text, figureColumn: isInFront ? keyCount + 1 : 0, threads: threads, "seed \(seed)")
        }
    }

    private func expectSame(_ text: String, figureColumn: Int, threads: Int, _ comment: Comment) throws {
        try Array(text.utf8).withUnsafeBufferPointer { bytes in
            let limits = ReadingLimits(threads: threads, threadBytes: 200)
            let form = try #require(DelimitedForm(bytes, lineLimit: limits.lineBytes), comment)
            let dialect = try #require(Definitions.builtIn.dialects["generic"], comment)
            let style = NumberStyle(decimalMark: ".", grouping: [])
            let targets = form.header.indices.map { column in
                column == figureColumn
                    ? ColumnScan.Target.figure(FigureColumnBuilder())
                    : .key(KeyDictionary(delimiter: form.delimiter))
            }
            var scan = ColumnScan(
                ColumnScan.Setting(
                    text: bytes, form: form, tail: TableTail(bytes, form: form),
                    readers: form.header.map { _ in FigureReader(dialect: dialect, style: style) },
                    glyphs: GlyphRefusal(definitions: .builtIn, dialect: dialect.name), limits: limits, isFinal: true,
                    keepsOffsets: false), targets: targets, start: form.bodyStart)
            try ScanPieces.run(&scan)
            let expected = try rows(bytes, form)
            #expect(scan.rowCount == expected.count, comment)
            for (column, target) in targets.enumerated() {
                switch target {
                case .key(let dictionary):
                    let found = (0..<scan.rowCount).map { dictionary.string(dictionary.index(ofRow: $0)) }
                    #expect(found == expected.map { $0[column] }, comment)
                case .figure(let builder):
                    let figures = try builder.finish().get()
                    let found = figures.values.map { ScaledDecimal.text($0, decimals: figures.decimals) }
                    #expect(found == expected.map { Self.padded($0[column], to: figures.decimals) }, comment)
                }
            }
        }
    }

    /// The fields of every row that isn't blank.
    private func rows(_ bytes: UnsafeBufferPointer<UInt8>, _ form: DelimitedForm) throws -> [[String]] {
        var records = RecordScanner(
            bytes, delimiter: form.delimiter, position: form.bodyStart, line: form.bodyLine, lineLimit: .max)
        var (fields, rows): ([Field], [[String]]) = ([], [])
        while try records.next(&fields) != nil {
            if fields.count > 1 { rows.append(fields.map(records.scanner.string)) }
        }
        return rows
    }

    /// A figure with zeros behind, as its column has decimals.
    private static func padded(_ figure: String, to decimals: Int) -> String {
        let parts = figure.split(separator: ".")
        guard decimals > 0, let whole = parts.first else { return figure }
        let digits = parts.count > 1 ? String(parts[1]) : ""
        return "\(whole).\(digits)\(String(repeating: "0", count: decimals - digits.count))"
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

    @Test func largeBuffersGiveTheirValuesAway() {
        for count in [0, 1, 5, 65_535, 65_536, 300_000] {
            for reserved in [1, count, 2 * count + 1] {
                let buffer = ColumnBuffer<UInt32>(capacity: reserved)
                for value in 0..<count / 2 { buffer.append(UInt32(value)) }
                buffer.fill(with: 7, to: count)
                let values = buffer.take()
                #expect(values.count == count)
                #expect(values == (0..<count).map { $0 < count / 2 ? UInt32($0) : 7 })
                #expect(buffer.count == 0)
                buffer.append(3)
                #expect(Array(buffer.values) == [3])
                buffer.deallocate()
            }
        }
    }
}
