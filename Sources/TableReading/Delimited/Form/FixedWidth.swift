import Annals
import Definitions

/// Text of fixed width, cut as a definition says and written anew with a delimiter that no text has.
///
/// So it takes the way of every other table. Lines keep their numbers; the columns of messages are those of the definition.
enum FixedWidth {
    /// The unit separator of ASCII.
    static let delimiter: UInt8 = 0x1F

    /// - Throws: A line with the delimiter in it.
    static func delimited(
        _ text: UnsafeBufferPointer<UInt8>, _ positions: [DatasetDefinition.Layout.Position]
    ) throws(Reason) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count + text.count / 4)
        var start = 0
        var number = 1
        while start < text.count {
            let end = text[start...].firstIndex(of: 0x0A) ?? text.count
            let line = UnsafeBufferPointer(rebasing: text[start..<end])
            guard !line.contains(delimiter), !line.contains(0x22) else {
                throw Reason(
                    "A line of fixed width has a quote or a control character in it", line: number,
                    expected: "letters, digits and spaces", remedy: "Export the table as CSV")
            }
            append(line, positions, to: &bytes)
            if end < text.count { bytes.append(0x0A) }
            start = end + 1
            number += 1
        }
        return bytes
    }

    private static func append(
        _ line: UnsafeBufferPointer<UInt8>, _ positions: [DatasetDefinition.Layout.Position], to bytes: inout [UInt8]
    ) {
        // Where nothing but ASCII stands, a byte is a character.
        let isPlain = FieldText.isPlain(line) || line.allSatisfy { $0 < 0x80 }
        let characters = isPlain ? [] : Array(FieldText.string(line))
        let count = isPlain ? line.count : characters.count
        if line.allSatisfy({ Whitespace.isASCII($0) }) { return }
        for (place, position) in positions.enumerated() {
            if place > 0 { bytes.append(delimiter) }
            let (first, last) = (min(position.first - 1, count), min(position.last, count))
            if isPlain {
                let range = Whitespace.trimmed(line, first..<last)
                bytes.append(contentsOf: line[range])
            } else {
                bytes.append(contentsOf: FieldText.withoutWhitespace(String(characters[first..<last])).utf8)
            }
        }
    }
}
