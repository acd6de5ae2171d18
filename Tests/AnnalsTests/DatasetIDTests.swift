import Annals
import Testing

struct DatasetIDTests {
    @Test(arguments: ["a", "07459", "net-migration-between-counties", String(repeating: "a", count: 120)])
    func slugIsTaken(_ slug: String) {
        #expect(DatasetID(slug)?.slug == slug)
    }

    @Test(arguments: [
        "", "-", "-a", "a-", "a--b", "A", "å", "a b", "a/b", "..", "a.b", "a\n", "a\u{0}",
        String(repeating: "a", count: 121),
    ])
    func anythingElseIsNot(_ text: String) {
        #expect(DatasetID(text) == nil)
    }

    @Test(arguments: [
        ("Net migration between counties", "net-migration-between-counties"),
        ("  Tab. 6 – Ærlig, Østfold & Ångström ", "tab-6-aerlig-ostfold-angstrom"),
        ("Straße / Łódź", "strasse-lodz"), ("Cafe\u{301} İzmir", "cafe-izmir"), ("a\u{0}b", "a-b"),
        ("中文 2011", "u4e2du6587-2011"),
        ("Число больниц на 1000 населения", "chislo-bolnits-na-1000-naseleniia"), ("Γεννήσεις 0-4", "genniseis-0-4"),
        ("Population < 15", "population-under-15"), ("Population > 15", "population-over-15"),
        ("C++ jobs", "c-plus-plus-jobs"),
        ("C# + Java", "c-java"), ("Ķekava, Liepāja", "kekava-liepaja"),
    ])
    func titleBecomesASlug(_ title: String, _ slug: String) {
        #expect(DatasetID(title: title)?.slug == slug)
    }

    @Test(arguments: ["", "   ", "—", "\u{301}"]) func titleWithoutLettersHasNone(_ title: String) {
        #expect(DatasetID(title: title) == nil)
    }

    @Test func longTitleIsCutToASlug() throws {
        for filler in ["a", "æ", "a-", "-a", "ab "] {
            let id = try #require(DatasetID(title: String(repeating: filler, count: 500)))
            #expect(id.slug.utf8.count <= DatasetID.maximumBytes)
            #expect(DatasetID(id.slug) == id)
        }
        #expect(Slug.make("abc def", maximumBytes: 4) == "abc")
    }

    /// What tells two long titles apart stands at their end, mostly.
    @Test func longTitlesDifferWhereTheirEndsDo() {
        let long = String(repeating: "Persons by region and age, ", count: 6)
        let slugs = ["men", "women", "total"].map { DatasetID(title: long + $0)?.slug }
        #expect(Set(slugs).count == 3)
        #expect(slugs.allSatisfy { $0?.hasPrefix("persons-by-region-and-age") ?? false })
    }

    /// A label of which letters would fall out keeps its own text for a code.
    @Test(arguments: [
        ("Oslo", "oslo"), ("Рождений на 1000", ""), ("Смертей на 1000", ""), ("65+", "65"),
        ("Trøndelag – Trööndelage", "trondelag-troondelage"),
        ("東京", ""), ("1–4 °C", "1-4-c"),
    ])
    func labelsLoseNoLetters(_ label: String, _ slug: String) { #expect(Slug.label(label) == slug) }

    @Test func slugOfASlugIsItself() {
        for slug in ["a", "net-migration", "0-9"] { #expect(Slug.make(slug) == slug) }
    }
}
