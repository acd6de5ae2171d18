import Annals
import Comparison
import Definitions
import Testing

/// What two years' codes have in common.
@Suite struct CodeGroupingTests {
    static let counties = Definitions.builtIn.concordances["no-county"]!
    static let codes2011 = (1...20).filter { $0 != 13 }.map { $0 < 10 ? "0\($0)" : "\($0)" }
    static let codes2018 = codes2011.filter { !["16", "17"].contains($0) } + ["50"]
    static let codes2020 = ["03", "11", "15", "18", "30", "34", "38", "42", "46", "50", "54"]
    static let codes2024 = [
        "03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "42", "46", "50", "55", "56",
    ]

    /// `{01,02}>{30}` and so on; what is unchanged is its code alone.
    private func groups(
        _ concordance: Concordance, _ from: Int, _ to: Int, _ earlier: [String], _ later: [String],
        minor: Concordance.Minor = .merge
    ) throws -> (groups: Set<String>, ignored: [String]) {
        let grouping = try CodeGrouping(
            concordance, from: CalendarDay(startOf: from), to: CalendarDay(startOf: to), earlier: earlier, later: later,
            minor: minor)
        let texts = grouping.groups.map { group in
            group.earlier == group.later
                ? group.earlier.joined(separator: ",")
                : group.earlier.joined(separator: ",") + ">" + group.later.joined(separator: ",")
        }
        #expect(Set(texts).count == texts.count)
        return (Set(texts), grouping.ignored.map { "\($0.from)>\($0.to) \($0.validFrom.year)" })
    }

    private func concordance(_ links: (Int, String, String, Concordance.Scope, Int64?)...) -> Concordance {
        Concordance(
            name: "test",
            links: links.map { year, from, to, scope, size in
                Concordance.Link(CalendarDay(startOf: year), from, to, scope, size: size)
            })
    }

