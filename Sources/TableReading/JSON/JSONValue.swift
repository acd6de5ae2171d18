import Annals

/// One value of a JSON text.
struct JSONValue: Sendable {
    enum Kind {
        case object, array, string, number, boolean, null
    }

    let document: JSONDocument
    /// On the document's tape.
    let place: Int

    init(_ document: JSONDocument, place: Int) {
        self.document = document
        self.place = place
    }

    var kind: Kind { Self.kind(document.byte(at: place)) }

    /// The kind of a value that begins with a byte.
    @inline(__always)
    static func kind(_ byte: UInt8) -> Kind {
        switch byte {
        case 0x7B: .object
        case 0x5B: .array
        case 0x22: .string
        case 0x6E: .null
        case 0x74, 0x66: .boolean
        default: .number
        }
    }

    /// Its first byte in the text.
    var offset: Int { document.offset(at: place) }

    var isObject: Bool { kind == .object }
    var isArray: Bool { kind == .array }
    var isNull: Bool { kind == .null }

    /// What it says; nil where it is no text.
    var text: String? { kind == .string ? document.text(at: offset) : nil }

    /// What it says where it is a text or a number, as it is written; nil for anything else.
    var printed: String? {
        switch kind {
        case .string: text
        case .number: document.excerpt(at: offset)
        default: nil
        }
    }

    /// A whole number as it is written; nil where it is none, or doesn't fit.
    var whole: Int? { kind == .number ? Int(document.excerpt(at: offset)) : nil }

    // MARK: What it holds

    /// The values of an array, in order; none of anything else.
    var elements: Elements { Elements(document, isArray ? place + 2..<document.next(after: place) : place..<place) }

    /// The members of an object, in order; none of anything else.
    var members: Members {
        Members(elements: Elements(document, isObject ? place + 2..<document.next(after: place) : place..<place))
    }

    /// The value of a key; nil where the value is no object, or has no such key.
    subscript(key: String) -> JSONValue? { members.first { $0.key == key }?.value }

    /// The same of the first of some keys that leads through objects: `at("extension", "px", "tableid")`.
    func at(_ path: String...) -> JSONValue? {
        path.reduce(JSONValue?.some(self)) { value, key in value?[key] }
    }

    struct Elements: Sequence, IteratorProtocol {
        private let document: JSONDocument
        private var place: Int
        private let end: Int

        init(_ document: JSONDocument, _ places: Range<Int>) {
            self.document = document
            (place, end) = (places.lowerBound, places.upperBound)
        }

        var isEmpty: Bool { place >= end }

        mutating func next() -> JSONValue? {
            guard place < end else { return nil }
            defer { place = document.next(after: place) }
            return JSONValue(document, place: place)
        }
    }

    struct Members: Sequence, IteratorProtocol {
        fileprivate var elements: Elements

        var isEmpty: Bool { elements.isEmpty }

        mutating func next() -> Member? {
            guard let name = elements.next(), let value = elements.next() else { return nil }
            return Member(name: name, value: value)
        }
    }

    struct Member {
        /// The key as a value.
        let name: JSONValue
        let value: JSONValue

        var key: String { name.document.text(at: name.offset) }
    }

    // MARK: Refusals

    /// What it is, in words.
    var described: String {
        switch kind {
        case .object: "an object"
        case .array: "an array"
        case .string: "a text"
        case .number: "a number"
        case .boolean: "true or false"
        case .null: "null"
        }
    }

    func reason(_ message: String, found: String? = nil, expected: String?, remedy: String) -> Reason {
        var reason = document.reason(message, at: offset, expected: expected, remedy: remedy)
        if let found { reason.found = found }
        return reason
    }
}

extension JSONValue {
    /// Where it begins, from 1.
    var line: Int { document.position(of: offset).line }
}
