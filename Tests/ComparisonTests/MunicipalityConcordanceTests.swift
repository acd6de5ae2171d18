import Annals
import Comparison
import Definitions
import TestSupport
import Testing

/// The long concordance that is shipped: the municipalities of Norway.
@Suite struct MunicipalityConcordanceTests {
    private let concordance: Concordance
    /// Those in force on the last day of links, and before each of them.
    private let codesByYear: [Int: Set<String>]

    /// The codes of 2024.
    ///
    /// Source: Statistics Norway, Klass, classification 131, version 1710, as of June 2024.
    private static let codes2024 = codes(
        """
        0301 1101 1103 1106 1108 1111 1112 1114 1119-1122 1124 1127 1130 1133-1135 1144-1146 1149 1151 1160
        1505 1506 1508 1511 1514-1517 1520 1525 1528 1531 1532 1535 1539 1547 1554 1557 1560 1563 1566 1573 1576-1580
        1804 1806 1811-1813 1815 1816 1818 1820 1822 1824-1828 1832-1841 1845 1848 1851 1853 1856 1857 1859 1860
        1865-1868 1870 1871 1874 1875 3101-3107/2 3110-3124/2 3201-3209/2 3212-3242/2 3301-3305/2 3310-3338/2
        3401-3407/2 3411-3443 3446-3454 3901-3911/2 4001-4005/2 4010-4036/2 4201-4207 4211-4228 4601 4602 4611-4651
        5001 5006 5007 5014 5020-5022 5025-5029 5031-5038 5041-5047 5049 5052-5061 5501 5503 5510-5546/2
        5601-5607/2 5610-5636/2
        """)

    /// How many there were on 1 January, from each of these years on.
    ///
    /// Source: Statistics Norway, Klass, classification 131, the lengths of its versions; 454, 434, 428, 422, 356 and 357
    /// are also in its articles on the reforms.
    private static let counts = [
        1977: 454, 1988: 448, 1992: 439, 1994: 435, 2002: 434, 2005: 433, 2006: 431, 2008: 430, 2012: 429, 2013: 428,
        2017: 426, 2018: 422, 2020: 356, 2024: 357,
    ]

    init() throws {
        let text = try #require(RepositoryFiles.text("Config/concordances/no-municipality.csv"))
        concordance = try Concordance.parse(text, file: "concordances/no-municipality.csv")
        codesByYear = Self.history(of: concordance, endingWith: Self.codes2024)
    }

    /// `3101-3107/2`: every second one of a range.
    private static func codes(_ text: String) -> Set<String> {
        Set(
            text.split(whereSeparator: \.isWhitespace).flatMap { part in
                let numbers = part.split(whereSeparator: { "-/".contains($0) }).compactMap { Int($0) }
                return stride(
                    from: numbers[0], through: numbers.count > 1 ? numbers[1] : numbers[0],
                    by: numbers.count > 2 ? numbers[2] : 1
                ).map { $0 < 1000 ? "0\($0)" : "\($0)" }
            })
    }

    /// Backwards from the last day: what began goes, what ended comes.
    private static func history(
        of concordance: Concordance, endingWith last: Set<String>
    ) -> [Int: Set<String>] {
        var codes = last
        var history: [Int: Set<String>] = [:]
        for year in (1977...2024).reversed() {
            history[year] = codes
            let links = concordance.links.filter { $0.validFrom == CalendarDay(startOf: year) }
            let goOn = Set(links.filter(\.isToItself).map(\.from))
            let moved = links.filter { !$0.isToItself }
            codes.subtract(Set(moved.map(\.to)).subtracting(goOn))
            codes.formUnion(moved.map(\.from))
        }
        return history
    }

    @Test func nothingIsWrongWithIt() {
        #expect(ConcordanceCheck.findings(in: concordance).isEmpty)
        #expect(concordance.links.first?.validFrom.year == 1978)
        #expect(concordance.links.last?.validFrom.year == 2024)
        #expect(concordance.source?.contains("classification 131") == true)
    }

    @Test func municipalitiesOfEachYearAreAsManyAsThereWere() throws {
        #expect(Self.codes2024.count == 357)
        for year in 1977...2024 {
            let first = try #require(Self.counts.keys.filter { $0 <= year }.max())
            #expect(codesByYear[year]?.count == Self.counts[first], "\(year)")
        }
    }

