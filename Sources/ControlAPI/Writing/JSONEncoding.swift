import Annals

/// A type whose JSON says `null` for some fields that have no value; other fields are left out then.
package protocol SaysNull: Encodable {
    /// Names of these fields as they stand in JSON.
    static var nullFields: Set<String> { get }
}

/// A figure scaled by its number of decimals: in JSON a number with exactly that many, or null.
package struct ExactFigure: Encodable, Hashable, Sendable {
    /// A difference of two figures may need more than their 64 bits.
    package var scaled: Int128?
    package var decimals: Int

    package init(_ scaled: Int64?, decimals: Int) {
        self.init(difference: scaled.map { Int128($0) }, decimals: decimals)
    }

    package init(difference: Int128?, decimals: Int) {
        scaled = difference
        self.decimals = decimals
    }

    /// Nil where there is none.
    package var text: String? { scaled.map { ScaledDecimal.text(difference: $0, decimals: decimals) } }

    /// ``JSONWriter`` writes it as a number; other encoders get its text.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension JSONWriter {
    /// Writes any value: fields in the order in which its type names them, `lastDrops` as `last_drops`.
    ///
    /// Fields without a value are left out (``SaysNull``). Binary floating point is no value here.
    package mutating func encode(_ value: some Encodable) {
        let sink = JSONSink(self)
        // Else there would be two of the bytes, and each append would copy them.
        self = JSONWriter()
        do {
            try sink.write(value)
        } catch {
            preconditionFailure("a wire type holds only what JSON can say: \(error)")
        }
        self = sink.writer
    }

    /// The bytes of any value.
    package static func bytes(of value: some Encodable) -> [UInt8] {
        var writer = JSONWriter()
        writer.encode(value)
        return writer.bytes
    }
}

/// What all encoders of one value write to.
private final class JSONSink {
    /// What closes a container.
    enum Bracket {
        case object, array
    }

    var writer: JSONWriter
    /// Containers that are not closed yet, outermost first.
    private(set) var open: [Bracket] = []

    init(_ writer: JSONWriter) { self.writer = writer }

    /// Opens a container, or goes on with the one that this value has opened before.
    ///
    /// - Returns: How many are open then.
    func begin(_ bracket: Bracket, at depth: Int) -> Int {
        close(downTo: depth + 1)
        guard open.count == depth else { return open.count }
        switch bracket {
        case .object: writer.beginObject()
        case .array: writer.beginArray()
        }
        open.append(bracket)
        return open.count
    }

    /// Closes what was opened within.
    func close(downTo depth: Int) {
        while open.count > depth, let last = open.popLast() {
            switch last {
            case .object: writer.endObject()
            case .array: writer.endArray()
            }
        }
    }

    func write<Value: Encodable>(_ value: Value) throws {
        // The types are compared first: a cast that fails is dear, and most of them would.
        if Value.self == ExactFigure.self, let figure = value as? ExactFigure {
            return writer.figure(difference: figure.scaled, decimals: figure.decimals)
        }
        let depth = open.count
        let nullFields = (Value.self as? any SaysNull.Type)?.nullFields ?? []
        try value.encode(to: JSONValueEncoder(sink: self, depth: depth, nullFields: nullFields))
        close(downTo: depth)
    }
}

private struct JSONValueEncoder: Encoder {
    let sink: JSONSink
    /// Containers that were open when this value began.
    let depth: Int
    let nullFields: Set<String>

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            JSONFields(sink: sink, depth: sink.begin(.object, at: depth), nullFields: nullFields))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONElements(sink: sink, depth: sink.begin(.array, at: depth))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { JSONSingleValue(sink: sink) }
}

