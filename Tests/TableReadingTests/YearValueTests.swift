import Annals
import Testing

@testable import TableReading

@Suite struct YearValueTests {
    private func shown(_ text: String) -> String {
        guard let value = YearValue.parse(text) else { return "nil" }
        var parts = [value.mention.label, value.day ?? "", value.flags.codes.joined(separator: ",")]
        while parts.last == "" { parts.removeLast() }
        return parts.joined(separator: "|")
    }

    @Test(arguments: [
        ("2010", "2010"), (" 2010 ", "2010"), ("1066", "1066"), ("2199", "2199"), ("2010.0", "2010"),
        ("2010-11", "2010-11"), ("2010/11", "2010/11"), ("2010/2011", "2010/2011"), ("FY2010", "2010"),
        ("2011p", "2011||provisional"), ("2011 (r)", "2011||revised"), ("2011*", "2011"),
        ("2010-12-31", "2010|2010-12-31"),
        ("31.12.2010", "2010|2010-12-31"), ("31/12/2010", "2010|2010-12-31"),
        ("2010-12-31T00:00:00", "2010|2010-12-31"), ("31 December 2010", "2010|2010-12-31"),
        ("01/01/2010", "2010|2010-01-01"),
    ])
    func years(text: String, expected: String) { #expect(shown(text) == expected) }

    @Test(arguments: [
        "", "0999", "2200", "9999", "10", "2011M06", "2011-06", "2010Q4", "2020W50", "2010/2012", "2008-2010", "201011",
        "20101231", "2010 persons", "Persons 2010", "2010 and 2011", "01/02/2010", "2010-02-30", "June 2010", "2010-",
        "-2010", "+2010", "2010.5", "20l0", "2010,", "abcd", "２０１０", "2010 2011", "1980=100",
    ])
    func others(text: String) { #expect(YearValue.parse(text) == nil) }
}
