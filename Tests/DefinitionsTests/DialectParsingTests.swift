import Annals
import Testing

@testable import Definitions

@Suite struct DialectParsingTests {
    @Test func reads() throws {
        let dialect = try Dialect.parse(
            """
            dialect: x
            decimal-mark: comma
            thousands-separators: [spaces, point]
            symbols:
              "-": nil
              "..": [not-available, revised]
              "-9": value
            suffixes:
              "*": [provisional, estimated]
            """, file: "dialects/x.yaml")
        #expect(dialect.decimalMark == .comma)
        #expect(dialect.thousandsSeparators == Dialect.spaces.union(["."]))
        #expect(dialect.symbols["-"] == .init(.nilFigure))
        #expect(dialect.symbols[".."] == .init(.notAvailable, flags: .revised))
        #expect(dialect.symbols["-9"] == .init(.value))
        #expect(dialect.suffixes["*"] == [.provisional, .estimated])
    }

    @Test(arguments: [
        ("dialect: x\nsymbols:\n  \"-\": nothing\n", 3, "must mean a status"),
        ("dialect: x\nsymbols:\n  \"-\": [nil, odd]\n", 3, "unknown flag `odd`"),
        ("dialect: x\nsuffixes:\n  e1: estimated\n", 3, "digits"),
        ("dialect: x\nsuffixes:\n  d: derived\n", 3, "unknown flag"),
        ("dialect: x\nthousands-separators: [comma]\n", 2, "only where"),
        ("dialect: x\ndecimal-mark: dot\n", 2, "can't be"),
        ("dialect: X y\n", 1, "name"),
    ])
    func errorsNameTheLine(text: String, line: Int, message: String) {
        let error = #expect(throws: DefinitionError.self) { try Dialect.parse(text, file: "x") }
        #expect(error?.line == line)
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }
}
