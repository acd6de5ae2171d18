/// A point in time: microseconds since 1970-01-01T00:00:00Z.
///
/// Any number can be held and written out; those that people write and that a log holds lie in ``domain``. There are no
/// leap seconds in it: 23:59:60 is the same as the midnight that follows.
package struct Instant: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    package static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    /// The years 1 to 9999 UTC, to the microsecond: what a date can say, a commit can hold, and arithmetic can't overflow.
    package static let domain =
        Instant(microseconds: -62_135_596_800_000_000)...Instant(microseconds: 253_402_300_799_999_999)

    /// Itself, or the end of ``domain`` that is nearer.
    package var inDomain: Instant { min(max(self, Self.domain.lowerBound), Self.domain.upperBound) }

    private static let microsecondsPerDay: Int64 = 86_400_000_000

    /// `2026-11-23T18:20:00Z`, with `.123456` before the Z where there is a fraction.
    package var description: String {
        let day = Self.floorDivide(microseconds, Self.microsecondsPerDay)
        // Not `microseconds - day * microsecondsPerDay`: the day that Int64.min lies in begins before it.
        let remainder = microseconds % Self.microsecondsPerDay
        let rest = remainder < 0 ? remainder + Self.microsecondsPerDay : remainder
        let (year, month, date) = Self.civil(fromDay: day)
        let seconds = rest / 1_000_000
        var text: [UInt8] = []
        text.reserveCapacity(32)
        func append(_ number: Int64, _ width: Int, _ next: Unicode.Scalar) {
            Self.append(number, width, to: &text)
            text.append(UInt8(ascii: next))
        }
        append(year, 4, "-")
        append(month, 2, "-")
        append(date, 2, "T")
        append(seconds / 3600, 2, ":")
        append(seconds / 60 % 60, 2, ":")
        let fraction = rest % 1_000_000
        append(seconds % 60, 2, fraction == 0 ? "Z" : ".")
        if fraction != 0 { append(fraction, 6, "Z") }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads ISO 8601: a date, or a date and time with `Z` or an offset.
    ///
    /// Nil where it is neither, and where it lies outside of ``domain`` once its offset is applied. A second 60 is taken
    /// where a leap second can be, at the end of a day UTC, and means the midnight that follows; 24:00 is not taken.
    ///
    /// - Parameters:
    ///   - text: The whole of it; nothing may follow.
    ///   - endOfDay: A date alone means its last microsecond, UTC, rather than its first.
    package init?(iso8601 text: some StringProtocol, endOfDay: Bool = false) {
        var reader = DigitReader(Array(text.utf8))
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let date = reader.number(2), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(date)
        else { return nil }
        let midnight = Self.day(fromCivil: year, month, date) * Self.microsecondsPerDay
        if reader.isAtEnd {
            self.init(recorded: endOfDay ? midnight + Self.microsecondsPerDay - 1 : midnight)
            return
        }
        guard reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), hour < 24, minute < 60
        else { return nil }
        var second: Int64 = 0
        var fraction: Int64 = 0
        if reader.take(":") {
            guard let seconds = reader.number(2), seconds <= 60 else { return nil }
            second = seconds
            if reader.take(".") {
                guard let micros = reader.fraction() else { return nil }
                fraction = micros
            }
        }
        guard let offsetMinutes = reader.offset(), reader.isAtEnd else { return nil }
        let secondOfDay = (hour * 60 + minute - offsetMinutes) * 60 + second
        guard second < 60 || secondOfDay % 86_400 == 0 else { return nil }
        self.init(recorded: midnight + secondOfDay * 1_000_000 + fraction)
    }

    /// Nil outside of ``domain``.
    private init?(recorded microseconds: Int64) {
        self.init(microseconds: microseconds)
        guard Self.domain.contains(self) else { return nil }
    }

    /// The sign of a year before the first counts as a digit.
    private static func append(_ number: Int64, _ width: Int, to text: inout [UInt8]) {
        let digits = String(number).utf8
        for _ in 0..<max(0, width - digits.count) { text.append(UInt8(ascii: "0")) }
        text.append(contentsOf: digits)
    }

    private static func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        let quotient = dividend / divisor
        return dividend % divisor < 0 ? quotient - 1 : quotient
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 of a proleptic Gregorian date.
    ///
    /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    private static func day(fromCivil year: Int64, _ month: Int64, _ date: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Source: as above, `civil_from_days`.
    private static func civil(fromDay day: Int64) -> (year: Int64, month: Int64, date: Int64) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

/// Takes digits and signs from the front of ASCII bytes.
private struct DigitReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Character) -> Bool {
        guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
        position += 1
        return true
    }

    /// Exactly that many digits.
    mutating func number(_ width: Int) -> Int64? {
        guard position + width <= bytes.count else { return nil }
        var number: Int64 = 0
        for byte in bytes[position..<position + width] {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - 0x30)
        }
        position += width
        return number
    }

    /// One to nine digits after a decimal point, as microseconds; finer ones are cut.
    mutating func fraction() -> Int64? {
        var digits = 0
        var micros: Int64 = 0
        while position < bytes.count, (0x30...0x39).contains(bytes[position]), digits < 9 {
            if digits < 6 { micros = micros * 10 + Int64(bytes[position] - 0x30) }
            digits += 1
            position += 1
        }
        for _ in digits..<max(digits, 6) { micros *= 10 }
        return digits == 0 ? nil : micros
    }

    /// `Z`, nothing (UTC), or `±HH:MM`, in minutes.
    mutating func offset() -> Int64? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = number(2) else { return nil }
        let needsMinutes = take(":")
        guard let minutes = isAtEnd && !needsMinutes ? 0 : number(2), hours <= 14, minutes < 60 else { return nil }
        return (isNegative ? -1 : 1) * (hours * 60 + minutes)
    }
}
