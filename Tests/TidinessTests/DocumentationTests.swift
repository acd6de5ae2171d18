import Testing

/// What the documentation check sees and what it lets pass, on snippets.
@Suite struct DocumentationTests {
    @Test(
        "undocumented",
        arguments: [
            ("package struct Bare {}", "struct Bare"),
            (
                "package enum Outer {\n    /// Told.\n    package static func told() {}\n    package func bare() {}\n}",
                "enum Outer"
            ),
            ("/// Told.\npublic final class Told {\n    public func bare() {}\n}", "func bare"),
            ("/// Told.\npackage protocol Told {\n    func bare(_ body: () -> Void)\n}", "func bare"),
            ("/// Told.\npackage protocol Told {\n    var bare: Int { get }\n}", "var bare"),
            ("/// Told.\n\npackage struct Apart {}", "struct Apart"),
            ("extension Told {\n    package subscript(index: Int) -> Int { index }\n}", "subscript"),
            ("package extension Told {\n    func bare() {}\n}", "func bare"),
            ("struct Told {\n    package var onFailedAudit = 1\n}", "var onFailedAudit"),
            ("@discardableResult\npackage func bare() -> Int { 0 }", "func bare"),
            ("@available(*, noasync, message: \"x\")\npackage typealias Bare = Int", "typealias Bare"),
            ("let text = \"\\(inner(\"{\"))\"\npackage nonisolated(unsafe) func bare() {}", "func bare"),
        ])
    func isFound(snippet: String, name: String) {
        let offences = Documentation([SwiftFile(path: "Sources/A/A.swift", text: snippet)]).offences()
        #expect(offences.contains { $0.message.hasPrefix(name) }, "\(offences)")
    }

    @Test(
        "excepted or documented",
        arguments: [
            "/// Told.\n@discardableResult\npackage func told() -> Int { 0 }",
            "/// Told.\n@frozen package struct Told {\n    package let cellCount: Int\n    package init() {}\n}",
            "struct Own {\n    func own() {}\n}",
            "package extension Told {\n    private func own() {}\n}",
            "/// Told.\npackage enum Told { case one, open, two }",
            "/// Told.\npackage struct Told: Hashable {\n    package static func == (a: Told, b: Told) -> Bool { true }\n}",
            "extension Told: Writable {\n    package func write() {}\n}",
            "/// Told.\npackage protocol P {\n    /// Told.\n    func p()\n}\n/// Told.\npackage struct S: P {\n    package func p() {}\n}",
            "/// Told.\npackage func told() {\n    func inner() {}\n    struct Local {}\n}",
            "// package struct InComment {}\nlet text = \"package struct InString {}\"",
            "let text = \"\"\"\n    package struct InString {}\n    \"\"\"\nlet raw = #\"package struct \" InRaw {}\"#",
        ])
    func passes(snippet: String) {
        #expect(Documentation([SwiftFile(path: "Sources/A/A.swift", text: snippet)]).offences() == [])
    }

    @Test func witnessInAnotherFileIsExcepted() {
        let files = [
            "/// Told.\npackage protocol P {\n    /// Told.\n    func p()\n}", "/// Told.\npackage struct S: P {}",
            "extension S {\n    package func p() {}\n    package func q() {}\n}",
        ].enumerated().map { SwiftFile(path: "Sources/A/\($0.offset).swift", text: $0.element) }
        #expect(Documentation(files).offences().map(\.line) == [3])
    }

    @Test func placeIsTheDeclarationsFirstLine() {
        let text = "\n@discardableResult\npackage func bare() -> Int { 0 }\n"
        let offences = Documentation([SwiftFile(path: "Sources/A/A.swift", text: text)]).offences()
        #expect(offences.map(\.description) == ["Sources/A/A.swift:2: func bare has no documentation comment"])
    }
}
