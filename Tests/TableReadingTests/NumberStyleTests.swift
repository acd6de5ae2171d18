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

    /// `12345` stands beside grouped thousands and beside fractions.
    @Test func plainFiguresProveNothing() {
        for figures in [["1,234", "12345"], ["1.234", "12345"], ["1,234", "1 234"]] {
            #expect(throws: Reason.self) { try mark(figures) }
        }
    }

    private func marks(_ columns: [[String]], dialect: String = "generic") throws -> [Unicode.Scalar?] {
        try NumberStyleSurvey.styles(of: columns.map(survey), dialect: Definitions.builtIn.dialects[dialect]!)
            .map(\.decimalMark)
    }

    @Test func otherColumnsProve() throws {
        #expect(try marks([["1,234"], ["5.5"]]) == [".", "."])
        #expect(try marks([["1,234"], ["5,5"]]) == [",", ","])
        #expect(try marks([["1,234"], ["1,234,567"], ["7"]]) == [".", ".", "."])
        #expect(try marks([["1.234"], ["1.234.567"]]) == [",", ","])
        #expect(try marks([["12"], ["12345"]]) == [nil, nil])
        let open = #expect(throws: Reason.self) { try marks([["12345"], ["5", "1,234"], ["1.234"]]) }
        #expect(open?.line == 2 || open?.line == 3)
        #expect(open?.message.contains("1234 or 1.234") == true)
    }

    @Test func columnsThatContradictAreRefused() {
        let reason = #expect(throws: Reason.self) { try marks([["0.5"], ["7", "1,5"]]) }
        #expect(reason?.message.contains("`0.5` in line 2") == true)
        #expect(reason?.found == "1,5")
        #expect(throws: Reason.self) { try marks([["1,234,567"], ["1,5"]]) }
    }

    @Test func mistypedGroupsAreRefusedWhereTheyStand() throws {
        for figures in [["1,234", "2,345,678", "12,34", "7,890"], ["1,234", "7,890", "12,34"]] {
            let reason = #expect(throws: Reason.self) { try mark(figures) }
            #expect(reason?.found == "12,34")
            #expect(reason?.line == figures.firstIndex(of: "12,34")! + 2)
        }
        #expect(throws: Reason.self) { try mark(["0,5", "1,25", "12,34", "2,345,678"]) }
        #expect(try mark(["1,234", "12,34"]) == ",")
        #expect(try mark(["1,230", "0,512"]) == ",")
    }

    @Test func dialectWithACommaForGroupsDecides() throws {
        let dialect = Dialect(name: "x", thousandsSeparators: [","])
        #expect(try survey(["1,234"]).style(dialect).decimalMark == ".")
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
        #expect(throws: Reason.self) { try mark(["1.061,9", "12.5"]) }
    }

    @Test func dialectDecides() throws {
        #expect(try mark(["1,234"], dialect: "destatis") == ",")
        #expect(try mark(["1,234"], dialect: "statcan") == ".")
    }
}
