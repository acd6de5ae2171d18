import Testing

@testable import Definitions

@Suite struct PatternQuotingTests {
    @Test(arguments: [
        ("match: {file: *2011*}", ["*2011*"]),
        ("match: {file: *2011*, title: a}", ["*2011*"]),
        ("match: { title: \"b, c\\\"\", file: [*a.csv , b*] } # x", ["*a.csv", "b*"]),
        ("match:\n  file: *2011*", ["*2011*"]),
        ("match:\n  file: *it's*  # all of them", ["*it's*"]),
        ("match:\n  file: [births*, *b*,*c]", ["births*", "*b*", "*c"]),
        ("match:\n  file: ['*a, ''b', \"*c, \\\"d\", *]", ["*a, 'b", "*c, \"d", "*"]),
        ("match:\n  file:\n    - *a\n\n    # between\n    - b*\n    - \"*c\"\n  title: x", ["*a", "b*", "*c"]),
        ("match:\n  file:\n  - *a*.csv\n  - *.tsv", ["*a*.csv", "*.tsv"]),
        ("match:\r\n  file: *2011*\r\n", ["*2011*"]),
        ("match:\n  title: A *starred* title\n  file: [births*]", ["births*"]),
    ])
    func patternsNeedNoQuotes(text: String, files: [String]) throws {
        let definition = try DatasetDefinition.parse("dataset: a\n" + text + "\n", file: "a")
        #expect(definition.match.files == files)
    }

    @Test(arguments: [
        "title: *x\n", "match: {title: a}\ntitle: *x\n", "columns: {keys: [*x]}\n", "x: *y\n",
        "title: &x b\nmatch: {file: *x}\n",
    ])
    func otherStarsAreAliases(text: String) {
        let error = #expect(throws: DefinitionError.self) {
            try DatasetDefinition.parse("dataset: a\n" + text, file: "a")
        }
        #expect(error?.message.contains("alias") == true, "\(String(describing: error))")
        #expect(error?.remedy?.contains("quote") == true)
    }

    /// Quotes don't help behind a comma, as what is in quotes isn't known before the text is parsed; an escape does.
    @Test func starBehindACommaIsEscaped() throws {
        let error = #expect(throws: DefinitionError.self) {
            try DatasetDefinition.parse("dataset: a\ntitle: \"a, *b\"\n", file: "a")
        }
        #expect(error?.line == 2 && error?.remedy?.contains("\\x2A") == true)
        let definition = try DatasetDefinition.parse("dataset: a\ntitle: \"a, \\x2Ab\"\n", file: "a")
        #expect(definition.title == "a, *b")
    }

    @Test func linesStayTheirNumber() {
        let error = #expect(throws: DefinitionError.self) {
            try DatasetDefinition.parse("dataset: a\nmatch:\n  file:\n    - *a\n    - *b\nfoo: 1\n", file: "a")
        }
        #expect(error?.line == 6)
    }

    @Test func textsInBlocksAreLeftAlone() {
        let text = "dataset: a\ntitle: |\n  file: *x\n"
        #expect(PatternQuoting.quoted(text) == text)
    }

    @Test(arguments: [
        ("dataset: !!str a\n", 1, "tag"), ("dataset: a\ntitle: !x b\n", 2, "tag"),
        ("dataset: a\ncolumns: {keys: !!set {a, b}}\n", 2, "tag"), ("dataset: a\nmatch: !!map {title: x}\n", 2, "tag"),
    ])
    func tagsAreRefused(text: String, line: Int, what: String) {
        let error = #expect(throws: DefinitionError.self) { try DatasetDefinition.parse(text, file: "a") }
        #expect(error?.line == line, "\(String(describing: error))")
        #expect(error?.message.contains(what) == true, "\(String(describing: error))")
    }
}
