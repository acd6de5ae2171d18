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
        ("Straße / Łódź", "strasse-lodz"), ("Cafe\u{301} İzmir", "cafe-izmir"), ("a\u{0}b", "a-b"), ("中文 2011", "2011"),
    ])
    func titleBecomesASlug(_ title: String, _ slug: String) {
        #expect(DatasetID(title: title)?.slug == slug)
    }

    @Test(arguments: ["", "   ", "—", "中文", "\u{301}"]) func titleWithoutLettersHasNone(_ title: String) {
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

    @Test func slugOfASlugIsItself() {
        for slug in ["a", "net-migration", "0-9"] { #expect(Slug.make(slug) == slug) }
    }
}
