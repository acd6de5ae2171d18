/// A JSON value whose numbers keep the digits that they are written with: `13.0` is another answer than `13`.
indirect enum ExactJSON: Equatable {
    case object([String: ExactJSON])
    case array([ExactJSON])
    case string(String)
    case number(String)
    case bool(Bool)
    case null
    /// Of an expectation: the key must not be there.
    case missing
    /// Of an expectation: an object with these keys and no others.
    case closed([String: ExactJSON])
    /// Of an expectation: these, in whatever order.
    case unordered([ExactJSON])

    static func integer(_ number: Int) -> ExactJSON { .number(String(number)) }

    static func strings(_ texts: [String]) -> ExactJSON { .array(texts.map(ExactJSON.string)) }

    subscript(key: String) -> ExactJSON? {
        guard case .object(let fields) = self else { return nil }
        return fields[key]
    }

    /// Where an answer isn't what is expected; nil where it is.
    ///
    /// An object may have more fields than are expected.
    func difference(from found: ExactJSON?, at path: String = "") -> String? {
        let wrong = "\(path): expected \(self), found \(found.map { "\($0)" } ?? "nothing")"
        switch (self, found) {
        case (.missing, nil): return nil
        case (.object(let fields), .object(let others)):
            for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
                if let difference = value.difference(from: others[key], at: "\(path).\(key)") { return difference }
            }
            return nil
        case (.closed(let fields), .object(let others)):
            if Set(fields.keys) != Set(others.keys) { return wrong }
            return ExactJSON.object(fields).difference(from: found, at: path)
        case (.array(let items), .array(let others)):
            for (place, item) in items.enumerated() {
                let other = place < others.count ? others[place] : nil
                if let difference = item.difference(from: other, at: "\(path)[\(place)]") { return difference }
            }
            return items.count < others.count ? "\(path): \(others[items.count]) is too much" : nil
        case (.unordered(let items), .array(let others)):
            guard items.count == others.count else { return wrong }
            let isThere = items.allSatisfy { item in others.contains { item.difference(from: $0) == nil } }
            return isThere ? nil : wrong
        default: return self == found ? nil : wrong
        }
    }
}

extension ExactJSON: CustomStringConvertible {
    var description: String {
        func list(_ items: [ExactJSON]) -> String { items.map(\.description).joined(separator: ", ") }
        switch self {
        case .object(let fields), .closed(let fields):
            return "{" + fields.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: ", ") + "}"
        case .array(let items), .unordered(let items): return "[\(list(items))]"
        case .string(let text): return "\"\(text)\""
        case .number(let text): return text
        case .bool(let bool): return "\(bool)"
        case .null: return "null"
        case .missing: return "nothing"
        }
    }
}

extension ExactJSON {
    struct Malformed: Error {
        var text: String
    }

    init(_ bytes: [UInt8]) throws {
        var reader = Reader(bytes: bytes)
        self = try reader.value()
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

        func malformed() -> Malformed { Malformed(text: String(decoding: bytes, as: UTF8.self)) }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard next == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        mutating func value() throws -> ExactJSON {
            switch next {
            case UInt8(ascii: "{"): return .object(try object())
            case UInt8(ascii: "["): return .array(try array())
            case UInt8(ascii: "\""): return .string(try string())
            default:
                let start = place
                while place < bytes.count, !Array(",]}\n".utf8).contains(next) { place += 1 }
                switch String(decoding: bytes[start..<place], as: UTF8.self) {
                case "null": return .null
                case "true": return .bool(true)
                case "false": return .bool(false)
                case "": throw malformed()
                case let number: return .number(number)
                }
            }
        }

        mutating func object() throws -> [String: ExactJSON] {
            var fields: [String: ExactJSON] = [:]
            place += 1
            if take("}") { return fields }
            repeat {
                let key = try string()
                guard take(":"), fields[key] == nil else { throw malformed() }
                fields[key] = try value()
            } while take(",")
            guard take("}") else { throw malformed() }
            return fields
        }

        mutating func array() throws -> [ExactJSON] {
            var items: [ExactJSON] = []
            place += 1
            if take("]") { return items }
            repeat { items.append(try value()) } while take(",")
            guard take("]") else { throw malformed() }
            return items
        }

        /// Of what is compared nothing has an escape; where one stands it is kept as it is.
        mutating func string() throws -> String {
            guard take("\"") else { throw malformed() }
            let start = place
            while place < bytes.count, next != UInt8(ascii: "\"") { place += next == UInt8(ascii: "\\") ? 2 : 1 }
            defer { place += 1 }
            guard place < bytes.count else { throw malformed() }
            return String(decoding: bytes[start..<place], as: UTF8.self)
        }
    }
}
