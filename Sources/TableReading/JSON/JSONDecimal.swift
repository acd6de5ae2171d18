import Annals

/// A JSON number as an exact decimal.
///
/// Digits are taken as they are written. Two kinds of them come out of a program's binary numbers and not out of a
/// table, and become their shortest form: one with an exponent (`1.0E+05` is 100000), and one with a fraction and more than
/// 15 significant digits (`12.300000000000001` is 12.3), which is rounded to 15, half to even, as a spreadsheet shows it.
struct JSONDecimal: Equatable {
    /// Scaled by ``decimals``.
    var value: Int64
    /// As written; trailing zeros count but in a shortest form.
    var decimals: Int
    /// Whether digits beyond the fifteenth were given up.
    var isRounded = false

    /// Significant digits that every binary number of 64 bits keeps.
    static let mostDigits = 15
    /// As in ``Measure/decimals``.
    private static let mostDecimals = 18

    /// Nil where the number doesn't fit an `Int64` with at most 18 decimals.
    ///
    /// - Parameters:
    ///   - bytes: A text whose numbers were checked.
    ///   - start: Where one begins.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
        var index = start
        let isNegative = bytes[index] == 0x2D
        if isNegative { index += 1 }
        var magnitude: UInt64 = 0
        var decimals = 0
        var significant = 0
        var isFraction = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte &- 0x30 < 10 {
                if significant > 0 || byte != 0x30 { significant += 1 }
                guard significant <= Self.mostDecimals else {
                    self.init(long: bytes, at: start)
                    return
                }
                magnitude = magnitude &* 10 &+ UInt64(byte &- 0x30)
                if isFraction { decimals += 1 }
            } else if byte == 0x2E {
                isFraction = true
            } else if byte | 0x20 == 0x65 {
                self.init(long: bytes, at: start)
                return
            } else {
                break
            }
            index += 1
        }
        if isFraction, significant > Self.mostDigits || decimals > Self.mostDecimals {
            self.init(long: bytes, at: start)
            return
        }
        // At most 18 digits fit.
        self.init(value: isNegative ? -Int64(magnitude) : Int64(magnitude), decimals: decimals)
    }

    private init(value: Int64, decimals: Int, isRounded: Bool = false) {
        self.value = value
        self.decimals = decimals
        self.isRounded = isRounded
    }

    /// The same of any number, digit by digit.
    private init?(long bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
        var digits: [UInt8] = []
        var index = start
        let isNegative = bytes[index] == 0x2D
        if isNegative { index += 1 }
        /// The number is the digits, taken as a whole number, times ten to this.
        var exponent = 0
        var isFraction = false
        var hasExponent = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte &- 0x30 < 10 {
                if !digits.isEmpty || byte != 0x30 { digits.append(byte &- 0x30) }
                if isFraction { exponent -= 1 }
            } else if byte == 0x2E {
                isFraction = true
            } else {
                break
            }
            index += 1
        }
        if index < bytes.count, bytes[index] | 0x20 == 0x65 {
            hasExponent = true
            guard let written = Self.exponent(bytes, at: index + 1) else {
                // Zero is zero whatever power follows.
                guard digits.isEmpty else { return nil }
                self.init(value: 0, decimals: 0)
                return
            }
            exponent += written
        }
        guard isFraction || hasExponent else {
            self.init(digits, exponent: 0, isNegative: isNegative, isRounded: false)
            return
        }
        guard !digits.isEmpty || !hasExponent else {
            self.init(value: 0, decimals: 0)
            return
        }
        let isRounded = Self.round(&digits, &exponent)
        if isRounded || hasExponent {
            while digits.last == 0 {
                digits.removeLast()
                exponent += 1
            }
        }
        self.init(digits, exponent: exponent, isNegative: isNegative, isRounded: isRounded)
    }

    private init?(_ digits: [UInt8], exponent: Int, isNegative: Bool, isRounded: Bool) {
        guard !digits.isEmpty else {
            self.init(value: 0, decimals: min(max(0, -exponent), Self.mostDecimals))
            return
        }
        guard -exponent <= Self.mostDecimals, exponent <= Self.mostDecimals else { return nil }
        var magnitude: UInt64 = 0
        for digit in digits + repeatElement(0, count: max(0, exponent)) {
            let (product, isTooLong) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, isTooLarge) = product.addingReportingOverflow(UInt64(digit))
            if isTooLong || isTooLarge { return nil }
            magnitude = sum
        }
        guard magnitude <= UInt64(Int64.max) else { return nil }
        self.init(
            value: isNegative ? -Int64(magnitude) : Int64(magnitude), decimals: max(0, -exponent), isRounded: isRounded)
    }

    /// Whether the number at an offset has no fraction but `.0`, or none in its shortest form where it has an exponent.
    static func isWhole(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        var index = start + 1
        while index < bytes.count, NumberShape.isDigit(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == 0x2E || bytes[index] | 0x20 == 0x65 else { return true }
        let fraction = index + 1
        if bytes[index] == 0x2E {
            index += 1
            while index < bytes.count, NumberShape.isDigit(bytes[index]) { index += 1 }
        }
        if index < bytes.count, bytes[index] | 0x20 == 0x65 { return JSONDecimal(bytes, at: start)?.decimals == 0 }
        return index == fraction + 1 && bytes[fraction] == 0x30
    }

    /// The same without zeros behind the last digit that counts, but for so many decimals.
    func withoutZeros(downTo least: Int) -> JSONDecimal {
        var decimal = self
        while decimal.decimals > least, decimal.value % 10 == 0 {
            decimal.value /= 10
            decimal.decimals -= 1
        }
        return decimal
    }

    /// Leaves 15 significant digits, half to even; says whether any that counted were given up.
    private static func round(_ digits: inout [UInt8], _ exponent: inout Int) -> Bool {
        guard digits.count > mostDigits else { return false }
        let rest = digits[mostDigits...]
        let isInexact = rest.contains { $0 != 0 }
        let isAboveHalf = rest.first.map { $0 > 5 || $0 == 5 && rest.dropFirst().contains { $0 != 0 } } ?? false
        let isHalf = rest.first == 5 && !isAboveHalf
        exponent += rest.count
        digits.removeSubrange(mostDigits...)
        guard isAboveHalf || isHalf && digits[mostDigits - 1] % 2 == 1 else { return isInexact }
        var place = mostDigits - 1
        while place >= 0, digits[place] == 9 {
            digits[place] = 0
            place -= 1
        }
        if place >= 0 { digits[place] += 1 } else { digits.insert(1, at: 0) }
        return isInexact
    }

    /// The signed digits of an exponent; nil beyond a thousand, which no figure has.
    private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        var index = start
        let isNegative = index < bytes.count && bytes[index] == 0x2D
        if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B { index += 1 }
        var exponent = 0
        while index < bytes.count, NumberShape.isDigit(bytes[index]) {
            exponent = exponent * 10 + Int(bytes[index] - 0x30)
            if exponent > 1000 { return nil }
            index += 1
        }
        return isNegative ? -exponent : exponent
    }

    /// Says that figures were rounded.
    static func finding(first: JSONValue, count: Int) -> Finding {
        let text = first.document.excerpt(at: first.offset)
        let kept = first.decimal.map { ScaledDecimal.text($0.value, decimals: $0.decimals) } ?? ""
        return Finding(
            "binary-figures",
            "\(count) \(count == 1 ? "figure has" : "figures have") more than \(mostDigits) significant digits, as programs "
                + "write binary numbers, and \(count == 1 ? "is" : "are") kept with \(mostDigits): the first, `\(text)`, as "
                + "\(kept)", line: first.document.position(of: first.offset).line)
    }
}

extension JSONValue {
    /// The number that it is; nil where it is none, or doesn't fit.
    var decimal: JSONDecimal? {
        guard kind == .number else { return nil }
        return document.withTape { bytes, tape in JSONDecimal(bytes, at: Int(tape[place])) }
    }
}
