import Annals
import Testing

@Suite struct CalendarDayTests {
    @Test func daysAreReadAndOrdered() throws {
        let day = try #require(CalendarDay(iso8601: "2020-02-29"))
        #expect(day.description == "2020-02-29")
        #expect(CalendarDay(startOf: 2020) < day)
        #expect(try day < #require(CalendarDay(iso8601: "2020-03-01")))
        #expect(CalendarDay(startOf: 812).description == "0812-01-01")
    }

    @Test(arguments: ["", "2020", "2021-02-29", "2020-1-1", "2020-01-01T00:00:00Z", "20200101", "+020-01-01"])
    func otherTextsAreNone(text: String) { #expect(CalendarDay(iso8601: text) == nil) }
}
