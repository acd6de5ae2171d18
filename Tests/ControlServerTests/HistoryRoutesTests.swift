import Annals
import Archive
import ControlAPI
import Definitions
import Testing

/// What a history says of each version besides its summary.
@Suite struct HistoryRoutesTests {
    private static let path = "datasets/crops/years/2011/vintages"

    @Test func whatChangedIsSaidInNumbers() async throws {
        try await RunningServer.with { server async throws in
            let text = try await server.text(Self.path)
            #expect(
                text.contains(
                    #""difference":{"cells":1,"statuses":0,"flags":0,"totals":1,"labels":0,"notes":0,"measures":[{"#
                        + #""unit":"tonnes","absolute":1.0,"largest":{"at":["s","rye"],"from":2.5,"to":3.5,"change":1.0},"#
                        + #""text":"by 1.0 tonnes in all, most at s × rye 2.5 → 3.5"}]}"#), "\(text)")
            #expect(!text.contains("material"))
            let history = try await server.get(Self.path, as: HistoryReport.self)
            #expect(history.vintages[0].difference == nil)
            #expect(
                history.vintages[1].difference?.sentences
                    == ["by 1.0 tonnes in all, most at s × rye 2.5 → 3.5", "1 other total"])
            #expect(history.vintages[1].byPublished?.difference?.cells == 1)
        }
    }

    /// One figure in so many versions, in tenths.
    private func archive(_ figures: [Int64], published: [Int64?] = []) throws -> Archive {
        let archive = try SampleArchive.empty()
        for (place, figure) in figures.enumerated() {
            let day = place < published.count ? published[place] : nil
            try SampleArchive.drop(
                SampleArchive.table(2011, [[figure, 20], [30, 40], [40, 60]]), into: archive,
                sidecar: Sidecar(published: day.map { Instant(microseconds: $0 * 86_400_000_000) }))
        }
        return archive
    }

    /// What each version differs from, and in how many cells materially.
    private func expect(
        _ archive: Archive, _ definition: String, query: String = "", _ expected: [[Int]?]
    ) async throws {
        let definitions = try Definitions.load(directory: [("datasets.d/crops.yaml", "dataset: crops\n\(definition)\n")]
        )
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server async throws in
            let history = try await server.get(Self.path + query, as: HistoryReport.self)
            let materials = history.vintages.map { $0.material.map { [$0.against, $0.cells ?? -1] } }
            #expect(materials == expected)
        }
    }

    @Test func smallStepsCanNotDrift() async throws {
        // By 0.3 each time; 0.5 is tolerated.
        let archive = try archive([100, 103, 106, 109, 112, 111])
        let expected: [[Int]?] = [nil, [1, 0], [1, 1], [3, 0], [3, 1], [5, 0]]
        try await expect(archive, "material: {absolute: 0.5}", expected)
        try await expect(archive, "material: {absolute: 0.5}", query: "?known_at=3", Array(expected[..<3]))
        try await expect(archive, "material: {relative: 0.2}", [nil, [1, 0], [1, 0], [1, 0], [1, 0], [1, 0]])
        try await expect(archive, "title: Crops", [nil, nil, nil, nil, nil, nil])
    }

    @Test func aLateReleaseIsHeldAgainstWhatWasCurrentThen() async throws {
        // The third is dropped last and was published between the two.
        let archive = try archive([100, 120, 101], published: [1, 9, 5])
        try await expect(archive, "material: {absolute: 0.5}", [nil, [1, 1], [1, 0]])
        try await expect(archive, "material: {absolute: 0.5}", query: "?as_of=1970-01-07", [nil, [1, 0]])
    }
}
