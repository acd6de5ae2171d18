import Annals

/// What has its JSON written by hand, field by field: words of the domain, whose fields JSON says in part or otherwise, and
/// reports with so many parts that an encoder for each would take most of the time.
///
/// Reports are plain `Encodable` types instead (``JSONWriter/encode(_:)``).
package protocol JSONWritable {
    /// Writes exactly one JSON value.
    func write(to json: inout JSONWriter)
}

extension JSONWritable {
    /// As JSON.
    package var json: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}

/// Writes JSON straight to bytes: keys in the order given, figures exactly as many decimals as their measure has.
///
/// Figures never pass through binary floating point. The caller keeps objects and arrays balanced.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    // MARK: Structure

    /// Opens an object.
    package mutating func beginObject() { open(0x7B) }

    /// Closes the innermost object.
    package mutating func endObject() { close(0x7D) }

    /// Opens an array.
    package mutating func beginArray() { open(0x5B) }

    /// Closes the innermost array.
    package mutating func endArray() { close(0x5D) }

    /// Writes an object whose fields the body writes.
    package mutating func object<Failure: Error>(_ body: (inout JSONWriter) throws(Failure) -> Void) throws(Failure) {
        beginObject()
        try body(&self)
        endObject()
    }

    /// Writes a field's name; its value must follow.
    package mutating func key(_ name: String) {
        string(name)
        bytes.append(0x3A)
        needsComma = false
    }

    /// Writes the name of a field that a type calls `lastDrops`: `last_drops`.
    package mutating func key(snakeCasing name: String) {
        key(name.utf8.contains(where: Self.isUppercase) ? Self.snakeCase(name) : name)
    }

    /// `lastDrops` as `last_drops`.
    package static func snakeCase(_ name: String) -> String {
        var snake: [UInt8] = []
        for byte in name.utf8 {
            if isUppercase(byte) { snake.append(0x5F) }
            snake.append(isUppercase(byte) ? byte | 0x20 : byte)
        }
        return String(decoding: snake, as: UTF8.self)
    }

    @inline(__always)
    private static func isUppercase(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    // MARK: Values

    /// Writes text, escaped.
    package mutating func string(_ text: String) {
        separate()
        Self.append(quoted: text, to: &bytes)
        needsComma = true
    }

    /// Writes a whole number.
    package mutating func integer(_ number: some BinaryInteger) { raw(String(number).utf8) }

    /// Writes `true` or `false`.
    package mutating func bool(_ flag: Bool) { raw((flag ? "true" : "false").utf8) }

    /// Writes `null`.
    package mutating func null() { raw("null".utf8) }

    /// A figure scaled by its number of decimals, with exactly that many; null where there is none.
    package mutating func figure(_ value: Int64?, decimals: Int) {
        guard let value else { return null() }
        separate()
        ScaledDecimal.append(value, decimals: decimals, to: &bytes)
        needsComma = true
    }

    /// The same of a difference of two figures, which may need more than their 64 bits.
    package mutating func figure(difference: Int128?, decimals: Int) {
        if let difference, Int64(exactly: difference) == nil {
            return raw(ScaledDecimal.text(difference: difference, decimals: decimals).utf8)
        }
        figure(difference.flatMap { Int64(exactly: $0) }, decimals: decimals)
    }

    /// Bytes that are a JSON value already.
    package mutating func raw(_ value: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: value)
        needsComma = true
    }

    /// Writes an array of texts.
    package mutating func array(_ values: some Sequence<String>) {
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// Writes an array of things that know their own shape.
    package mutating func array<Value: JSONWritable>(_ values: some Sequence<Value>) {
        beginArray()
        for value in values { value.write(to: &self) }
        endArray()
    }

    // MARK: Taking what was written

    /// Gives what was written so far and goes on with an empty buffer, so that an answer leaves in pieces.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    // MARK: Inside

    private mutating func separate() {
        if needsComma { bytes.append(0x2C) }
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    /// Appends text in quotes, with everything escaped that RFC 8259 wants escaped.
    ///
    /// And everything that would control a terminal (``TerminalText``): the same text to whoever reads JSON, and
    /// harmless where JSON is printed.
    package static func append(quoted text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            // Without a branch a byte, so that several are looked at in one step.
            var isSpecial = false
            for byte in utf8 {
                isSpecial = isSpecial || (byte < 0x20) || (byte >= 0x7F) || (byte == 0x22) || (byte == 0x5C)
            }
            if !isSpecial { bytes.append(contentsOf: utf8) }
            return !isSpecial
        }
        if isPlain {
            // Most texts: nothing in them is to be escaped.
        } else if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in text.utf8 { append(ascii: byte, to: &bytes) }
        } else {
            for scalar in text.unicodeScalars {
                if scalar.isASCII {
                    append(ascii: UInt8(scalar.value), to: &bytes)
                } else if TerminalText.isDangerous(scalar) {
                    for unit in UTF16.encode(scalar)! { append(escaped: unit, to: &bytes) }
                } else {
                    bytes.append(contentsOf: UTF8.encode(scalar)!)
                }
            }
        }
        bytes.append(0x22)
    }

    private static func append(ascii byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case 0x22, 0x5C:
            bytes.append(0x5C)
            bytes.append(byte)
        case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
        case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
        case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
        case 0x00..<0x20, 0x7F: append(escaped: UInt16(byte), to: &bytes)
        default: bytes.append(byte)
        }
    }

    private static func append(escaped unit: UInt16, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: [0x5C, 0x75])
        for shift in [12, 8, 4, 0] { bytes.append(hex(UInt8(truncatingIfNeeded: unit >> shift) & 15)) }
    }

    private static func hex(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x61 + nibble - 10 }
}

// MARK: Fields; one that is nil is left out

extension JSONWriter {
    /// Writes a field with a text.
    package mutating func field(_ name: String, _ text: String?) {
        guard let text else { return }
        key(name)
        string(text)
    }

    /// Writes a field with a whole number.
    package mutating func field(_ name: String, _ number: Int) {
        key(name)
        integer(number)
    }

    /// Writes a field with a figure, or null.
    package mutating func field(_ name: String, _ figure: ExactFigure) {
        key(name)
        self.figure(difference: figure.scaled, decimals: figure.decimals)
    }

    /// Writes a field with bytes that are a JSON value already.
    package mutating func field(_ name: String, json: [UInt8]) {
        key(name)
        raw(json)
    }

    /// Writes a field with an array of texts.
    package mutating func field(_ name: String, _ texts: [String]) {
        key(name)
        array(texts)
    }

    /// Writes a field with any value that JSON can say.
    package mutating func field(_ name: String, _ value: (some Encodable)?) {
        guard let value else { return }
        key(name)
        encode(value)
    }

    /// Writes a field with an array of things that know their own shape.
    package mutating func field<Value: JSONWritable>(_ name: String, _ values: [Value]) {
        key(name)
        array(values)
    }
}
