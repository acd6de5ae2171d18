import Testing

@testable import TableReading

@Suite struct SheetDateTests {
    private static let day = DateParts(hasYear: true, hasMonth: true, hasDay: true)

    @Test(arguments: [
        (1.0, false, "1900-01-01"), (59, false, "1900-02-28"), (61, false, "1900-03-01"), (25569, false, "1970-01-01"),
        (40908, false, "2011-12-31"), (36585, false, "2000-02-29"), (2_958_465, false, "9999-12-31"),
        (0, true, "1904-01-01"), (39446, true, "2011-12-31"), (40908.5, false, "2011-12-31 12:00:00"),
    ]) func ofANumber(number: Double, is1904: Bool, text: String) {
        #expect(SheetDate(number: number, is1904: is1904)?.text(Self.day) == text)
    }

    @Test func whatIsNoDay() {
        #expect(SheetDate(number: 60, is1904: false) == nil)
        #expect(SheetDate(number: -1, is1904: false) == nil)
        #expect(SheetDate(number: 1e9, is1904: false) == nil)
        #expect(SheetDate(number: .nan, is1904: false) == nil)
        #expect(SheetDate(iso: "2011-13-01") == nil)
        #expect(SheetDate(iso: "2011") == nil)
    }

    @Test func onlyWhatIsShown() {
        let date = SheetDate(iso: "2011-09-05T00:00:00")
        #expect(date?.text(DateParts(hasYear: true)) == "2011")
        #expect(date?.text(DateParts(hasYear: true, hasMonth: true)) == "September 2011")
        #expect(date?.text(DateParts(hasMonth: true, hasDay: true)) == "05-Sep")
    }
}
