import Annals

/// The first records of a delimited text, cut into fields: what the delimiter was told by, and what is surveyed first.
struct RecordSample: Sendable {
    /// One record that isn't blank.
    struct Record {
        var start: Int
        /// Counts from 1.
        var line: Int
        /// Among ``RecordSample/fields``.
        var fields: Range<Int>
        /// Offset and line of what follows it.
        var next: (position: Int, line: Int)
    }

    private(set) var records: [Record] = []
    /// The fields of all records, one behind another.
    private(set) var fields: [Field] = []
    /// Offset and line of the first record behind the sample.
    private(set) var end = (position: 0, line: 1)

    private static let maximumRecords = 300
    private static let maximumBytes = 1 << 20

    /// Cuts until there are enough records, or one can't be cut; whoever reads the file says why.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - start: Offset and line of the first record that is looked at.
    ///   - delimiter: Parts the fields.
    ///   - lineLimit: The longest line.
    init(
        _ text: UnsafeBufferPointer<UInt8>, from start: (position: Int, line: Int) = (0, 1), delimiter: UInt8,
        lineLimit: Int
    ) {
        var scanner = RecordScanner(
            text, delimiter: delimiter, position: start.position, line: start.line, lineLimit: lineLimit)
        end = start
        reserve(text, from: start.position, delimiter: delimiter)
        while records.count < Self.maximumRecords, scanner.position - start.position < Self.maximumBytes {
            end = (scanner.position, scanner.line)
            let first = fields.count
            // The reason is given again when the record is read.
            guard let line = try? scanner.next(appendingTo: &fields) else {
                fields.removeSubrange(first...)
                return
            }
            let isBlank = fields.count == first + 1 && fields[first].start == fields[first].end
            // "sep=;" tells a spreadsheet program the delimiter; it is no part of the table.
            if isBlank || end.position == 0 && text.prefix(4).elementsEqual("sep=".utf8) {
                fields.removeSubrange(first...)
                continue
            }
            records.append(
                Record(
                    start: end.position, line: line, fields: first..<fields.count,
                    next: (scanner.position, scanner.line)))
        }
        end = (scanner.position, scanner.line)
    }

    /// Makes room for as many records as there are lines like the first one.
    private mutating func reserve(_ text: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8) {
        let end = ByteSearch.first(0x0A, in: text, from: start) ?? text.count
        guard start < end else { return }
        // Rows may be a little shorter than the heading.
        let lines = min(Self.maximumRecords, (text.count - start) / (end - start) * 5 / 4 + 1)
        let parts = text[start..<end].reduce(1) { $1 == delimiter ? $0 + 1 : $0 }
        records.reserveCapacity(lines)
        fields.reserveCapacity(min(lines * parts, Self.mostReserved))
    }

    /// Fields that are made room for at once, however wide the first line is.
    private static let mostReserved = 1 << 14

    /// How many records have so many fields, of those that have more than one.
    var widths: [Int: Int] {
        var widths: [Int: Int] = [:]
        var (width, run) = (0, 0)
        // Most records are as wide as the one before.
        for record in records {
            if record.fields.count == width {
                run += 1
                continue
            }
            if width > 1 { widths[width, default: 0] += run }
            (width, run) = (record.fields.count, 1)
        }
        if width > 1 { widths[width, default: 0] += run }
        return widths
    }

    /// Whether a byte stands in what a sample looks at, so that it may part its fields.
    static func mayHold(_ byte: UInt8, _ text: UnsafeBufferPointer<UInt8>, lineLimit: Int) -> Bool {
        let (count, overflow) = maximumBytes.addingReportingOverflow(lineLimit)
        let sample = overflow ? text : UnsafeBufferPointer(rebasing: text.prefix(count))
        return ByteSearch.holds(byte, sample)
    }
}
