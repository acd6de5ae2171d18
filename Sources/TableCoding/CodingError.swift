/// Why bytes could not be decoded, or a value not encoded.
package enum CodingError: Error, Hashable, Sendable {
    /// Bytes don't follow their format: what they should be, and what is wrong with them.
    case malformed(String, String)
    /// The value doesn't fit a limit of the format.
    case tooLarge(String)
    /// The value contradicts itself, so that it could not be decoded again.
    case invalid(String)
}

extension CodingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let what, let problem): "Stored bytes don't follow their format: \(what): \(problem)."
        case .tooLarge(let what): "Too large for the log: \(what)."
        case .invalid(let what): "The drop can't be recorded: \(what)."
        }
    }
}

/// An error that says among others that bytes could not be decoded: that of whoever has them.
package protocol DecodingFailure: Error {
    /// Takes over what was wrong with the bytes.
    init(_ error: CodingError)
}

extension CodingError: DecodingFailure {
    package init(_ error: CodingError) { self = error }
}

extension DecodingFailure {
    /// Runs a piece of coding, and throws what is wrong with the bytes as an error of this kind.
    ///
    /// - Throws: Of ``CodingError`` this kind's.
    package static func of<Value>(_ coding: () throws(CodingError) -> Value) throws(Self) -> Value {
        do throws(CodingError) { return try coding() } catch { throw Self(error) }
    }
}
