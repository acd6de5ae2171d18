import Annals
import Testing

@testable import Archive

/// Codes that have another one's words.
@Suite struct MovedLabelTests {
    private func dimension(_ categories: KeyValuePairs<String, String>) -> Dimension {
        Dimension(id: "sex", label: "Sex", categories: categories.map { Category(code: $0.key, label: $0.value) })
    }

    @Test func wordsThatChangedPlaces() throws {
        let moved = try #require(
            MovedLabel(of: dimension(["1": "Women", "2": "Men"]), known: dimension(["1": "Men", "2": "Women"])))
        #expect((moved.code, moved.label, moved.known, moved.other) == ("1", "Women", "Men", "2"))
    }

    @Test(
        arguments: [
            // The same words, others for one, a code that ended, a child that is called as its parent.
            (["1": "Men", "2": "Women"], ["1": "MEN", "2": "women"]),
            (["1": "Men", "2": "Women"], ["1": "Male persons", "2": "Women"]),
            (["1": "Men", "2": "Women"], ["1": "Women", "3": "Men"]),
            (["03": "Oslo", "0301": "Oslo town"], ["03": "Oslo", "0301": "Oslo"]),
            (["Men": "Men", "Women": "Women"], ["Men": "Women", "Women": "Men"]),
        ] as [(KeyValuePairs<String, String>, KeyValuePairs<String, String>)])
    func whatHasNotMoved(known: KeyValuePairs<String, String>, now: KeyValuePairs<String, String>) {
        #expect(MovedLabel(of: dimension(now), known: dimension(known)) == nil)
    }
}
