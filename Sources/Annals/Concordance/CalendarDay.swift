/// A day of the Gregorian calendar, `2020-01-01`.
package struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    private init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The first day of a year.
    package init(startOf year: Int) { self.init(year: year, month: 1, day: 1) }

    /// Reads `YYYY-MM-DD`; nil where it is no such day.
    package init?(iso8601 text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2], Instant(iso8601: text) != nil,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    package var description: String {
        let year = String(year)
        return String(repeating: "0", count: max(0, 4 - year.utf8.count)) + year + Self.ending(month) + Self.ending(day)
    }

    private static func ending(_ number: Int) -> String { number < 10 ? "-0\(number)" : "-\(number)" }
}
