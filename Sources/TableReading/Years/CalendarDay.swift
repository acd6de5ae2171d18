/// Days of the calendar, as numbers and in words.
enum CalendarDay {
    /// `2010-12-31`; nil where the calendar has no such day.
    static func iso(year: Int, month: Int, day: Int) -> String? {
        guard (1...12).contains(month), (1...length(ofMonth: month, year: year)).contains(day) else { return nil }
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// `2010-12-31` of `20101231`; nil for other digits, and for what is no day.
    static func iso(digits: some StringProtocol) -> String? {
        guard digits.utf8.count == 8, digits.utf8.allSatisfy(NumberShape.isDigit), let number = Int(digits),
            (1900...2100).contains(number / 10_000)
        else { return nil }
        return iso(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The number of a month by its name, in lower case; nil for any other word.
    static func month(named word: some StringProtocol) -> Int? { months[String(word)] }

    private static let months: [String: Int] = {
        let names = [
            "jan january januar januari janvier janv enero gennaio janeiro styczeń tammikuu leden январь",
            "feb february februar februari febr février fevrier févr fevr febrero febbraio fevereiro luty helmikuu únor "
                + "февраль",
            "mar march mars marts märz marz marzo março maart marzec maaliskuu březen март",
            "apr april avril avr abril aprile kwiecień huhtikuu duben апрель",
            "may mai maj mayo maggio maio mei toukokuu květen май",
            "jun june juni juin junio giugno junho czerwiec kesäkuu červen июнь",
            "jul july juli juillet juil julio luglio julho lipiec heinäkuu červenec июль",
            "aug august augusti août aout agosto augustus sierpień elokuu srpen август",
            "sep sept september septembre septiembre settembre setembro wrzesień syyskuu září сентябрь",
            "oct october okt oktober octobre octubre ottobre outubro październik lokakuu říjen октябрь",
            "nov november novembre noviembre novembro listopad marraskuu ноябрь",
            "dec december des desember dez dezember décembre decembre déc diciembre dicembre dezembro grudzień joulukuu "
                + "prosinec декабрь",
        ]
        var months: [String: Int] = [:]
        for (index, words) in names.enumerated() {
            for word in words.split(separator: " ") { months[String(word)] = index + 1 }
        }
        return months
    }()
}
