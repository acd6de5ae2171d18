import Annals
import Testing

@testable import Definitions

/// What anybody may write into a sidecar, and an office by mistake into a definition: refused by its line, never a trap.
@Suite struct HostileYAMLTests {
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            String(repeating: "[", count: 60_000), String(repeating: "{a: ", count: 15_000),
            String(repeating: "- ", count: 30_000), String(repeating: "? ", count: 30_000),
            String(repeating: "? - ", count: 15_000), "reason: " + String(repeating: "[{a: ", count: 12_000),
            (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
            "reason: \"\n # \" \n? " + String(repeating: "[", count: 10_000),
        ])
    func deep(text: String) {
        let errors = [
            #expect(throws: DefinitionError.self) { try Sidecar.parse(text, file: "a") },
            #expect(throws: DefinitionError.self) { try DatasetDefinition.parse(text, file: "a") },
            #expect(throws: DefinitionError.self) { try Dialect.parse(text, file: "a") },
        ]
        for error in errors { #expect(error?.message == "is nested too deeply", "\(String(describing: error))") }
    }

    /// As deep as a definition gets, and lists of lists that are short.
    @Test func ordinaryNestingIsTaken() throws {
        let text = "dataset: a\ndimensions:\n  - {id: a, role: stub, total: {code: t, labels: [\"[T\", \"T]\"]}}\n"
        #expect(try DatasetDefinition.parse(text, file: "a").dimensions[0].totalLabels == ["[T", "T]"])
    }

    @Test(.timeLimit(.minutes(1))) func tooManySymbols() {
        let symbols = (0..<20_000).map { "  \"~\($0)\": nil\n" }.joined()
        let error = #expect(throws: DefinitionError.self) {
            try Dialect.parse("dialect: x\nsymbols:\n" + symbols, file: "x")
        }
        #expect(error?.message.contains("20000 glyphs") == true)
    }
}
