import Testing

/// Eurostat's TSV beside pandas.
@Suite struct EurostatCrossCheckTests {
    @Test func everyCell() async throws {
        let folders = CrossCheck.corpus + ["../shared/samples/eurostat"]
        try await CrossCheck(format: "eurostat_tsv", suffixes: [".estat.tsv", "_ts.tsv"], folders: folders).run()
    }
}
