import Testing

/// JSON-stat beside pyjstat.
@Suite struct JSONStatCrossCheckTests {
    @Test func everyCell() async throws {
        try await CrossCheck(
            format: "json_stat", suffixes: [".json"],
            folders: ["Tests/CorpusTests/Inputs/json-stat", "../shared/samples/json-stat"]
        ).run()
    }
}
