import Annals
import Testing

@testable import TableReading

/// A file that several processors go through is read as one that one goes through.
@Suite struct ScanPiecesTests {
    private static let inPieces = ReadingLimits(threads: 5, threadBytes: 64)

    private func areAlike(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(outcome(text, ReadingLimits()) == outcome(text, Self.inPieces), sourceLocation: sourceLocation)
    }

    /// Tables, findings and plan of a file, or its refusal.
    private func outcome(_ text: String, _ limits: ReadingLimits) -> String {
        do throws(Reason) {
            let document = try read(text, limits: limits)
            return "\(document.facts) \(document.tables)"
        } catch {
            return "\(error)"
        }
    }

    private func rows(_ count: Int, _ row: (Int) -> String) -> String { (0..<count).map(row).joined() }

    @Test func plainRows() {
        areAlike("region,age,births\n" + rows(200) { "R\($0 / 10),\($0 % 10),\($0 * 7)\n" })
    }

    @Test func categoriesThatComeLate() {
        areAlike("region,births\n" + rows(300) { "\($0 % 2 == 0 ? "North" : "Place") \($0),\($0)\n" })
    }

    @Test func decimalsThatGrow() {
        areAlike("region,rate\n" + rows(200) { "R\($0),\($0 > 60 ? "1.25" : $0 > 30 ? "1.5" : "12")\n" })
        areAlike("region,rate\n" + rows(200) { "R\($0),\($0 > 100 ? "7" : "0.125")\n" })
    }

    @Test func symbolsAndMarks() {
        areAlike("region,births\n" + rows(200) { "R\($0),\($0 % 9 == 0 ? "-" : "\($0)")\n" })
    }

    @Test func lineBreaksInQuotes() {
        // Whatever line end a piece begins behind, some of them stand inside quotes.
        areAlike("region,births\n" + rows(120) { "\"Place\n\n\($0)\",\($0)\n" })
        areAlike("region,births\n" + rows(120) { $0 % 7 == 0 ? "\"A\nB \($0)\",\($0)\n" : "R\($0),\($0)\n" })
    }

    @Test func blankLinesAndRepeatedHeadings() {
        areAlike("region,births\n" + rows(200) { ($0 % 20 == 7 ? "\n\n" : "") + "R\($0),\($0)\n" })
        areAlike("region,births\n" + rows(200) { ($0 == 150 ? "region,births\n" : "") + "R\($0),\($0)\n" })
    }

    @Test(arguments: [3, 60, 130, 199]) func refusalsNameTheirLine(row: Int) {
        areAlike("region,births\n" + rows(200) { "R\($0),\($0 == row ? "Suppressed" : "\($0)")\n" })
        areAlike("region,births\n" + rows(200) { $0 == row ? "R\($0)\n" : "R\($0),\($0)\n" })
        areAlike("region,births\n" + rows(200) { "\n" + ($0 == row ? "R1,5\n" : "R\($0),\($0)\n") })
        areAlike("region,births\n" + rows(200) { $0 == row ? "\"R\($0),\($0)\n" : "R\($0),\($0)\n" })
    }

    @Test func limitsHoldOverAllPieces() {
        let text = "region,births\n" + rows(200) { "R\($0),\($0)\n" }
        for limits in [ReadingLimits(cells: 150), ReadingLimits(categories: 150)] {
            var inPieces = limits
            (inPieces.threads, inPieces.threadBytes) = (5, 64)
            #expect(outcome(text, limits) == outcome(text, inPieces))
        }
    }
}
