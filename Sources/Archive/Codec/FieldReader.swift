internal import Annals

/// Reads what ``FieldWriter`` wrote, from bytes that may say anything.
struct FieldReader {
    /// One field: its number, and where its value is.
    struct Field {
        let number: UInt64
        fileprivate let value: Value

        fileprivate enum Value {
            case number(UInt64)
            case bytes(Range<Int>)
        }
    }

    private var reader: ByteReader
    /// What was decoded before, where it is likely to come again.
    let memory: DecodedAudits?

    init(_ bytes: [UInt8], what: String) { self.init(bytes, range: 0..<bytes.count, what: what) }

    init(_ bytes: [UInt8], range: Range<Int>, what: String, memory: DecodedAudits? = nil) {
        reader = ByteReader(bytes, range: range, what: what)
        self.memory = memory
    }

    /// The next field, or nil at the end.
    mutating func next() throws(ArchiveError) -> Field? {
        if reader.isAtEnd { return nil }
        let tag = try reader.varint()
        guard tag >> 3 > 0 else { throw malformed("field number 0") }
        switch tag & 7 {
        case 0: return Field(number: tag >> 3, value: .number(try reader.varint()))
        case 2:
            let count = try reader.count(upTo: reader.end)
            return Field(number: tag >> 3, value: .bytes(try reader.range(count)))
        default: throw malformed("wire type \(tag & 7) of field \(tag >> 3)")
        }
    }

    func malformed(_ problem: String) -> ArchiveError { reader.malformed(problem) }

    func number(_ field: Field) throws(ArchiveError) -> UInt64 {
        guard case .number(let number) = field.value else { throw malformed("field \(field.number) is no number") }
        return number
    }

    func signed(_ field: Field) throws(ArchiveError) -> Int64 { Varint.unzigzag(try number(field)) }

    /// An instant of the years 0 to 9999, so that arithmetic on it can't overflow.
    func instant(_ field: Field) throws(ArchiveError) -> Instant {
        let microseconds = try signed(field)
        guard (-62_167_219_200_000_000..<253_402_300_800_000_000).contains(microseconds) else {
            throw malformed("field \(field.number) is no instant of four-digit years")
        }
        return Instant(microseconds: microseconds)
    }

    /// A number that must lie in a range.
    func integer(_ field: Field, in range: ClosedRange<Int>) throws(ArchiveError) -> Int {
        let number = try number(field)
        guard let integer = Int(exactly: number), range.contains(integer) else {
            throw malformed("field \(field.number) is \(number), out of range")
        }
        return integer
    }

    func flag(_ field: Field) throws(ArchiveError) -> Bool { try integer(field, in: 0...1) == 1 }

    func data(_ field: Field) throws(ArchiveError) -> [UInt8] { Array(reader.array[try range(field)]) }

    func text(_ field: Field) throws(ArchiveError) -> String {
        let range = try range(field)
        // Nearly all text of a commit; validating is generic, and far slower than this for a few letters.
        let plain = reader.array.withUnsafeBufferPointer { bytes -> String? in
            let text = UnsafeBufferPointer(rebasing: bytes[range])
            return text.allSatisfy { $0 < 0x80 } ? String(decoding: text, as: UTF8.self) : nil
        }
        if let plain { return plain }
        guard let text = String(validating: reader.array[range], as: UTF8.self) else {
            throw malformed("field \(field.number) is no UTF-8")
        }
        return text
    }

    /// A word of a closed set.
    func word<Word: RawRepresentable<String>>(_ field: Field) throws(ArchiveError) -> Word {
        let text = try text(field)
        guard let word = Word(rawValue: text) else { throw malformed("field \(field.number) has an unknown word") }
        return word
    }

    func digest(_ field: Field) throws(ArchiveError) -> Digest {
        guard let digest = Digest(bytes: reader.array[try range(field)]) else {
            throw malformed("field \(field.number) is no digest")
        }
        return digest
    }

    func digests(_ field: Field) throws(ArchiveError) -> [Digest] {
        let range = try range(field)
        guard range.count.isMultiple(of: Digest.byteCount) else {
            throw malformed("field \(field.number) is no list of digests")
        }
        return stride(from: range.lowerBound, to: range.upperBound, by: Digest.byteCount).compactMap { start in
            Digest(bytes: reader.array[start..<start + Digest.byteCount])
        }
    }

    /// The reader of a message within the message.
    func message(_ field: Field, what: String) throws(ArchiveError) -> FieldReader {
        FieldReader(reader.array, range: try range(field), what: what, memory: memory)
    }

    /// An audit, from memory where the same bytes came before.
    func audit(_ field: Field) throws(ArchiveError) -> Audit {
        let range = try range(field)
        if let known = memory?.audit(of: reader.array, in: range) { return known }
        let audit = try Audit(decoding: message(field, what: "audit"))
        memory?.keep(audit, of: reader.array[range])
        return audit
    }

    private func range(_ field: Field) throws(ArchiveError) -> Range<Int> {
        guard case .bytes(let range) = field.value else { throw malformed("field \(field.number) is a number") }
        return range
    }
}
