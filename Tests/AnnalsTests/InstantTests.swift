import Annals
import Testing

struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1), ("1969-12-31T23:59:59.999999Z", -1),
        ("2000-02-29T12:34:56Z", 951_827_696_000_000), ("2026-11-23T18:20:00Z", 1_795_458_000_000_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000), ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ])
    func textAndMicrosecondsAgree(_ text: String, _ microseconds: Int64) throws {
        #expect(Instant(microseconds: microseconds).description == text)
        #expect(try #require(Instant(iso8601: text)).microseconds == microseconds)
    }

    @Test func everyDayOfFourCenturiesReadsBack() throws {
        // Every 13 days, so that each month and each kind of leap year is met.
        for day in stride(from: -200_000, through: 200_000, by: 13) {
            let instant = Instant(microseconds: Int64(day) * 86_400_000_000 + 1)
            #expect(Instant(iso8601: instant.description) == instant)
        }
    }

    @Test func offsetsAndShorterFormsAreRead() {
        let noon = Instant(iso8601: "2011-03-04T12:00:00Z")
        for same in [
            "2011-03-04T12:00", "2011-03-04 12:00:00", "2011-03-04t12:00:00z", "2011-03-04T13:00+01",
            "2011-03-04T13:00+0100",
            "2011-03-04T06:30:00-05:30", "2011-03-05T02:00+14:00", "2011-03-04T12:00:00.0Z",
        ] {
            #expect(Instant(iso8601: same) == noon, "\(same)")
        }
        #expect(Instant(iso8601: "2011-03-04T12:00:00.123456789Z")?.microseconds == noon!.microseconds + 123_456)
        #expect(Instant(iso8601: "2011-12-31T23:59:60Z") == Instant(iso8601: "2012-01-01T00:00:00Z"))
    }

    @Test func dateIsItsFirstOrItsLastMicrosecond() {
        #expect(Instant(iso8601: "2011-12-31")?.description == "2011-12-31T00:00:00Z")
        #expect(Instant(iso8601: "2011-12-31", endOfDay: true)?.description == "2011-12-31T23:59:59.999999Z")
    }

    @Test(arguments: [
        "", "2011", "2011-1-1", "2011-13-01", "2011-00-01", "2011-02-29", "1900-02-29", "2011-04-31", "2011-01-00",
        "2011-01-01T", "2011-01-01T24:00", "2011-01-01T12:60", "2011-01-01T12:00:61", "2011-01-01T12:00:00.",
        "2011-01-01T12:00:00.1234567890", "2011-01-01T12:00Zx", "2011-01-01T12:00+15", "2011-01-01T12:00+01:",
        "2011-01-01T12:00:60Z", "2011-12-31T23:59:60+01:00", "2011-12-31T24:00:00Z",
        "2011-01-01T12:00+01:60", "2011-01-01 ", " 2011-01-01", "2011-01-01Z", "２０１１-01-01", "-011-01-01",
    ])
    func whatIsNoDateIsNil(_ text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test(arguments: [
        "0000-01-01", "0000-12-31T23:59:59.999999Z", "0000-01-01T00:00:00+14:00", "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:60Z", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999-00:01",
    ])
    func whatIsOutOfTheYears1To9999IsNil(_ text: String) { #expect(Instant(iso8601: text) == nil) }

    @Test(arguments: [
        ("0000-12-31T23:59:59-00:01", "0001-01-01T00:00:59Z"), ("0001-01-01T14:00+14:00", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
        ("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500000Z"),
        ("2017-01-01T00:59:60+01:00", "2017-01-01T00:00:00Z"),
    ])
    func whatItsOffsetBringsIntoThemIsTaken(_ text: String, _ same: String) throws {
        let instant = try #require(Instant(iso8601: text))
        #expect(instant.description == same)
        #expect(Instant.domain.contains(instant))
    }

    @Test func everyDayEndsInTheDomain() {
        #expect(Instant(iso8601: "9999-12-31", endOfDay: true) == Instant.domain.upperBound)
        #expect(Instant(iso8601: "0001-01-01") == Instant.domain.lowerBound)
        #expect(Instant(microseconds: .min).inDomain == Instant.domain.lowerBound)
        #expect(Instant(microseconds: .max).inDomain == Instant.domain.upperBound)
        #expect(Instant(microseconds: 5).inDomain.microseconds == 5)
    }

    @Test(arguments: [Int64.min, Int64.min + 1, Int64.max]) func anyIntegerCanBeWritten(_ microseconds: Int64) {
        #expect(Instant(microseconds: microseconds).description.hasSuffix("Z"))
    }
}
