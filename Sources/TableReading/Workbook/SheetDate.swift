/// What of a date a number format shows.
struct DateParts: Hashable {
    var hasYear = false
    var hasMonth = false
    var hasDay = false
    var hasTime = false

    var isEmpty: Bool { !(hasYear || hasMonth || hasDay || hasTime) }
}

/// A day, with the time behind it, as a workbook stores it: days since an epoch.
///
/// Source: ECMA-376 part 1, 18.17.4. In the system of 1900 there is a 29 February 1900, which never was: number 60 is no day.
struct SheetDate {
    var year: Int
    var month: Int
    var day: Int
    /// Behind midnight.
    var seconds: Int

    /// - Parameters:
    ///   - number: Days and their fraction.
    ///   - is1904: Whether day 0 is 1 January 1904.
    init?(number: Double, is1904: Bool) {
        guard number.isFinite, number >= 0, number < 2_958_466 else { return nil }
        var days = Int(number)
        var seconds = Int(((number - Double(days)) * 86_400).rounded())
        if seconds == 86_400 { (days, seconds) = (days + 1, 0) }
        // Days since 1 March of the year 0, the first of 400 years.
        let shift: Int
        if is1904 {
            shift = 695_361
        } else if days > 60 {
            shift = 693_899
        } else {
            guard days < 60 else { return nil }
            shift = 693_900
        }
        self.init(daysSinceMarch: days + shift, seconds: seconds)
    }

    private init(daysSinceMarch count: Int, seconds: Int) {
        let era = count / 146_097
        let dayOfEra = count % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.seconds = seconds
    }

    /// A date of ISO 8601, `2011-12-31`, with a time behind a `T` or without.
    init?(iso text: String) {
        let halves = text.split(separator: "T", maxSplits: 1)
        guard let first = halves.first else { return nil }
        let parts = first.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1...9999).contains(year), CalendarDay.iso(year: year, month: month, day: day) != nil
        else { return nil }
        (self.year, self.month, self.day, seconds) = (year, month, day, 0)
        guard halves.count > 1 else { return }
        let time = halves[1].prefix { $0.isNumber || $0 == ":" }.split(separator: ":").compactMap { Int($0) }
        guard time.count >= 2, time.allSatisfy({ (0...60).contains($0) }) else { return nil }
        seconds = time[0] * 3600 + time[1] * 60 + (time.count > 2 ? time[2] : 0)
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// As a reader of text takes it for what the format shows: a year, a month, a day.
    ///
    /// A day and a month without a year stay so short: it is how an age `5-9` looks that a program took for a date.
    func text(_ parts: DateParts) -> String {
        switch (parts.hasYear, parts.hasMonth, parts.hasDay) {
        case (true, false, false): return "\(year)"
        case (true, true, false): return "\(Self.months[month - 1]) \(year)"
        case (false, true, false): return Self.months[month - 1]
        case (false, true, true): return "\(Self.padded(day))-\(Self.months[month - 1].prefix(3))"
        case (false, false, false): return time
        default:
            let day = "\(Self.padded(year, to: 4))-\(Self.padded(month))-\(Self.padded(day))"
            return seconds == 0 ? day : "\(day) \(time)"
        }
    }

    private var time: String {
        "\(Self.padded(seconds / 3600)):\(Self.padded(seconds / 60 % 60)):\(Self.padded(seconds % 60))"
    }

    private static func padded(_ number: Int, to count: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
