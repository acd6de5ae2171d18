package import Annals

/// Reads what ``FieldWriter`` wrote, from bytes that may say anything.
package struct FieldReader {
    /// One field: its number, and where its value is.
    package struct Field {
        package let number: UInt64
        fileprivate let value: Value

        fileprivate enum Value {
            case number(UInt64)
            case bytes(Range<Int>)
        }
    }

    private var reader: ByteReader
    /// What was decoded before, where it is likely to come again.
    package let memory: DecodedAudits?
    /// Whether an instant outside of its domain is brought into it, rather than refused.
    ///
    /// Logs of earlier versions have such instants.
    package let bringsInstantsIntoDomain: Bool

    package init(_ bytes: [UInt8], what: String) { self.init(bytes, range: 0..<bytes.count, what: what) }

    package init(
        _ bytes: [UInt8], range: Range<Int>, what: String, memory: DecodedAudits? = nil,
        bringsInstantsIntoDomain: Bool = false
    ) {
        reader = ByteReader(bytes, range: range, what: what)
        self.memory = memory
        self.bringsInstantsIntoDomain = bringsInstantsIntoDomain
    }

    /// The next field, or nil at the end.
    package mutating func next() throws(CodingError) -> Field? {
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

    /// An error about the place that is being read.
    package func malformed(_ problem: String) -> CodingError { reader.malformed(problem) }

    /// A number of up to 64 bits.
    package func number(_ field: Field) throws(CodingError) -> UInt64 {
        guard case .number(let number) = field.value else { throw malformed("field \(field.number) is no number") }
        return number
    }

    /// A number that was written zigzag.
    package func signed(_ field: Field) throws(CodingError) -> Int64 { Varint.unzigzag(try number(field)) }

    /// An instant of ``Instant/domain``.
    package func instant(_ field: Field) throws(CodingError) -> Instant {
        let instant = Instant(microseconds: try signed(field))
        if Instant.domain.contains(instant) { return instant }
        guard bringsInstantsIntoDomain else {
            throw malformed("field \(field.number) is no instant of the years 1 to 9999")
        }
        return instant.inDomain
    }

    /// A number that must lie in a range.
    package func integer(_ field: Field, in range: ClosedRange<Int>) throws(CodingError) -> Int {
        let number = try number(field)
        guard let integer = Int(exactly: number), range.contains(integer) else {
            throw malformed("field \(field.number) is \(number), out of range")
        }
        return integer
    }

    /// 0 or 1.
    package func flag(_ field: Field) throws(CodingError) -> Bool { try integer(field, in: 0...1) == 1 }

    /// Bytes as they are.
    package func data(_ field: Field) throws(CodingError) -> [UInt8] { Array(reader.array[try range(field)]) }

    /// Text; refused where it is no UTF-8.
    package func text(_ field: Field) throws(CodingError) -> String {
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
    package func word<Word: RawRepresentable<String>>(_ field: Field) throws(CodingError) -> Word {
        let text = try text(field)
        guard let word = Word(rawValue: text) else { throw malformed("field \(field.number) has an unknown word") }
        return word
    }

    /// Exactly 32 bytes.
    package func digest(_ field: Field) throws(CodingError) -> Digest {
        guard let digest = Digest(bytes: reader.array[try range(field)]) else {
            throw malformed("field \(field.number) is no digest")
        }
        return digest
    }

    /// Digests one after another.
    package func digests(_ field: Field) throws(CodingError) -> [Digest] {
        let range = try range(field)
        guard range.count.isMultiple(of: Digest.byteCount) else {
            throw malformed("field \(field.number) is no list of digests")
        }
        return stride(from: range.lowerBound, to: range.upperBound, by: Digest.byteCount).compactMap { start in
            Digest(bytes: reader.array[start..<start + Digest.byteCount])
        }
    }

    /// The reader of a message within the message.
    package func message(_ field: Field, what: String) throws(CodingError) -> FieldReader {
        FieldReader(
            reader.array, range: try range(field), what: what, memory: memory,
            bringsInstantsIntoDomain: bringsInstantsIntoDomain)
    }

    /// An audit, from memory where the same bytes came before.
    package func audit(_ field: Field) throws(CodingError) -> Audit {
        let range = try range(field)
        if let known = memory?.audit(of: reader.array, in: range) { return known }
        let audit = try Audit(decoding: message(field, what: "audit"))
        memory?.keep(audit, of: reader.array[range])
        return audit
    }

    private func range(_ field: Field) throws(CodingError) -> Range<Int> {
        guard case .bytes(let range) = field.value else { throw malformed("field \(field.number) is a number") }
        return range
    }

    /// A dataset's slug.
    package func dataset(_ field: Field) throws(CodingError) -> DatasetID {
        guard let dataset = DatasetID(try text(field)) else { throw malformed("field \(field.number) is no slug") }
        return dataset
    }
}
