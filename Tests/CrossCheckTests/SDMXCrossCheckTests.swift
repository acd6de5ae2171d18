import Testing

/// SDMX-CSV beside pandas.
@Suite struct SDMXCrossCheckTests {
    @Test func everyCell() async throws {
        try await CrossCheck(format: "sdmx_csv", suffixes: [".sdmx.csv"], folders: CrossCheck.corpus).run()
    }
}
