import Annals
import Testing

@testable import Definitions

@Suite struct DatasetMatchingTests {
    let definitions = Definitions(
        datasets: [
            DatasetDefinition(dataset: DatasetID("by-title")!, title: "Net migration"),
            DatasetDefinition(dataset: DatasetID("by-file")!, match: .init(files: ["flows_*.csv"])),
            DatasetDefinition(dataset: DatasetID("by-agency")!, match: .init(agencyIDs: ["07459"])),
        ], dialects: [:])

    private func found(title: String? = nil, file: String = "x", agency: String? = nil) -> [String] {
        definitions.definitions(title: title, fileName: file, agencyID: agency).map(\.dataset.slug)
    }

    @Test func strongestEvidenceFirst() {
        #expect(found(title: "NET  Migration") == ["by-title"])
        #expect(found(file: "Flows_2011.CSV") == ["by-file"])
        #expect(found(title: "Net migration", agency: "07459") == ["by-agency"])
        #expect(found(title: "Net migration", file: "flows_1.csv") == ["by-title"])
        #expect(found(title: "Gross migration") == [])
    }

    @Test(arguments: [
        ("*", "", true), ("a*b", "ab", true), ("a*b", "axxb", true), ("a*b", "axxc", false), ("*a*a*", "banana", true),
        ("abc", "ab", false), ("", "", true), ("**x", "x", true),
    ])
    func patterns(pattern: String, name: String, matches: Bool) {
        #expect(Definitions.matches(Array(pattern.unicodeScalars), Array(name.unicodeScalars)) == matches)
    }
}
