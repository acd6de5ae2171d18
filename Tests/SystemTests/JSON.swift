import Foundation

/// A JSON value of any shape, looked into by key and position; what isn't there is ``null``.
enum JSON: Hashable, Sendable, Decodable {
    case object([String: JSON])
    case array([JSON])
    case string(String)
    case number(Double)
    case bool(Bool)
    case null

    init(_ text: some StringProtocol) throws { self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8)) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Each try says whether the value is of that kind; that it isn't is no failure.
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {  // no failure: another kind
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {  // no failure: another kind
            self = .number(value)
        } else if let value = try? container.decode(String.self) {  // no failure: another kind
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {  // no failure: another kind
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    subscript(key: String) -> JSON {
        guard case .object(let fields) = self else { return .null }
        return fields[key] ?? .null
    }

    subscript(position: Int) -> JSON { items.indices.contains(position) ? items[position] : .null }

    /// Whether the key is there, be it with null.
    func has(_ key: String) -> Bool {
        guard case .object(let fields) = self else { return false }
        return fields[key] != nil
    }

    var items: [JSON] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var double: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    var int: Int? { double.flatMap { Int(exactly: $0) } }

    var bool: Bool? {
        guard case .bool(let bool) = self else { return nil }
        return bool
    }

    /// Texts of an array of texts.
    var texts: [String] { items.compactMap(\.text) }

    var isNull: Bool { self == .null }
}
