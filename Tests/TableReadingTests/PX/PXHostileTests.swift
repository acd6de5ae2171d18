import Annals
import Definitions
import Testing

@testable import TableReading

/// PX that is made to take time, memory or figures from where they don't belong.
@Suite(.timeLimit(.minutes(1))) struct PXHostileTests {
    private func isAnswered(_ text: String) {
        do throws(Reason) {
            _ = try read(text, name: "pop.px")
        } catch {
            #expect(!error.message.isEmpty)
        }
    }

    /// Every prefix of a file is refused: no figure of a file that was cut off is taken.
    @Test func everyPrefixIsRefused() {
        var px = PXText()
        px.more = "NOTE=\"A note.\";\nKEYS(\"region\")=CODES;\n"
        px.data = "\"01\",1 2\n\"02\",31 42\n"
        for px in [PXText(), px] {
            let bytes = Array(px.text.utf8)
            for length in 1..<bytes.count - 1 {
                let document = SourceDocument(name: "pop.px", bytes: Array(bytes[..<length]))
                #expect(throws: Reason.self, "\(length)") {
                    try TableReading.read(document, definitions: .builtIn)
                }
            }
        }
    }

    /// A byte that is lost or doubled among the figures changes none of them in silence, unless it is a digit's.
    @Test func figuresThatRunTogether() {
        var px = PXText()
        px.data = "12 34\n56 78\n"
        let text = px.text
        let data = text.firstRange(of: "12 34")!.lowerBound
        for place in text.indices[data...] where !text[place].isNumber && text[place] != "\n" {
            var changed = text
            changed.remove(at: place)
            #expect(throws: Reason.self, "\(changed.suffix(20))") { try read(changed, name: "pop.px") }
        }
    }

    @Test func hugeProducts() {
        var px = PXText()
        let names = (0..<60).map { "\"v\($0)\"" }.joined(separator: ",")
        px.stub = "STUB=\(names);\n"
        px.values = "VALUES(\"year\")=\"2010\",\"2011\";\n"
        for place in 0..<60 { px.values += "VALUES(\"v\(place)\")=\"a\",\"b\",\"c\";\n" }
        isAnswered(px.text)
        px.more = (0..<60).map { "KEYS(\"v\($0)\")=VALUES;\n" }.joined()
        isAnswered(px.text)
    }

    @Test func manyPiecesAndNotes() {
        var px = PXText()
        px.more = "NOTE=" + String(repeating: "\"a\"\n", count: 300_000) + ";\n"
        isAnswered(px.text)
        px.more = (0..<50_000).map { "CELLNOTE(\"0\($0 % 2 + 1)\",\"*\")=\"n\($0)\";\n" }.joined()
        isAnswered(px.text)
        px.more = String(repeating: "DATANOTECELL(\"*\",\"*\")=\"x\";\n", count: 100_000)
        isAnswered(px.text)
    }

    @Test(arguments: [
        "\u{1}", "\"", "\"\"", "\";\"", "1 2 \"..", "1;2;3;4;", ";", "-", "--", "1-", "-.", ".1", "1.", "1..2", "+1",
        "0x1", "NaN", "1e5", "99999999999999999999", "0.0000000000000000001", "\u{7F}", "=", "DATA=1",
    ])
    func oddFigures(text: String) {
        var px = PXText()
        px.data = "\(text) 2\n3 4\n"
        isAnswered(px.text)
    }

    @Test func marksOfMoreCellsThanThereMayBe() {
        var px = PXText()
        let regions = (0..<1000).map { "\"r\($0)\"" }.joined(separator: ",")
        px.values = "VALUES(\"region\")=\(regions);\nVALUES(\"year\")=\"2010\",\"2011\";\n"
        px.codes = ""
        px.data = String(repeating: "1 2\n", count: 1000)
        px.more = String(repeating: "DATANOTECELL(\"*\",\"*\")=\"x\";\n", count: 30_000)
        #expect(refusal(of: px.text, name: "pop.px")?.message.contains("limit") == true)
    }
}
