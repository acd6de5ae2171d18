import Testing

@testable import TableReading

@Suite struct StoredNumberTests {
    private static func text(_ stored: String, decimals: Int = 0, integerDigits: Int = 1) throws -> String {
        try Array(stored.utf8).withUnsafeBufferPointer { try StoredNumber($0) }
            .text(decimals: decimals, integerDigits: integerDigits)
    }

    @Test(arguments: [
        ("12", "12"), ("-12.50", "-12.5"), ("0", "0"), ("-0", "0"), ("0.0", "0"), ("00012", "12"), ("1200", "1200"),
        ("0.30000000000000004", "0.3"), ("1.1000000000000001", "1.1"), ("4.0999999999999996", "4.1"),
        ("0.1234567890123456", "0.123456789012346"), ("123456789012345", "123456789012345"),
        ("1234567890123450000", "1234567890123450000"), ("1E-3", "0.001"), ("1.5e3", "1500"), ("-2.5E+2", "-250"),
        ("9.9999999999999995e-08", "0.0000001"), ("99999999999999.995", "100000000000000"), (".5", "0.5"), ("5.", "5"),
        ("+7", "7"),
    ]) func isTheDecimalThatWasMeant(stored: String, text: String) throws {
        #expect(try Self.text(stored) == text)
    }

    @Test func fifteenDigitsAreThoseOfTheBinaryNumber() throws {
        // The seventeen digits end with 50, and the number itself lies below or above the middle.
        #expect(try Self.text("0.12345678901234550") == "0.123456789012345")
        #expect(try Self.text("8.1234567890123450") == "8.12345678901234")
        #expect(try Self.text("2.3456789012345650") == "2.34567890123457")
    }

    @Test func decimalsThatAreShownAreAddedAndNeverCutOff() throws {
        #expect(try Self.text("12", decimals: 2) == "12.00")
        #expect(try Self.text("12.3456", decimals: 1) == "12.3456")
        #expect(try Self.text("301", integerDigits: 4) == "0301")
        #expect(try Self.text("0", decimals: 1) == "0.0")
    }

    @Test func percentIsAHundredTimes() throws {
        let number = try Array("0.1234".utf8).withUnsafeBufferPointer { try StoredNumber($0) }
        #expect(number.inPercent.text(decimals: 1, integerDigits: 1) == "12.34")
        #expect(StoredNumber.zero.inPercent.text(decimals: 1, integerDigits: 1) == "0.0")
    }

    @Test(arguments: ["", "NaN", "INF", "1e", "1e999", "--1", "1.2.3", "12a", "e5", "."])
    func whatIsNoNumber(stored: String) {
        #expect(throws: StoredNumber.Failure.noNumber) { try Self.text(stored) }
    }

    @Test func aLongWholeNumberIsNotRounded() {
        #expect(throws: StoredNumber.Failure.tooLong) { try Self.text("1234567890123456") }
    }
}
