import Testing

/// Web pages beside pandas and lxml.
@Suite struct HTMLCrossCheckTests {
    @Test func everyCell() async throws {
        var check = CrossCheck(format: "html", suffixes: [".html", ".htm", ".xls"], folders: CrossCheck.corpus)
        check.reader = "html"
        check.exceptions = [
            "html-hidden-by-class-2011.html": "what the page's own style sheet hides is read",
            "html-linked-mark-2011.html": "the link to a footnote is read as digits",
            "html-sr-only-2011.html": "a heading for programs that read aloud is dropped",
            "html-total-row-th-2011.html": "a total that is marked as a heading becomes one",
            "html-age-headings-2011.html": "single ages are taken for numbers of columns",
        ]
        try await check.run()
    }
}
