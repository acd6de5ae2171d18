import Annals
import Testing

@testable import Definitions

@Suite struct SidecarParsingTests {
    @Test func everyKey() throws {
        let sidecar = try Sidecar.parse(
            """
            # what the office says
            dataset: net-migration
            year: 2011
            dialect: ssb
            sheet: Table 1
            kind: correction
            stage: final
            reason: "Oslo was counted twice"
            published: 2012-04-28
            """, file: "a.txt.meta.yaml")
        #expect(
            sidecar
                == Sidecar(
                    dataset: DatasetID("net-migration"), year: 2011, dialect: "ssb", sheet: "Table 1",
                    kind: .correction,
                    stage: .final, reason: "Oslo was counted twice", published: Instant(iso8601: "2012-04-28")))
    }

    @Test func emptyMeansNothingSaid() throws {
        #expect(try Sidecar.parse("# nothing\n", file: "a") == Sidecar())
        #expect(try Sidecar.parse("", file: "a") == Sidecar())
    }

    @Test(arguments: [
        ("yaer: 2011\n", 1, "unknown key `yaer`"), ("kind: routine\nyear: MMXI\n", 2, "whole number"),
        ("year: 99999999999999999999\n", 1, "whole number"), ("kind: odd\n", 1, "can't be `odd`"),
        ("published: yesterday\n", 1, "no date"), ("dataset: Net Migration\n", 1, "no dataset id"),
        ("year: [2011]\n", 1, "one value"), ("reason:\n", 1, "one value"), ("just text\n", 1, "must be a mapping"),
        ("dataset: \"a\n", 2, "not YAML"), ("? *a\n", 1, "alias"), ("a: 1\n---\nb: 2\n", 2, "not YAML"),
        ("reason: \"a\\u001B[31m\"\n", 1, "control"),
    ])
    func errorsNameTheLine(text: String, line: Int, message: String) {
        let error = #expect(throws: DefinitionError.self) { try Sidecar.parse(text, file: "a.meta.yaml") }
        #expect(error?.line == line, "\(String(describing: error))")
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    /// A sidecar comes from anybody: it may be refused, it may not take the program down.
    @Test func hostileTextsAreRefused() {
        let bomb = "a: &a [1,1]\n" + (0..<20).map { "b\($0): &b\($0) [*a,*a]\n" }.joined() + "? [*b1]\n: 1\n"
        let texts = [
            bomb, String(repeating: "[", count: 50_000), String(repeating: "- ", count: 30_000),
            String(repeating: "? ", count: 30_000), String(repeating: "x", count: 100_000), "\u{0}\u{1}", "%YAML 9\n",
            "!!binary x: y", "year: !!int \"2011\"\n...\n...\n",
        ]
        for text in texts { _ = try? Sidecar.parse(text, file: "x") }  // only that it returns is asked here
        #expect(throws: DefinitionError.self) { try Sidecar.parse(bomb, file: "x") }
    }
}
