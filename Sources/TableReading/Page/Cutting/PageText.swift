import Annals

/// A page's text cut into lines and fields, each a range of its bytes; nothing of it is copied.
///
/// The beginning is cut to see whether the file is a page, the rest once it is.
struct PageText: Sendable {
    /// A piece of the text; a page is far shorter than 4 GiB.
    struct Piece {
        var start: UInt32
        var end: UInt32

        init(_ range: Range<Int>) {
            start = UInt32(range.lowerBound)
            end = UInt32(range.upperBound)
        }

        @inline(__always)
        var isEmpty: Bool { start == end }

        @inline(__always)
        var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// Valid UTF-8; the storage is the decoded text's.
    private let bytes: [UInt8]
    private(set) var lines: [PageLine] = []
    /// The fields of all lines, one behind another.
    private(set) var fields: [Piece] = []
    /// Offset of the first line that isn't cut yet.
    private var position: Int
    let separator: PageSeparator

    /// Nothing is cut at first.
    init(_ text: DecodedText, separator: PageSeparator = .tabs) {
        self.separator = separator
        bytes = text.bytes
        position = text.start
    }

    /// Cuts whole lines, up to the one in which that many bytes from the beginning of the text end; all for nil.
    ///
    /// - Throws: The first line that is longer than the limit.
    mutating func cut(beginning count: Int?, lineLimit: Int) throws(Reason) {
        let end = count.flatMap { count -> Int? in
            bytes.count - position > count ? bytes[(position + count)...].firstIndex(of: 0x0A) : nil
        }
        let limit = end ?? bytes.count
        while position < limit {
            let end = endOfLine()
            guard end - position <= lineLimit else {
                throw LineLimit.reason(line: lines.count + 1, limit: lineLimit)
            }
            let line = bytes.withUnsafeBufferPointer {
                PageLine($0, position..<end, number: lines.count + 1, separator, fields: &fields)
            }
            lines.append(line)
            position = end + 1
        }
    }

    private func endOfLine() -> Int { bytes[position...].firstIndex(of: 0x0A) ?? bytes.count }

    /// Runs over the bytes of a piece.
    @inline(__always)
    func withBytes<Result>(_ piece: Piece, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[piece.range])) }
    }

    /// Takes a line for one of fields, or for one of others.
    mutating func replace(line index: Int, fields pieces: [Piece]) {
        lines[index].form = .fields(fields.count..<fields.count + pieces.count)
        fields += pieces
    }

    /// Whether a space stands in front of a line's text.
    func isIndented(_ index: Int) -> Bool {
        let start = Int(lines[index].text.start)
        return start > 0 && bytes[start - 1] == 0x20
    }

    /// How many characters stand in front of a byte in its line.
    func place(_ offset: Int) -> Int {
        var (index, count) = (offset, 0)
        while index > 0, bytes[index - 1] != 0x0A {
            index -= 1
            if bytes[index] & 0xC0 != 0x80 { count += 1 }
        }
        return count
    }

    func string(_ piece: Piece) -> String { String(decoding: bytes[piece.range], as: UTF8.self) }
}
