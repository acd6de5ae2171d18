import Testing

/// JSON-stat beside pyjstat.
@Suite struct JSONStatCrossCheckTests {
    @Test func everyCell() async throws {
        // Of our own inputs those of this format are called so; others in JSON are flat records.
        let samples = [
            "/tab6471_data.json", "/cantabria.json", "/galicia-2.0.json", "/oecd-canada.json", "/statswe.json",
        ]
        try await CrossCheck(
            format: "json_stat", suffixes: ["-stat.json"] + samples,
            folders: CrossCheck.corpus + ["../shared/samples/json-stat"]
        ).run()
    }
}
