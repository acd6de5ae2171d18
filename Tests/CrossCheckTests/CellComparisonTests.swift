import Testing

/// The comparison itself.
@Suite struct CellComparisonTests {
    @Test(
        arguments: [
            ("3.10", "3.1"), ("-0", "0"), ("+5", "5"), ("007", "7"), (".5", "0.5"), ("5.", "5"), ("..", nil),
            ("-", nil),
            ("1e5", nil), ("", nil), ("1,5", nil),
        ] as [(String, String?)])
    func numbers(text: String, plain: String?) { #expect(CellComparison.plainNumber(text) == plain) }
}
