/// How an integer scaled by a number of decimals is written: exactly, never through binary floating point.
package enum ScaledDecimal {
    /// `12345` with two decimals is `123.45`; always exactly `decimals` digits after the point.
    package static func text(_ value: Int64, decimals: Int) -> String {
        var bytes: [UInt8] = []
        append(value, decimals: decimals, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the same text as ASCII.
    package static func append(_ value: Int64, decimals: Int, to bytes: inout [UInt8]) {
        var magnitude = value.magnitude
        var digits: [20 of UInt8] = .init(repeating: 0)
        var count = 0
        while magnitude > 0 || count <= decimals {
            digits[count] = 0x30 + UInt8(magnitude % 10)
            magnitude /= 10
            count += 1
        }
        if value < 0 { bytes.append(0x2D) }
        for index in (0..<count).reversed() {
            bytes.append(digits[index])
            if index == decimals, decimals > 0 { bytes.append(0x2E) }
        }
    }

    /// The same of a difference of two such integers, which may need one bit more.
    package static func text(difference: Int128, decimals: Int) -> String {
        var digits = String(difference.magnitude)
        digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let point = digits.index(digits.endIndex, offsetBy: -decimals)
        return (difference < 0 ? "-" : "") + digits[..<point] + (decimals > 0 ? "." + digits[point...] : "")
    }

    /// Whether two scaled integers are the same figure, each with its number of decimals.
    package static func areEqual(_ left: (value: Int64, decimals: Int), _ right: (value: Int64, decimals: Int)) -> Bool
    {
        let finest = max(left.decimals, right.decimals)
        return Int128(left.value) * Int128(powerOfTen(finest - left.decimals))
            == Int128(right.value) * Int128(powerOfTen(finest - right.decimals))
    }

    /// 10 to that power, 0…18.
    package static func powerOfTen(_ exponent: Int) -> Int64 {
        precondition((0...18).contains(exponent), "10 to the 19 does not fit")
        return (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
