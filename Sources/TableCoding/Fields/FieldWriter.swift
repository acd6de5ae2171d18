package import Annals

/// Writes tagged fields: number and type, then a varint or a length and bytes.
///
/// The bytes are those of protocol buffers' wire types 0 and 2, in the order in which they are written, so equal values
/// have equal bytes. A reader skips the numbers that it doesn't know.
package struct FieldWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// A number without a sign.
    package mutating func number(_ field: Int, _ value: UInt64) {
        tag(field, 0)
        Varint.append(value, to: &bytes)
    }

    /// A count, which is never below zero.
    package mutating func number(_ field: Int, _ value: Int) {
        precondition(value >= 0, "counts are not negative")
        number(field, UInt64(value))
    }

    /// Zigzag, so that numbers below zero are short too.
    package mutating func signed(_ field: Int, _ value: Int64) { number(field, Varint.zigzag(value)) }

    /// Bytes as they are.
    package mutating func data(_ field: Int, _ value: some Collection<UInt8>) {
        tag(field, 2)
        Varint.append(UInt64(value.count), to: &bytes)
        bytes.append(contentsOf: value)
    }

    /// Text as UTF-8.
    package mutating func text(_ field: Int, _ value: String) { data(field, value.utf8) }

    /// The 32 bytes of one.
    package mutating func digest(_ field: Int, _ value: Digest) { data(field, value.bytes) }

    /// Digests one after another in one field.
    package mutating func digests(_ field: Int, _ values: [Digest]) { data(field, values.flatMap(\.bytes)) }

    /// A message within the message.
    package mutating func message(_ field: Int, _ write: (inout FieldWriter) -> Void) {
        var inner = FieldWriter()
        write(&inner)
        data(field, inner.bytes)
    }

    private mutating func tag(_ field: Int, _ type: UInt64) { Varint.append(UInt64(field) << 3 | type, to: &bytes) }
}
