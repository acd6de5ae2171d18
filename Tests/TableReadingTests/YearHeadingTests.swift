import Annals
import Testing

@testable import TableReading

@Suite struct YearHeadingTests {
    /// `2011 | remainder | flags | footnotes | day`, what is empty at the end left out.
    private func shown(_ text: String) -> String {
        switch YearHeading.parse(text) {
        case .year(let heading):
            var parts = [
                heading.mention.label, heading.remainder, heading.flags.codes.joined(separator: ","),
                heading.footnotes.joined(separator: ","), heading.hasUnclearDay ? "?" : heading.day ?? "",
            ]
            while parts.last == "" { parts.removeLast() }
            return parts.joined(separator: "|")
        case .part: return "part"
        case .range(let range): return "range " + range
        case .bound(let bound): return "bound " + bound
        case .several(let mentions): return "several " + mentions.map(\.label).joined(separator: ",")
        case .none: return "none"
        }
    }

    @Test func fourDigitsAloneAreWhatTheyAreBesideASpace() {
        for number in 0...9999 {
            let text = String(String(number + 10_000).dropFirst())
            if YearHeading.parse(text) != YearHeading.parse(text + " ") { Issue.record("\(text)") }
        }
    }

    @Test(arguments: [
        ("2011", "2011"), (" 2011 ", "2011"), ("2011p", "2011||provisional"), ("2011r", "2011||revised"),
        ("2011e", "2011||estimated"), ("2011f", "2011||forecast"), ("2011E", "2011||estimated"),
        ("2011 p", "2011||provisional"), ("2011 (p)", "2011||provisional"), ("2011 (r)", "2011||revised"),
        ("2011(p)", "2011||provisional"), ("2011 [p]", "2011||provisional"), ("2011 (prelim.)", "2011||provisional"),
        ("2011 (provisional)", "2011||provisional"), ("2011 (Preliminary figures)", "2011||provisional"),
        ("2011 (foreløpige tall)", "2011||provisional"), ("2011 (vorläufig)", "2011||provisional"),
        ("2011 (prov.)", "2011||provisional"), ("2011 (revised)", "2011||revised"),
        ("2011 (est.)", "2011||estimated"), ("2011 (projection)", "2011||forecast"),
        ("2011 (p, r)", "2011||provisional,revised"), ("2011 provisional", "2011||provisional"),
        ("2011ᵖ", "2011||provisional"), ("2011p 1)", "2011||provisional|1)"), ("2011p*", "2011||provisional|*"),
        ("2011p¹", "2011||provisional|¹"),
        ("Population (2011p)", "2011|Population|provisional"),
    ])
    func flags(text: String, expected: String) { #expect(shown(text) == expected) }

    @Test(arguments: [
        ("2011*", "2011|||*"), ("2011 *", "2011|||*"), ("2011¹", "2011|||¹"), ("2011 ¹⁾", "2011|||¹⁾"),
        ("2011 1)", "2011|||1)"), ("2011 1) 2)", "2011|||1),2)"), ("2011 (1)", "2011|||(1)"), ("2011 a)", "2011|||a)"),
        ("2011†", "2011|||†"), ("Persons 2011*", "2011|Persons||*"),
    ])
    func footnotes(text: String, expected: String) { #expect(shown(text) == expected) }

    @Test(arguments: [
        ("POPESTIMATE2011", "2011|POPESTIMATE"), ("y2011", "2011"), ("X2011", "2011"), ("FY2011", "2011"),
        ("FY 2011", "2011"), ("Year 2011", "2011"), ("Population 2011", "2011|Population"),
        ("2011 Population", "2011|Population"), ("CENSUS2010POP", "2010|CENSUS POP"), ("pop_2011", "2011|pop"),
        ("pop_2011_total", "2011|pop_total"), ("Persons, 2011, men", "2011|Persons, men"),
        ("Persons (2011)", "2011|Persons"), ("Persons (2011, men)", "2011|Persons (men)"),
        ("Population in 2011", "2011|Population"), ("2011 (men)", "2011|(men)"), ("2011 Estimate", "2011|Estimate"),
        ("ESTIMATESBASE2010", "2010|ESTIMATESBASE"), ("2011POP", "2011|POP"), ("2011.0", "2011"),
        ("births_2011.0", "2011|births"), ("Antall 2011 (foreløpig)", "2011|Antall|provisional"),
        ("2011 persons", "2011|persons"), ("2011: persons", "2011|persons"), ("2011 r b", "2011|r b"),
        ("Mid-2020", "2020"), ("mid-year 2020", "2020"), ("Population mid-2020", "2020|Population"),
    ])
    func remainders(text: String, expected: String) { #expect(shown(text) == expected) }

    @Test(arguments: [
        ("2011-12", "2011-12"), ("2010/2011", "2010/2011"), ("2010/11", "2010/11"), ("1999-00", "1999-00"),
        ("Pupils 2010/11", "2010/11|Pupils"), ("2010/11p", "2010/11||provisional"),
        ("2010/11 (p)", "2010/11||provisional"),
        ("Change 2010-11", "range 2010-11"), ("2010-2011, %", "range 2010-2011"),
        ("2008-2010", "range 2008-2010"), ("2010/2012", "range 2010/2012"), ("Average 2008–2010", "range 2008–2010"),
        ("2010 and 2012", "several 2010,2012"), ("Change 2010 to 2011", "several 2010,2011"),
    ])
    func splitYearsAndRanges(text: String, expected: String) { #expect(shown(text) == expected) }

    @Test(arguments: [
        ("31 December 2010", "2010||||2010-12-31"), ("31.12.2010", "2010||||2010-12-31"),
        ("31/12/2010", "2010||||2010-12-31"), ("12/31/2010", "2010||||2010-12-31"), ("01/02/2010", "2010||||?"),
        ("01/01/2010", "2010||||2010-01-01"), ("1.1.2011", "2011||||2011-01-01"), ("1.2.2011", "2011||||2011-02-01"),
        ("2010-12-31", "2010||||2010-12-31"), ("2011-12-31", "2011||||2011-12-31"),
        ("2010-12-31T00:00:00", "2010||||2010-12-31"), ("2010-12-31 00:00", "2010||||2010-12-31"),
        ("2010.12.31", "2010||||2010-12-31"), ("2010/12/31", "2010||||2010-12-31"),
        ("Population 1 January 2011", "2011|Population|||2011-01-01"),
        ("Bestand am 31.12.2010", "2010|Bestand|||2010-12-31"), ("December 31, 2010", "2010||||2010-12-31"),
        ("1st January 2011", "2011||||2011-01-01"), ("1. januar 2011", "2011||||2011-01-01"),
        ("Population on 31 December 2010", "2010|Population|||2010-12-31"), ("2010 December 31", "2010||||2010-12-31"),
        ("End of June 2010", "2010||||?"), ("31 February 2010", "none"),
    ])
    func days(text: String, expected: String) { #expect(shown(text) == expected) }

    @Test(arguments: [
        "2011Q1", "2011-Q3", "Q3 2011", "Q3/2011", "1Q2011", "3rd quarter 2011", "kvartal 3 2011", "2011M01", "2011-06",
        "2011.06", "6/2011", "06.2011", "June 2011", "Jan 2011", "2011 January", "2011-Jan", "2011W05", "week 5 2011",
        "H1 2011", "2011H1", "2011-S2", "2011 quarter 1", "Population, June 2011",
    ])
    func partsOfYears(text: String) { #expect(shown(text) == "part") }

    @Test(arguments: [
        "", "Persons", "10", "11", "1980=100", "Index (2015=100)", "2015 prices", "NUTS 2013", "NUTS2013", "2000 years",
        "12345", "0.2011", "2011.5", "POP1524", "AGE2024_TOT", "mill. 2015 kr", "2010 US$", "constant 2010 dollars",
        "Viken (2020-)", "(-2019)", "9999", "1,2011",
    ])
    func none(text: String) { #expect(shown(text) == "none") }

    /// Whatever is put together from their parts, texts are read without a trap, and a field never says more than its
    /// heading.
    @Test func anyTextIsRead() {
        let pieces = [
            "2011", "12", "1", "-", "/", ".", " ", "p", "(", ")", "Q1", "T00:00", "December", "¹", "*", "_", "\u{301}",
            "x", "é", ",", "to", "31.12.", "–",
        ]
        var texts = [""]
        for _ in 0..<4 { texts = texts.flatMap { text in pieces.map { text + $0 } } }
        // Every seventh is enough, and has every piece in every place.
        for index in stride(from: 0, to: texts.count, by: 7) {
            guard let value = YearValue.parse(texts[index]) else { continue }
            guard case .year(let heading) = YearHeading.parse(texts[index]) else {
                Issue.record("\(texts[index])")
                continue
            }
            if heading.mention != value.mention || !heading.remainder.isEmpty { Issue.record("\(texts[index])") }
        }
    }

    @Test(arguments: [
        ("2010 [YR2010]", "2010"), ("2010 [a]", "2010|||[a]"), ("2010 est.", "2010||estimated"),
        ("2011 proj.", "2011||forecast"), ("Before 1919", "bound 1919"), ("Since 2000", "bound 2000"),
        ("<2000", "bound 2000"), ("2000+", "bound 2000"), ("2500 and over", "none"), ("2000 and over", "bound 2000"),
        ("2000-2500", "bound 2000-2500"), ("1000-1999 g", "bound 1000-1999 g"), ("1990s", "range 1990s"),
        ("1990-årene", "range 1990-årene"), ("31-12-2011", "2011||||2011-12-31"),
    ])
    func boundsAndRepetitions(text: String, expected: String) { #expect(shown(text) == expected) }

    @Test func shortYearsAndMonths() {
        #expect(["Mar-10", "mars 10", "Sep '09"].allSatisfy(ShortYear.isMonth))
        #expect(!["March", "Mar-2010", "Marsh-10", "10-Mar"].contains(where: ShortYear.isMonth))
    }
}
