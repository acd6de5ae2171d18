import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct NumberStyleTests {
    private func survey(_ figures: [String]) -> NumberStyleSurvey {
        var survey = NumberStyleSurvey()
        for (index, figure) in figures.enumerated() {
            FieldText.withBytes(of: figure) { bytes in
                guard let shape = NumberShape(bytes) else { return }
                survey.add(shape) { .init(line: index + 2, column: 3, text: figure) }
            }
        }
        return survey
    }

    private func mark(_ figures: [String], dialect: String = "generic") throws -> Unicode.Scalar? {
        try survey(figures).style(Definitions.builtIn.dialects[dialect]!).decimalMark
    }

    @Test func evidenceDecides() throws {
        #expect(try mark(["1", "22"]) == nil)
        #expect(try mark(["1.234", "0.5"]) == ".")
        #expect(try mark(["1,234", "0,5"]) == ",")
        #expect(try mark(["1,234", "1,234,567"]) == ".")
        #expect(try mark(["1.234", "1.234.567"]) == ",")
        #expect(try mark(["1,234.5"]) == ".")
        #expect(try mark(["1.234,5"]) == ",")
        #expect(try mark(["0.123"]) == ".")
        #expect(try mark(["1234,567"]) == ",")
        #expect(try mark(["1 234.567"]) == ".")
    }

    /// Thousands that are not grouped elsewhere prove that the mark parts a fraction.
    @Test func plainThousandsDecide() throws {
        #expect(try mark(["1,234", "12345"]) == ",")
        #expect(try mark(["1.234", "12345"]) == ".")
    }

    @Test func ambiguityIsRefused() {
        let reason = #expect(throws: Reason.self) { try mark(["950", "1,234"]) }
        #expect(reason?.line == 3)
        #expect(reason?.column == 3)
        #expect(reason?.found == "1,234")
    }

    @Test func contradictionNamesBothLines() {
        let reason = #expect(throws: Reason.self) { try mark(["0.5", "1", "0,5"]) }
        #expect(reason?.message.contains("line 2") == true && reason?.message.contains("line 4") == true)
        #expect(reason?.line == 4)
    }

    @Test func dialectDecides() throws {
        #expect(try mark(["1,234"], dialect: "destatis") == ",")
        #expect(try mark(["1,234"], dialect: "statcan") == ".")
    }
}
