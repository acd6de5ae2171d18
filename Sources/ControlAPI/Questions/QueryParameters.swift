package import Annals

/// The parameters of a request, checked against those that its route takes.
package struct QueryParameters: Sendable {
    private let pairs: [(name: String, value: String)]

    /// Longest query, in bytes.
    package static let maximumBytes = 64 * 1024

    /// - Parameters:
    ///   - query: What follows the question mark, percent-encoded.
    ///   - allowed: Every name that the route takes.
    /// - Throws: `.unknownParameter`, naming the allowed ones; `.wrongParameter` for broken encoding.
    package init(_ query: String?, allowed: [String]) throws(ControlProblem) {
        guard let query, !query.isEmpty else {
            pairs = []
            return
        }
        guard query.utf8.count <= Self.maximumBytes else {
            throw ControlProblem(.tooLarge, "The query is longer than \(Self.maximumBytes) bytes.")
        }
        var pairs: [(String, String)] = []
        for part in query.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(halves[0]),
                let value = PercentEncoding.decoded(halves.count > 1 ? halves[1] : "")
            else {
                throw ControlProblem(
                    .wrongParameter, "“\(part)” is not percent-encoded UTF-8.", remedy: "Encode it as UTF-8.")
            }
            guard allowed.contains(name) else { throw Self.unknown(name, allowed: allowed) }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// All values of a parameter that may be given more than once.
    package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The value of a parameter that may be given once.
    package func text(_ name: String) throws(ControlProblem) -> String? {
        let values = all(name)
        guard values.count < 2 else { throw ControlProblem(.wrongParameter, "“\(name)” is given more than once.") }
        return values.first
    }

    /// A whole number of a range.
    ///
    /// - Throws: `.wrongParameter`.
    package func number<Number: FixedWidthInteger>(
        _ name: String, in range: ClosedRange<Number>
    ) throws(ControlProblem) -> Number? {
        guard let text = try text(name) else { return nil }
        guard let number = Number(text), range.contains(number) else {
            throw wrong(name, text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A parameter that is a switch: `1`, `true` or nothing after its name turn it on.
    package func flag(_ name: String) throws(ControlProblem) -> Bool {
        switch try text(name) {
        case nil, "0", "false": return false
        case "", "1", "true": return true
        case let other?: throw wrong(name, other, "true or false")
        }
    }

    /// A time; a date means its end, UTC.
    package func instant(_ name: String) throws(ControlProblem) -> Instant? {
        guard let text = try text(name) else { return nil }
        guard let instant = Instant(iso8601: text, endOfDay: true) else {
            throw wrong(name, text, "a date, 2011-12-31, or a time, 2011-12-31T12:00:00Z")
        }
        return instant
    }

    /// One of the words of a closed set.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws(ControlProblem) -> Choice? where Choice.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw wrong(name, text, "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    /// A refusal of a parameter's value.
    package func wrong(_ name: String, _ found: String, _ expected: String) -> ControlProblem {
        ControlProblem(.wrongParameter, "“\(name)” is “\(found)”.", remedy: "Give \(expected).")
    }

    private static func unknown(_ name: String, allowed: [String]) -> ControlProblem {
        ControlProblem(
            .unknownParameter, "There is no parameter “\(name)” here.",
            remedy: allowed.isEmpty ? "This path takes none." : "Allowed: \(allowed.joined(separator: ", ")).")
    }
}

/// The `%41` of URLs.
package enum PercentEncoding {
    /// Nil where a percent sign lacks its two digits, or the bytes are not UTF-8.
    package static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(nibble), let low = rest.next().flatMap(nibble) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