    @Test func countiesOf2011And2024Merged() throws {
        let (groups, ignored) = try groups(Self.counties, 2011, 2024, Self.codes2011, Self.codes2024)
        #expect(
            groups == [
                "01,02,04,05,06,07,08>31,32,33,34,39,40", "12,14,15,16,17>15,46,50", "18,19,20>18,55,56", "09,10>42",
                "03", "11",
            ])
        #expect(ignored.isEmpty)
    }

    @Test func countiesOf2011And2024WithMinorPartsIgnored() throws {
        let (groups, ignored) = try groups(Self.counties, 2011, 2024, Self.codes2011, Self.codes2024, minor: .ignore)
        #expect(
            groups == [
                "01,02,06>31,32,33", "04,05>34", "07,08>39,40", "09,10>42", "12,14>46", "15", "16,17>50", "18",
                "19,20>55,56", "03", "11",
            ])
        #expect(ignored == ["15>50 2019", "05>30 2020", "07>30 2020", "14>15 2020", "15>50 2020", "18>54 2020"])
    }

    @Test func countiesBetweenReforms() throws {
        #expect(try groups(Self.counties, 2011, 2012, Self.codes2011, Self.codes2011).groups == Set(Self.codes2011))
        let to2018 = try groups(Self.counties, 2011, 2018, Self.codes2011, Self.codes2018).groups
        #expect(to2018.filter { $0.contains(">") } == ["16,17>50"])
        let to2019 = try groups(Self.counties, 2018, 2019, Self.codes2018, Self.codes2018).groups
        #expect(to2019.filter { $0.contains(",") } == ["15,50"])
        let to2020 = try groups(Self.counties, 2011, 2020, Self.codes2011, Self.codes2020).groups
        #expect(
            to2020 == [
                "01,02,04,05,06,07,08>30,34,38", "12,14,15,16,17>15,46,50", "18,19,20>18,54", "09,10>42", "03", "11",
            ])
        let from2020 = try groups(Self.counties, 2020, 2024, Self.codes2020, Self.codes2024).groups
        #expect(
            from2020.subtracting(["03", "11", "15", "18", "34", "42", "46", "50"]) == [
                "30>31,32,33", "38>39,40", "54>55,56",
            ])
    }

    @Test func aDayAfterNewYearCountsFromTheNextYear() throws {
        let day = try #require(CalendarDay(iso8601: "2012-07-01"))
        let concordance = Concordance(name: "test", links: [Concordance.Link(day, "a", "b", .whole)])
        #expect(try groups(concordance, 2011, 2012, ["a"], ["a"]).groups == ["a"])
        #expect(try groups(concordance, 2012, 2013, ["a"], ["b"]).groups == ["a>b"])
        #expect(try groups(concordance, 2013, 2014, ["b"], ["b"]).groups == ["b"])
    }

    @Test func aCodeWithPartsGoesOnWhereSomethingSaysSo() throws {
        let plain = concordance((2012, "a", "b", .part, 1))
        #expect(try groups(plain, 2011, 2013, ["a", "b"], ["a", "b"], minor: .ignore).groups == ["a", "b"])
        #expect(try groups(plain, 2011, 2013, ["a", "b"], ["b"], minor: .ignore).groups == ["a,b>b"])
        let itself = concordance((2012, "a", "b", .part, 1), (2012, "a", "a", .part, nil))
        let (grouped, ignored) = try groups(itself, 2011, 2013, ["a", "b"], ["b"], minor: .ignore)
        // It goes on, and the table lacks it.
        #expect(grouped == ["b", "a"])
        #expect(ignored == ["a>b 2012"])
        let later = concordance((2012, "a", "b", .part, 1), (2015, "a", "c", .whole, nil))
        #expect(try groups(later, 2011, 2016, ["a", "b"], ["b", "c"], minor: .ignore).groups == ["b", "a>c"])
        #expect(try groups(later, 2011, 2016, ["a", "b"], ["b", "c"]).groups == ["a,b>b,c"])
    }

    @Test func splitLinksAreNeverMinor() throws {
        let split = concordance((2012, "a", "b", .split, 1), (2012, "a", "c", .split, 9))
        #expect(try groups(split, 2011, 2012, ["a"], ["b", "c"], minor: .ignore).groups == ["a>b,c"])
    }

    @Test func aPartBesideASplitIsMinor() throws {
        let both = concordance((2012, "a", "b", .split, nil), (2012, "a", "c", .part, 9))
        let (grouped, ignored) = try groups(both, 2011, 2012, ["a", "c"], ["b", "c"], minor: .ignore)
        #expect(grouped == ["a>b", "c"])
        #expect(ignored == ["a>c 2012"])
        #expect(try groups(both, 2011, 2012, ["a", "c"], ["b", "c"]).groups == ["a,c>b,c"])
    }

    @Test func namesThatChangePlacesAreFollowed() throws {
        let swap = concordance((2012, "a", "b", .whole, nil), (2012, "b", "a", .whole, nil))
        #expect(try groups(swap, 2011, 2012, ["a", "b"], ["a", "b"]).groups == ["b>a", "a>b"])
    }

    @Test func codesThatShouldBeThereAreNamed() throws {
        let merge = concordance((2012, "a", "c", .whole, nil), (2012, "b", "c", .whole, nil))
        #expect(try groups(merge, 2011, 2012, ["b"], ["c"]).groups == ["b,a>c"])
        #expect(try groups(merge, 2011, 2012, ["a", "b"], []).groups == ["a,b>c"])
        #expect(try groups(merge, 2011, 2012, ["x"], ["x", "y"]).groups == ["x", ">y"])
    }

    @Test func theLargestPartMustBeKnown() throws {
        let parts = concordance((2012, "a", "b", .part, 1), (2012, "a", "c", .part, nil))
        #expect(throws: ComparisonRefusal.unknownSizes(code: "a", concordance: "test")) {
            try groups(parts, 2011, 2012, ["a"], ["b", "c"], minor: .ignore)
        }
        #expect(try groups(parts, 2011, 2012, ["a"], ["b", "c"]).groups == ["a>b,c"])
    }
}
