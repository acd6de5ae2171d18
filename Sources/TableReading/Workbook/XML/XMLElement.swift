/// The name of an element, as the parser hands it over; good only during the call.
struct XMLName {
    let local: UnsafePointer<UInt8>
    /// Nil without a namespace.
    let space: UnsafePointer<UInt8>?

    /// Whether the local name is this one.
    @inline(__always)
    func isNamed(_ name: StaticString) -> Bool { Self.equals(local, name) }

    /// Bounds: both end with a zero.
    @inline(__always)
    fileprivate static func equals(_ text: UnsafePointer<UInt8>, _ name: StaticString) -> Bool {
        let wanted = name.utf8Start
        var index = 0
        while text[index] == wanted[index] {
            if wanted[index] == 0 { return true }
            index += 1
        }
        return false
    }

    /// Whether the namespace is one of these.
    func isIn(_ spaces: [StaticString]) -> Bool {
        guard let space else { return false }
        return spaces.contains { Self.equals(space, $0) }
    }
}

/// An element that begins, with its attributes; good only during the call.
struct XMLElement {
    let name: XMLName
    /// *Shape:* five pointers an attribute: local name, prefix, namespace, begin and end of the value.
    fileprivate let attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    fileprivate let attributeCount: Int

    init(
        name: XMLName, attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, attributeCount: Int
    ) {
        self.name = name
        self.attributes = attributes
        self.attributeCount = attributeCount
    }

    @inline(__always)
    func isNamed(_ wanted: StaticString) -> Bool { name.isNamed(wanted) }

    /// The value of an attribute by its local name, of one with a namespace (`r:id`) or one without; nil where there is none.
    func bytes(_ wanted: StaticString, prefixed: Bool = false) -> UnsafeBufferPointer<UInt8>? {
        guard let attributes else { return nil }
        for index in 0..<attributeCount {
            let place = attributes + index * 5
            guard let local = place[0], (place[2] != nil) == prefixed, XMLName.equals(local, wanted),
                let begin = place[3], let end = place[4]
            else { continue }
            return UnsafeBufferPointer(start: begin, count: end - begin)
        }
        return nil
    }

    /// The value of an attribute of a namespace.
    func bytes(_ wanted: StaticString, in space: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard let attributes else { return nil }
        for index in 0..<attributeCount {
            let place = attributes + index * 5
            guard let local = place[0], XMLName.equals(local, wanted), let own = place[2], XMLName.equals(own, space),
                let begin = place[3], let end = place[4]
            else { continue }
            return UnsafeBufferPointer(start: begin, count: end - begin)
        }
        return nil
    }

    func text(_ wanted: StaticString, in space: StaticString) -> String? {
        bytes(wanted, in: space).map { String(decoding: $0, as: UTF8.self) }
    }

    func text(_ wanted: StaticString, prefixed: Bool = false) -> String? {
        bytes(wanted, prefixed: prefixed).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A whole number of at most nine digits.
    func number(_ wanted: StaticString, prefixed: Bool = false) -> Int? {
        bytes(wanted, prefixed: prefixed).flatMap(Self.number)
    }

    static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...9).contains(bytes.count) else { return nil }
        var value = 0
        for byte in bytes {
            guard NumberShape.isDigit(byte) else { return nil }
            value = value * 10 + Int(byte &- 0x30)
        }
        return value
    }

    /// `1`, `true` and `on`; anything else is false.
    func truth(_ wanted: StaticString, prefixed: Bool = false) -> Bool? {
        bytes(wanted, prefixed: prefixed).map { bytes in
            bytes.elementsEqual("1".utf8) || bytes.elementsEqual("true".utf8) || bytes.elementsEqual("on".utf8)
        }
    }
}
