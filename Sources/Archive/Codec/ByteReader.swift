/// Takes numbers and bytes from the front of bytes that may say anything.
///
/// Every read is checked against the end; nothing is allocated before it is known to be there.
struct ByteReader {
    /// What is being read, for errors: `commit`, `key space`.
    let what: String
    private let bytes: [UInt8]
    private(set) var position: Int
    let end: Int

    init(_ bytes: [UInt8], what: String) {
        self.init(bytes, range: 0..<bytes.count, what: what)
    }

    /// Reads a part of an array without copying it.
    init(_ bytes: [UInt8], range: Range<Int>, what: String) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a part of the bytes")
        self.bytes = bytes
        self.what = what
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }
    var remaining: Int { end - position }

    /// An error about the place that is being read.
    func malformed(_ problem: String) -> ArchiveError { .malformed(what, "\(problem), at byte \(position)") }

    mutating func byte() throws(ArchiveError) -> UInt8 {
        guard position < end else { throw malformed("ends early") }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number of up to 64 bits, seven a byte, lowest first (LEB128); only the shortest form is taken.
    mutating func varint() throws(ArchiveError) -> UInt64 {
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
    mutating func count(upTo limit: Int) throws(ArchiveError) -> Int {
        let number = try varint()
        guard number <= UInt64(limit) else { throw malformed("\(number) where at most \(limit) may be") }
        return Int(number)
    }

    /// The next bytes as a range of ``array``.
    mutating func range(_ count: Int) throws(ArchiveError) -> Range<Int> {
        guard count >= 0, count <= remaining else { throw malformed("\(count) bytes wanted, \(remaining) there") }
        defer { position += count }
        return position..<position + count
    }

    /// The array that ranges refer to.
    var array: [UInt8] { bytes }

    /// Text of that many bytes; refused where they are no UTF-8.
    mutating func text(_ count: Int) throws(ArchiveError) -> String {
        let range = try range(count)
        guard let text = String(validating: bytes[range], as: UTF8.self) else { throw malformed("text is no UTF-8") }
        return text
    }
}

/// How numbers become bytes.
enum Varint {
    /// Appends a number, seven bits a byte, lowest first.
    static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A signed number so that small ones of either sign are short: 0, -1, 1, -2 become 0, 1, 2, 3.
    static func zigzag(_ number: Int64) -> UInt64 { UInt64(bitPattern: (number << 1) ^ (number >> 63)) }

    /// The inverse of ``zigzag(_:)``.
    static func unzigzag(_ number: UInt64) -> Int64 { Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1) }
}
