internal import Glibc

/// A number as a workbook stores it, as the decimal that was meant: at most 15 significant digits.
///
/// Programs write the binary number with as many digits as it takes to get it back, 0.1 + 0.2 as `0.30000000000000004`;
/// no spreadsheet takes or shows more than 15 of them. A whole number of more digits is no such noise, and isn't taken.
struct StoredNumber: Equatable {
    private(set) var isNegative = false
    /// Without zeros at either end; empty for zero.
    private(set) var digits: [UInt8] = []
    /// How many digits stand in front of the point; negative where zeros follow it.
    private(set) var point = 0

    static let mostDigits = 15

    /// Zero.
    static let zero = StoredNumber()

    private init() {}

    /// Why something is no number that is read.
    enum Failure: Error, Equatable {
        case noNumber
        /// A whole number of more than 15 digits.
        case tooLong
    }

    /// - Throws: What isn't a number of XML Schema's `double`, or has too many digits.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) {
        var index = 0
        if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B {
            isNegative = bytes[index] == 0x2D
            index += 1
        }
        var (whole, all, isFraction) = (0, 0, false)
        digits.reserveCapacity(20)
        while index < bytes.count {
            let byte = bytes[index]
            if NumberShape.isDigit(byte) {
                all += 1
                if !isFraction { whole += 1 }
                // Zeros in front only move the point.
                if byte != 0x30 || !digits.isEmpty { digits.append(byte) } else { whole -= 1 }
            } else if byte == 0x2E, !isFraction {
                isFraction = true
            } else {
                break
            }
            index += 1
        }
        guard all > 0, bytes.count <= 400 else { throw .noNumber }
        point = whole
        var exponent = 0
        if index < bytes.count {
            guard bytes[index] | 0x20 == 0x65,
                let power = Self.exponent(UnsafeBufferPointer(rebasing: bytes[(index + 1)...]))
            else { throw .noNumber }
            exponent = power
        }
        point += exponent
        stripZeros()
        guard digits.count > Self.mostDigits else { return }
        guard isFraction || exponent != 0 else { throw .tooLong }
        try round(String(decoding: bytes, as: UTF8.self))
    }

    private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        let isSigned = first == 0x2D || first == 0x2B
        let digits = UnsafeBufferPointer(rebasing: bytes[(isSigned ? 1 : 0)...])
        guard let value = XMLElement.number(digits), value <= 400 else { return nil }
        return first == 0x2D ? -value : value
    }

    private mutating func stripZeros() {
        while digits.last == 0x30 { digits.removeLast() }
        if digits.isEmpty { (isNegative, point) = (false, 0) }
    }

    /// To 15 digits, as the binary number that the text stands for would be printed with them.
    private mutating func round(_ text: String) throws(Failure) {
        guard let value = Double(text), value.isFinite else { throw .noNumber }
        var buffer = [CChar](repeating: 0, count: 64)
        let count = withVaList([abs(value)]) { vsnprintf(&buffer, buffer.count, "%.14e", $0) }
        let printed = buffer.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }
        // `d.dddddddddddddde±dd`
        guard printed.count > 18, let end = printed.firstIndex(of: 0x65),
            let power = printed[(end + 1)...].withUnsafeBufferPointer({ Self.exponent($0) })
        else { throw .noNumber }
        digits = printed[..<end].filter { $0 != 0x2E }
        point = power + 1
        stripZeros()
    }

    /// The same a hundred times, as percent.
    var inPercent: StoredNumber {
        var number = self
        if !digits.isEmpty { number.point += 2 }
        return number
    }

    /// The number as a binary one, for dates.
    var double: Double { Double(text(decimals: 0, integerDigits: 1)) ?? .nan }

    /// In plain digits with a point.
    ///
    /// - Parameters:
    ///   - decimals: As many at least; none is ever cut off.
    ///   - integerDigits: Digits in front of the point, filled up with zeros.
    /// - Returns: `-1234.50`, never grouped.
    func text(decimals: Int, integerDigits: Int) -> String {
        var bytes: [UInt8] = isNegative ? [0x2D] : []
        append(to: &bytes, decimals: decimals, integerDigits: integerDigits)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(to bytes: inout [UInt8], decimals: Int, integerDigits: Int) {
        let front = max(point, 0)
        bytes.append(contentsOf: repeatElement(0x30, count: max(0, max(1, integerDigits) - front)))
        for place in 0..<front { bytes.append(place < digits.count ? digits[place] : 0x30) }
        let own = max(0, digits.count - point)
        guard max(own, decimals) > 0 else { return }
        bytes.append(0x2E)
        for place in point..<point + max(own, decimals) {
            bytes.append(digits.indices.contains(place) ? digits[place] : 0x30)
        }
    }
}
