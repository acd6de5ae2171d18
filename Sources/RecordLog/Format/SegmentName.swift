/// How the files of a log are called.
package enum SegmentName {
    /// Names have eight digits, so no segment comes after this one; files of greater numbers are none of the log's.
    static let greatestNumber: UInt32 = 99_999_999

    static func name(of number: UInt32) -> String { padded(number) + ".seg" }

    /// Whether a file is called as a segment of a log is.
    package static func isSegment(_ name: String) -> Bool { number(of: name) != nil }

    /// Nil for any other file.
    static func number(of name: String) -> UInt32? {
        guard name.hasSuffix(".seg"), let number = UInt32(name.dropLast(4)), self.name(of: number) == name,
            (1...greatestNumber).contains(number)
        else {
            return nil
        }
        return number
    }

    /// The name of a segment's index.
    static func indexName(of number: UInt32) -> String { padded(number) + ".idx" }

    /// Nil for any other file.
    static func indexNumber(of name: String) -> UInt32? {
        guard name.hasSuffix(".idx"), let number = UInt32(name.dropLast(4)), indexName(of: number) == name,
            (1...greatestNumber).contains(number)
        else {
            return nil
        }
        return number
    }

    /// The name under which an index is written anew, before it takes its place.
    static func newIndexName(of number: UInt32) -> String { indexName(of: number) + ".new" }

    /// The name of a torn tail's copy.
    ///
    /// - Parameters:
    ///   - number: Of the segment.
    ///   - offset: Where the tail began, in bytes.
    ///   - attempt: Above 0 where a copy of an earlier tail has the name.
    /// - Returns: `00000003.73728.broken`, `00000003.73728-1.broken`.
    static func brokenName(of number: UInt32, offset: Int, attempt: Int) -> String {
        "\(padded(number)).\(offset)\(attempt == 0 ? "" : "-\(attempt)").broken"
    }

    /// The number of the segment whose torn tail a file is the copy of; nil for any other file.
    static func brokenNumber(of name: String) -> UInt32? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2] == "broken", let number = number(of: parts[0] + ".seg") else { return nil }
        let places = parts[1].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(places.count), let offset = places[0], let attempt = places.count == 2 ? places[1] : 0,
            brokenName(of: number, offset: offset, attempt: attempt) == name
        else {
            return nil
        }
        return number
    }

    private static func padded(_ number: UInt32) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
    }
}
