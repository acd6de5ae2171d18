/// Takes numbers and bytes from the front of bytes that may say anything.
///
/// Every read is checked against the end; nothing is allocated before it is known to be there.
package struct ByteReader {
    /// What is being read, for errors: `commit`, `key space`.
    package let what: String
    private let bytes: [UInt8]
    package private(set) var position: Int
    package let end: Int

    package init(_ bytes: [UInt8], what: String) {
        self.init(bytes, range: 0..<bytes.count, what: what)
    }

    /// Reads a part of an array without copying it.
    package init(_ bytes: [UInt8], range: Range<Int>, what: String) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a part of the bytes")
        self.bytes = bytes
        self.what = what
        position = range.lowerBound
        end = range.upperBound
    }

    /// Whether everything was taken.
    package var isAtEnd: Bool { position == end }
    package var remaining: Int { end - position }

    /// An error about the place that is being read.
    package func malformed(_ problem: String) -> CodingError { .malformed(what, "\(problem), at byte \(position)") }

    /// The next byte.
    package mutating func byte() throws(CodingError) -> UInt8 {
        guard position < end else { throw malformed("ends early") }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number of up to 64 bits, seven a byte, lowest first (LEB128); only the shortest form is taken.
    package mutating func varint() throws(CodingError) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            if shift == 63, byte > 1 { throw malformed("number over 64 bits") }
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 {
                if byte == 0, shift > 0 { throw malformed("number not in its shortest form") }
                return number
            }
            shift += 7
        }
    }

    /// A number within a range.
    package mutating func count(upTo limit: Int) throws(CodingError) -> Int {
        let number = try varint()
        guard number <= UInt64(limit) else { throw malformed("\(number) where at most \(limit) may be") }
        return Int(number)
    }

    /// The next bytes as a range of ``array``.
    package mutating func range(_ count: Int) throws(CodingError) -> Range<Int> {
        guard count >= 0, count <= remaining else { throw malformed("\(count) bytes wanted, \(remaining) there") }
        defer { position += count }
        return position..<position + count
    }

    /// The array that ranges refer to.
    package var array: [UInt8] { bytes }

    /// Text of that many bytes; refused where they are no UTF-8.
    package mutating func text(_ count: Int) throws(CodingError) -> String {
        let range = try range(count)
        guard let text = String(validating: bytes[range], as: UTF8.self) else { throw malformed("text is no UTF-8") }
        return text
    }
}
