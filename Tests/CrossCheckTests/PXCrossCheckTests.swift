import Testing

/// PX files beside pyaxis.
@Suite struct PXCrossCheckTests {
    @Test func everyCell() async throws {
        try await CrossCheck(format: "px", suffixes: [".px"], folders: CrossCheck.corpus + ["../shared/samples/px"])
            .run()
    }
}
