import Annals
import Glibc

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

    /// Whether a byte stands in what a sample looks at, so that it may part its fields.
    static func mayHold(_ byte: UInt8, _ text: UnsafeBufferPointer<UInt8>, lineLimit: Int) -> Bool {
        let (count, overflow) = maximumBytes.addingReportingOverflow(lineLimit)
        let sample = overflow ? text : UnsafeBufferPointer(rebasing: text.prefix(count))
        return sample.baseAddress.map { memchr($0, Int32(byte), sample.count) != nil } ?? false
    }
}