private struct JSONFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let sink: JSONSink
    /// Containers that are open with this one.
    let depth: Int
    let nullFields: Set<String>

    var codingPath: [any CodingKey] { [] }

    private func name(_ key: some CodingKey) {
        sink.close(downTo: depth)
        sink.writer.key(snakeCasing: key.stringValue)
    }

    func encodeNil(forKey key: Key) throws {
        name(key)
        sink.writer.null()
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        name(key)
        try sink.write(value)
    }

    // What most fields are needs no encoder of its own.

    func encode(_ value: String, forKey key: Key) throws {
        name(key)
        sink.writer.string(value)
    }

    func encode(_ value: Bool, forKey key: Key) throws {
        name(key)
        sink.writer.bool(value)
    }

    func encode(_ value: Int, forKey key: Key) throws {
        name(key)
        sink.writer.integer(value)
    }

    func encode(_ value: Int64, forKey key: Key) throws {
        name(key)
        sink.writer.integer(value)
    }

    func encodeIfPresent(_ value: String?, forKey key: Key) throws {
        if let value { return try encode(value, forKey: key) }
        try encodeNilIfSaid(forKey: key)
    }

    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        if let value { return try encode(value, forKey: key) }
        try encodeNilIfSaid(forKey: key)
    }

    private func encodeNilIfSaid(forKey key: Key) throws {
        guard !nullFields.isEmpty else { return }
        if nullFields.contains(JSONWriter.snakeCase(key.stringValue)) { try encodeNil(forKey: key) }
    }

    func encode(_ value: Double, forKey key: Key) throws { throw JSONSingleValue.refusal(of: value) }
    func encode(_ value: Float, forKey key: Key) throws { throw JSONSingleValue.refusal(of: value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        superEncoder(forKey: key).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        superEncoder(forKey: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        sink.close(downTo: depth)
        sink.writer.key("super")
        return JSONValueEncoder(sink: sink, depth: depth, nullFields: [])
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        name(key)
        return JSONValueEncoder(sink: sink, depth: depth, nullFields: [])
    }
}

private struct JSONElements: UnkeyedEncodingContainer {
    let sink: JSONSink
    let depth: Int
    private(set) var count = 0

    init(sink: JSONSink, depth: Int) {
        self.sink = sink
        self.depth = depth
    }

    var codingPath: [any CodingKey] { [] }

    private mutating func next() {
        sink.close(downTo: depth)
        count += 1
    }

    mutating func encodeNil() throws {
        next()
        sink.writer.null()
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        next()
        try sink.write(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> { superEncoder().container(keyedBy: keyType) }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

    mutating func superEncoder() -> any Encoder {
        next()
        return JSONValueEncoder(sink: sink, depth: depth, nullFields: [])
    }
}

private struct JSONSingleValue: SingleValueEncodingContainer {
    let sink: JSONSink

    var codingPath: [any CodingKey] { [] }

    func encodeNil() throws { sink.writer.null() }
    func encode(_ value: Bool) throws { sink.writer.bool(value) }
    func encode(_ value: String) throws { sink.writer.string(value) }
    func encode(_ value: Double) throws { throw Self.refusal(of: value) }
    func encode(_ value: Float) throws { throw Self.refusal(of: value) }
    func encode(_ value: Int) throws { sink.writer.integer(value) }
    func encode(_ value: Int8) throws { sink.writer.integer(value) }
    func encode(_ value: Int16) throws { sink.writer.integer(value) }
    func encode(_ value: Int32) throws { sink.writer.integer(value) }
    func encode(_ value: Int64) throws { sink.writer.integer(value) }
    func encode(_ value: UInt) throws { sink.writer.integer(value) }
    func encode(_ value: UInt8) throws { sink.writer.integer(value) }
    func encode(_ value: UInt16) throws { sink.writer.integer(value) }
    func encode(_ value: UInt32) throws { sink.writer.integer(value) }
    func encode(_ value: UInt64) throws { sink.writer.integer(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try sink.write(value) }

    static func refusal(of value: some Any) -> EncodingError {
        EncodingError.invalidValue(
            value, .init(codingPath: [], debugDescription: "figures are exact here, never binary floating point"))
    }
}
