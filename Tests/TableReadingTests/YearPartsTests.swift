import Annals
import Testing

@testable import TableReading

@Suite struct YearPartsTests {
    @Test(arguments: [
        "Births. 1st half 2011", "Births, January–June 2011", "Births, Jan.-Jun. 2011", "Births, January to June 2011",
        "Births, first six months of 2011", "Fødte, 1. tertial 2011", "Fødte de første ni månedene av 2011",
        "Naissances au 1er semestre 2011", "Births 2011:3", "Geborene Januar bis Juni 2011", "Births in May 2011",
        "births_kvartal3_2011", "Births, second half of 2011", "Født i mai 2011",
        "Deaths, week 12, 2011", "Deaths, Q1, 2011", "Births, first quarter of 2011", "Births, year to date 2011",
        "9M 2011 results", "Primer semestre de 2011", "Enero-marzo 2011", "I półrocze 2011", "Births in May, 2011",
    ])
    func part(text: String) {
        let mentions = YearMentions(in: text)
        #expect(
            mentions.years.isEmpty && mentions.partsOfYears.count == 1, "\(mentions.years) \(mentions.partsOfYears)")
    }

    @Test(arguments: [
        "Births, January–December 2011", "Births, January to December 2011", "Population, 1 May 2011",
        "The last 12 months of 2011", "Cars. December 2011", "One half 2011", "Table 2011:14", "Half of 2011",
        "Oslo - June 2011", "Women, men 2011", "Births by quarter, 2011", "Table K1, 2011", "Table T1 2011",
        "Births, 2011",
        "3M 2011",
    ])
    func whole(text: String) { #expect(YearMentions(in: text).years.map(\.label) == ["2011"]) }

    @Test func titleIsRefused() {
        let page = "Births. 1st half 2011\n\n\tBoys\tGirls\nOslo\t120\t131\nVoss\t8\t9\n"
        #expect(refusal(of: page, name: "f.txt")?.message.contains("part of a year") == true)
        let list = "\"Births, January–June 2011\"\nRegion,Boys,Girls\nOslo,120,131\nVoss,8,9\n"
        #expect(refusal(of: list, name: "f.csv")?.message.contains("part of a year") == true)
    }
}
