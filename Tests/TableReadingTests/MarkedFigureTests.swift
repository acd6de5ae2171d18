import Testing

@testable import TableReading

@Suite struct MarkedFigureTests {
    @Test(arguments: [
        "50 [r]", "<5", "> 1 000", "$1,200.50", "(120)", "3,34,06,061", "12*", "12 *", "120¹", "50 e",
        "93836 [p]",
        "~40", "€ 5", "-3 (p)", "7†",
    ])
    func figures(text: String) { #expect(FieldText.withBytes(of: text, MarkedFigure.matches), "\(text)") }

    @Test(arguments: [
        "5-9", "65+", "1a", "A1", "01.11", "01 [r]", "(01)", "0-4 years", "12 Oslo", "1,2,3", "", "North", "*",
        "1/2", "2011p x", "(Oslo)", "3 rooms",
    ])
    func codesAndWords(text: String) { #expect(!FieldText.withBytes(of: text, MarkedFigure.matches), "\(text)") }
}
