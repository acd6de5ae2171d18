import Testing

@testable import TableReading

@Suite struct YearMentionsTests {
    @Test(arguments: [
        ("Net migration between counties. 2011", ["2011"]), ("Population 1 January 2011", ["2011"]),
        ("1.1.2011", ["2011"]), ("2011-06-30", ["2011"]), ("Flows 2011-12", ["2011-12"]), ("2011/12", ["2011/12"]),
        ("2011–2012", ["2011-2012"]), ("1999-00", ["1999-00"]), ("inflow_2011_12", ["2011-12"]),
        ("Personer2019", ["2019"]),
        ("2010 and 2011", ["2010", "2011"]), ("2011, revised 2011", ["2011"]),
        ("Index, 1980=100", []), ("Index (1980 = 100)", []), ("Index 1980=100, 2011", ["2011"]),
        ("At 2015 prices. 2011", ["2011"]),
        ("2015-prices", []), ("base year 2005", []), ("1990-2011", []), ("Personer2005-2009", []), ("1990 – 2011", []),
        ("1995-98", []), ("Troms - Romsa (-2019)", []), ("Viken (2020-)", []), ("2000 years", []), ("NUTS 2013", []),
        ("ISO 3166", []), ("12345", []), ("0.20115", []), ("Aged 67", []), ("9999", []), ("2011-06", []),
        ("2011M01", []),
        ("k5-2011", ["2011"]), ("Q5 2011", ["2011"]), ("2011k5", ["2011"]), ("2011M13", ["2011"]), ("k4-2011", []),
        ("2011Q3", []), ("Q3 2011", []), ("3rd quarter 2011", []), ("2020W50", []), ("3. kvartal 2011", []),
        ("population-2011-12-31", ["2011"]), ("budget-2005-06-30", ["2005"]), ("on 2011-12-31", ["2011"]),
        ("x_2011_12_31", ["2011"]), ("2011-12-31T00:00:00", ["2011"]), ("2011-12-45", ["2011"]),
        ("2011/12/31", ["2011"]),
        ("2010/2012", []), ("NUTS2013", []), ("AGE2024", []), ("mill. 2015 kr", []), ("2011H1", []), ("Q3/2011", []),
        ("prices_2011", ["2011"]), ("2011-12 31 regions", ["2011-12"]),
        ("2011-", []), ("-", []), ("", []), ("2011-123456", ["2011"]), ("½2011½", ["2011"]),
    ])
    func years(text: String, expected: [String]) { #expect(YearMentions(in: text).years.map(\.label) == expected) }

    @Test func partsOfYears() {
        #expect(YearMentions(in: "2011M01").partsOfYears == ["2011M01"])
        #expect(YearMentions(in: "Unemployed, 3rd quarter 2011").partsOfYears == ["quarter 2011"])
        #expect(YearMentions(in: "2011-06").partsOfYears == ["2011-06"])
        #expect(YearMentions(in: "2020W99 ").partsOfYears == ["2020W99"])
    }

    @Test func rangesAreTold() {
        #expect(YearMentions(in: "1990-2011").ranges == ["1990-2011"])
        #expect(YearMentions(in: "Averages 2010/2012, 1995-98").ranges == ["2010/2012", "1995-98"])
        #expect(YearMentions(in: "2011-12").ranges == [])
        #expect(YearMentions(in: "Mean of the 1990s, 2000-årene, 2010er").ranges == ["1990s", "2000-årene", "2010er"])
        for text in ["from 2010 until 2011", "von 2010 bis 2011", "från 2010 till 2011"] {
            #expect(YearMentions(in: text).years.map(\.label) == ["2010", "2011"], "\(text)")
        }
        #expect(YearMentions(in: "Födda under 2011").years.map(\.label) == ["2011"])
        #expect(YearMentions(in: "Deaths over 2011").years.map(\.label) == ["2011"])
        #expect(YearMentions(in: "2010 Series").years.map(\.label) == ["2010"])
    }

    @Test func remainder() {
        #expect(TitleLine.withoutEdges(YearMentions(in: "population-2011-12-31").remainder) == "population")
        #expect(TitleLine.withoutEdges(YearMentions(in: "On 2011-12-31T00:00:00 persons").remainder) == "On persons")
        #expect(TitleLine.withoutEdges(YearMentions(in: "Persons 2005").remainder) == "Persons")
        #expect(TitleLine.withoutEdges(YearMentions(in: "2005").remainder) == nil)
        #expect(TitleLine.withoutEdges(YearMentions(in: "Flows (2011-12)").remainder) == "Flows")
    }
}
