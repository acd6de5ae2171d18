import Testing

@testable import TableReading

@Suite struct NumberFormatTests {
    private static func shown(_ code: String, _ value: String = "5") throws -> NumberFormat.Shown {
        let number = try Array(value.utf8).withUnsafeBufferPointer { try StoredNumber($0) }
        return NumberFormat(code).shown(number).shown
    }

    @Test(
        arguments: [
            ("General", .general), ("0", .number(decimals: 0, integerDigits: 1)),
            ("#,##0.00", .number(decimals: 2, integerDigits: 1)), ("0000", .number(decimals: 0, integerDigits: 4)),
            ("0.0#", .number(decimals: 1, integerDigits: 1)), ("0.0%", .percent(decimals: 1)),
            ("0.0\"%\"", .percentSign(decimals: 1)), ("@", .general),
            ("0.00E+00", .general), ("# ?/?", .number(decimals: 0, integerDigits: 1)),
            ("_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", .number(decimals: 2, integerDigits: 1)),
            ("[$kr-414] #,##0.0", .number(decimals: 1, integerDigits: 1)),
            ("[Red]0.0", .number(decimals: 1, integerDigits: 1)),
            ("#,##0,", .other), ("0.0,,", .other), ("0,.0", .other), (";;;", .other), ("\"..\"", .other),
            ("0\"000\"", .other),
        ] as [(String, NumberFormat.Shown)]) func ofAFigure(code: String, wanted: NumberFormat.Shown) throws
    {
        #expect(try Self.shown(code) == wanted)
    }

    @Test(arguments: [
        ("yyyy", DateParts(hasYear: true)), ("mmm yyyy", DateParts(hasYear: true, hasMonth: true)),
        ("d-mmm", DateParts(hasMonth: true, hasDay: true)),
        ("dd.mm.yyyy", DateParts(hasYear: true, hasMonth: true, hasDay: true)),
        ("yyyy-mm-dd hh:mm:ss", DateParts(hasYear: true, hasMonth: true, hasDay: true, hasTime: true)),
        ("[h]:mm", DateParts(hasTime: true)), ("mm:ss.0", DateParts(hasTime: true)),
        ("[$-409]d mmmm yyyy;@", DateParts(hasYear: true, hasMonth: true, hasDay: true)),
    ]) func ofADate(code: String, parts: DateParts) throws {
        #expect(try Self.shown(code) == .date(parts))
    }

    @Test func aSectionIsChosenByTheNumber() throws {
        #expect(try Self.shown("0.0;-0.00;\"-\"", "5") == .number(decimals: 1, integerDigits: 1))
        #expect(try Self.shown("0.0;-0.00;\"-\"", "-5") == .number(decimals: 2, integerDigits: 1))
        #expect(try Self.shown("0.0;-0.00;\"-\"", "0") == .general)
        #expect(try Self.shown("[<10]\"..\";0", "5") == .other)
        #expect(try Self.shown("[<10]\"..\";0", "50") == .number(decimals: 0, integerDigits: 1))
    }

    @Test func wordsBesideTheNumberAreTold() {
        #expect(NumberFormat("0\"p\"").shown(.zero).words == "p")
        #expect(NumberFormat("0.0").shown(.zero).words.isEmpty)
    }
}
