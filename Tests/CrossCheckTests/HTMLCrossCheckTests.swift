import Testing

/// Web pages beside pandas and lxml.
@Suite struct HTMLCrossCheckTests {
    @Test func everyCell() async throws {
        try await CrossCheck(format: "html", suffixes: [".html", ".htm", ".xls"], folders: CrossCheck.corpus).run()
    }
}
