import Annals
import Definitions
import Testing

@testable import TableReading

/// Eurostat's TSV files, by the publisher's own description of them.
@Suite struct EurostatReaderTests {
    private let text =
        "freq,unit,sex,geo\\TIME_PERIOD\t2022 \t2021 \nA,NR,F,AT\t4551000 \t4530000 e\nA,NR,F,BE\t12 bp\t: c\n"
        + "A,NR,M,AT\t: z\t: u\nA,NR,M,BE\t1 b p\t:\n"

    @Test func dimensionsYearsAndMarks() throws {
        let document = try read(text, name: "demo_pjan.tsv")
        #expect(document.facts.reader == "eurostat-tsv" && document.facts.dialect == "eurostat")
        #expect(document.facts.dataset.slug == "demo-pjan")
        #expect(document.tables.map(\.period.year) == [2021, 2022])
        let (first, second) = (document.tables[0], document.tables[1])
        #expect(first.dimensionIDs == ["unit", "sex", "geo"])
        #expect(second.shown("NR", "F", "AT") == "4551000")
        #expect(first.shown("NR", "F", "AT") == "4530000 estimated")
        #expect(second.shown("NR", "F", "BE") == "12 provisional break")
        #expect(first.shown("NR", "F", "BE") == "confidential")
        #expect(second.shown("NR", "M", "AT") == "not-applicable")
        #expect(first.shown("NR", "M", "AT") == "unreliable")
        #expect(second.shown("NR", "M", "BE") == "1 provisional break")
        #expect(first.shown("NR", "M", "BE") == "not-available")
    }

    @Test func theOldHeadingHasNoFrequency() throws {
        let document = try read("indic_de,geo\\time\t2020 \t2019 \nJAN,AT\t8 \t7 \nJAN,BE\t6 \t5 b\n", name: "tps1.tsv")
        #expect(document.tables.map(\.dimensionIDs) == [["indic-de", "geo"], ["indic-de", "geo"]])
        #expect(document.tables[0].shown("JAN", "BE") == "5 break")
    }

    @Test func oneDimensionAndProjectionsTenYearsApart() throws {
        let document = try read("geo\\TIME_PERIOD\t2030 \t2040 \t2100 \nAT\t1\t2\t3\nBE\t4\t5\t6 p\n", name: "proj.tsv")
        #expect(document.tables.map(\.period.year) == [2030, 2040, 2100])
        #expect(document.tables[2].shown("BE") == "6 provisional")
    }

    @Test func theDownloadsPrefixIsNoPartOfTheName() throws {
        #expect(try read(text, name: "estat_demo_pjan.tsv").facts.dataset.slug == "demo-pjan")
    }

    @Test(arguments: ["2020-03", "2020M03", "2020-Q1", "2020Q1", "2020S1", "2020-W07", "2020W07", "2020-01-31"])
    func partsOfYearsAreRefused(heading: String) throws {
        let reason = try #require(refusal(of: "unit,geo\\time\t\(heading) \t2020 \nNR,AT\t1 \t2 \n", name: "x.tsv"))
        #expect((reason.line, reason.column, reason.found) == (1, 2, heading))
        #expect(reason.message == "The headings are months, quarters, weeks or days")
    }

    @Test func otherFrequenciesAreRefused() throws {
        let reason = try #require(
            refusal(of: "freq,geo\\TIME_PERIOD\t2020 \t2021 \nA,AT\t1 \t2 \nQ,AT\t3 \t4 \n", name: "x.tsv"))
        #expect((reason.line, reason.found) == (3, "Q"))
        let odd = try #require(
            refusal(of: "freq,geo\\TIME_PERIOD\t2020 \t2021 \nA,AT\t1 \t2 \n$,BE\t3 \t4 \n", name: "x.tsv"))
        #expect((odd.line, odd.found) == (3, "$"))
    }

    @Test func whatIsNoRowOrNoMarkIsRefusedWhereItStands() throws {
        let head = "freq,sex,geo\\TIME_PERIOD\t2020 \t2021 \n"
        let short = try #require(refusal(of: head + "A,F,AT\t1 \t2 \nA,M,AT\t2 \n", name: "x.tsv"))
        #expect(short.line == 3)
        let mark = try #require(refusal(of: head + "A,F,AT\t1 \t2 q\nA,M,AT\t2 \t3 \n", name: "x.tsv"))
        #expect((mark.line, mark.column, mark.found) == (2, 3, "2 q"))
        let packed = try #require(
            refusal(of: head + "A,F,AT\t1 \t2 \nA,M,AT,X\t2 \t3 \nA,M,BE\t2 \t3 \n", name: "x.tsv"))
        #expect((packed.line, packed.column, packed.found) == (3, 1, "A,M,AT,X"))
        let twice = try #require(refusal(of: head + "A,F,AT\t1 \t2 \nA,F,AT\t2 \t3 \n", name: "x.tsv"))
        #expect(twice.line == 3)
    }

    @Test func nothingButMissingFiguresAreFigures() throws {
        let document = try read(
            "freq,sex,geo\\TIME_PERIOD\t2020 \t2021 \nA,F,AT\t: \t: c\nA,M,AT\t: \t: \n", name: "x.tsv")
        #expect(document.tables.map { $0.shown("F", "AT") } == ["not-available", "confidential"])
    }

    /// A dimension that had one category before and was said of the table then, in an archive of before.
    @Test func whatWasSaidOfTheTableStaysSo() throws {
        let plan = ReadingPlan(columns: [
            .init(name: "unit", number: 1, role: .attribute, text: "NR", why: ""),
            .init(name: "sex", number: 1, role: .key, why: ""), .init(name: "geo", number: 1, role: .key, why: ""),
        ])
        let document = try TableReading.read(
            SourceDocument(name: "demo_pjan.tsv", bytes: Array(text.utf8)), definitions: .builtIn, bound: plan)
        #expect(document.tables[0].dimensionIDs == ["sex", "geo"])
    }
}
