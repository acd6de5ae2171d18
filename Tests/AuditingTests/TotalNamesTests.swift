import Annals
import Testing

@testable import Auditing

struct TotalNamesTests {
    @Test(arguments: [
        "Total", "I alt", "Hele landet", "Both sexes", "Begge kjønn", "All ages", "Net migration, total",
        "Utflytting i alt", "Insgesamt", "Hela riket", "Yhteensä", "Ogółem", "всего", "合計",
        "Total 2011", "15-64 total", "19 i alt",
    ])
    func labelNamesATotal(_ label: String) {
        #expect(TotalNames.name(Category(code: "0", label: label)))
    }

    @Test(arguments: [
        "Oslo", "Alle-Steinbergkirche", "Altona", "Finnmark", "Totland", "", "19", "Total2", "R01", "i", "t", "al",
    ])
    func labelNamesNoTotal(_ label: String) {
        #expect(!TotalNames.name(Category(code: "0", label: label)))
    }

    @Test func codeNamesATotal() {
        #expect(TotalNames.name(Category(code: "_T", label: "")))
        #expect(TotalNames.name(Category(code: "TOTAL", label: "Norway")))
        // Section T of NACE is households as employers.
        #expect(!TotalNames.name(Category(code: "T", label: "Households as employers")))
    }

    @Test(arguments: [
        ("t", "Total", true), ("0", "I alt", true), ("all", "合計", true), ("both", "Both sexes", true),
        ("tee", "Total E&P Norge", false), ("ALL", "ALL", false), ("ALL", "Lek", false),
        ("n", "Net migration, total", false),
    ])
    func wholeNames(code: String, label: String, isOne: Bool) {
        #expect(TotalNames.isWholeName(Category(code: code, label: label)) == isOne)
    }
}