    /// Each code that a link takes something from is there before, and each that it brings something to is there then.
    @Test func linksLeadFromCodesThatAreToCodesThatAre() throws {
        for link in concordance.links {
            let (before, after) = (codesByYear[link.validFrom.year - 1], codesByYear[link.validFrom.year])
            #expect(before?.contains(link.from) == true, "\(link)")
            #expect(after?.contains(link.to) == true, "\(link)")
            if link.isToItself { #expect(before?.contains(link.to) == true, "\(link)") }
        }
    }

    /// Reached by joining what a link joins, year by year, until nothing changes.
    @Test(arguments: [(1977, 2024), (1994, 2017), (2017, 2018), (2019, 2020), (2017, 2024), (2023, 2024)])
    func groupsAreThoseOfThePlainRules(from: Int, to: Int) throws {
        let (earlier, later) = try (#require(codesByYear[from]), #require(codesByYear[to]))
        var labels = Dictionary(uniqueKeysWithValues: earlier.map { ($0, Set([$0])) })
        for year in from + 1...to {
            let links = concordance.links.filter { $0.validFrom == CalendarDay(startOf: year) }
            let ended = Set(links.filter { !$0.isToItself }.map(\.from)).subtracting(
                links.filter(\.isToItself).map(\.from))
            var next = labels.filter { !ended.contains($0.key) }
            for link in links { next[link.to, default: []].formUnion(labels[link.from] ?? []) }
            labels = next
        }
        #expect(Set(labels.keys) == later)
        var expected: [(from: Set<String>, to: Set<String>)] = []
        for (code, origins) in labels {
            let touched = expected.indices.filter { !expected[$0].from.isDisjoint(with: origins) }
            var joined = (from: origins, to: Set([code]))
            for place in touched.reversed() {
                let other = expected.remove(at: place)
                joined = (joined.from.union(other.from), joined.to.union(other.to))
            }
            expected.append(joined)
        }
        let grouping = try CodeGrouping(
            concordance, from: CalendarDay(startOf: from), to: CalendarDay(startOf: to), earlier: earlier.sorted(),
            later: later.sorted(), minor: .merge)
        #expect(grouping.groups.count == expected.count)
        #expect(Set(grouping.groups.map(\.earlier)) == Set(expected.map { $0.from.sorted() }))
        #expect(Set(grouping.groups.map(\.later)) == Set(expected.map { $0.to.sorted() }))
        #expect(grouping.ignored.isEmpty)
    }

    private func groups(
        _ from: Int, _ to: Int, minor: Concordance.Minor
    ) throws -> (groups: Set<String>, ignored: [String]) {
        let (earlier, later) = try (#require(codesByYear[from]), #require(codesByYear[to]))
        let grouping = try CodeGrouping(
            concordance, from: CalendarDay(startOf: from), to: CalendarDay(startOf: to), earlier: earlier.sorted(),
            later: later.sorted(), minor: minor)
        return (
            Set(
                grouping.groups.map {
                    $0.earlier.joined(separator: ",") + ">" + $0.later.joined(separator: ",")
                }), grouping.ignored.map { "\($0.from)>\($0.to) \($0.validFrom.year)" }
        )
    }

    @Test func reformsOfThreeYearsMerged() throws {
        let (groups, _) = try groups(2017, 2024, minor: .merge)
        // Renumbered twice; merged in 2018 and in 2020; divided in 2020 into three and two; merged and divided again.
        #expect(
            groups.isSuperset(of: [
                "0101>3101", "1640>5025", "0702,0713,0714>3903", "1571,1612,1613,1617,1622,1636,1638>5055,5056,5059",
                "1805,1849,1850,1854>1806,1875", "1504,1523,1529,1534,1546>1508,1580", "1567>5061", "0301>0301",
            ]))
        // What moved in part.
        #expect(
            groups.isSuperset(of: [
                "1401,1439,1441,1443>4602,4649", "1444,1449,1519>1577,4651", "1624,1702,1718,1724>5006,5054",
                "1102,1129,1130>1108,1130", "0501,0521>3405,3440",
            ]))
        #expect(groups.count == 353 - 11)
    }

    @Test func reformsOfThreeYearsWithMinorPartsIgnored() throws {
        let (groups, ignored) = try groups(2017, 2024, minor: .ignore)
        #expect(
            groups.isSuperset(of: [
                "1401,1439>4602", "1441,1443>4649", "1444,1519>1577", "1449>4651", "1702,1724>5006", "1624,1718>5054",
                "1102,1129>1108", "1130>1130", "0501>3405", "0521>3440",
                "1571,1612,1613,1617,1622,1636,1638>5055,5056,5059",
            ]))
        #expect(
            ignored == [
                "1444>1449 2019", "1129>1130 2020", "1133>1103 2020", "1418>4638 2020", "1439>4649 2020",
                "5039>5054 2020", "1539>1535 2021", "3452>3453 2021", "3005>3048 2022", "3048>3005 2022",
                "3405>3440 2022", "4618>4619 2022",
            ])
        // Of 357 the two of Ålesund are one group, the three of Snillfjord, and the two of Tysfjord.
        #expect(groups.count == 357 - 1 - 2 - 1)
    }
}
