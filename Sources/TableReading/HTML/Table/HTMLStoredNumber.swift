import Annals

/// The number that a spreadsheet program stored with a cell of a page it wrote: `<td x:num="12345.678">12,346</td>`.
///
/// It counts, as the number of a workbook's cell does, and not what is shown of it.
struct HTMLStoredNumber {
    private let decimal: JSONDecimal

    /// Nil for what is no number.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        var index = bytes.first == 0x2D ? 1 : 0
        let first = index
        func digits() -> Bool {
            let start = index
            while index < bytes.count, NumberShape.isDigit(bytes[index]) { index += 1 }
            return index > start
        }
        guard digits() else { return nil }
        if index < bytes.count, bytes[index] == 0x2E {
            index += 1
            guard digits() else { return nil }
        }
        if index < bytes.count, bytes[index] | 0x20 == 0x65 {
            index += 1
            if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
            guard digits() else { return nil }
        }
        guard index == bytes.count, first < bytes.count,
            let decimal = bytes.withUnsafeBufferPointer({ JSONDecimal($0, at: 0) })
        else { return nil }
        self.decimal = decimal
    }

    /// What the cell says.
    enum Outcome {
        /// The stored number, with as many decimals as are shown at least.
        case number(String)
        /// What is shown is no number: a date, a word, a symbol.
        case shown
        /// What is shown is no rounding of what is stored.
        case contradiction
    }

    func outcome(shown text: String) -> Outcome {
        let isPercent = text.hasSuffix("%")
        guard HTMLFigure.isFigure(text),
            FieldText.withBytes(
                of: text, { bytes in NumberShape(bytes).map { $0.end == bytes.count || isPercent } ?? false })
        else { return .shown }
        // A code keeps the zeros in front of it.
        if text.first == "0", text.utf8.count > 1, text.utf8.allSatisfy(NumberShape.isDigit) { return .shown }
        let isNegative = FieldText.withBytes(of: text) { NumberShape($0)?.isNegative ?? false }
        let shown = Self.significant(text.utf8.filter(NumberShape.isDigit))
        var magnitude = String(decimal.value.magnitude)
        var decimals = decimal.decimals
        if isPercent { decimals -= 2 }
        if decimals < 0 {
            magnitude += String(repeating: "0", count: -decimals)
            decimals = 0
        }
        let digits = Array(magnitude.utf8)
        let own = Self.significant(digits)
        if decimal.value != 0, isNegative != (decimal.value < 0), !shown.isEmpty { return .contradiction }
        // Shown with zeros that aren't stored.
        if shown.count >= own.count, shown.starts(with: own), shown.dropFirst(own.count).allSatisfy({ $0 == 0x30 }) {
            let zeros = shown.count - own.count
            let behind = text.reversed().prefix { $0 != "." && $0 != "," }.count { $0.isASCII && $0.isNumber }
            if zeros == 0 || behind == decimals + zeros, decimals + zeros <= 18 {
                return .number(Self.text(digits, decimals, zeros, decimal.value < 0, isPercent))
            }
            return .contradiction
        }
        for places in 0..<decimals where Self.rounds(digits, dropping: decimals - places, to: shown) {
            return .number(Self.text(digits, decimals, 0, decimal.value < 0, isPercent))
        }
        return .contradiction
    }

    private static func significant(_ digits: [UInt8]) -> ArraySlice<UInt8> { digits.drop { $0 == 0x30 } }

    /// Whether digits, rounded half up or half down, are those that are shown.
    private static func rounds(_ digits: [UInt8], dropping count: Int, to shown: ArraySlice<UInt8>) -> Bool {
        let kept = count < digits.count ? Array(digits.dropLast(count)) : []
        let rest = count <= digits.count ? digits.suffix(count).first ?? 0x30 : 0x30
        if rest <= 0x35, significant(kept) == shown { return true }
        guard rest >= 0x35 else { return false }
        var up = kept
        var index = up.count - 1
        while index >= 0, up[index] == 0x39 {
            up[index] = 0x30
            index -= 1
        }
        if index >= 0 { up[index] += 1 } else { up.insert(0x31, at: 0) }
        return significant(up) == shown
    }

    private static func text(
        _ digits: [UInt8], _ decimals: Int, _ zeros: Int, _ isNegative: Bool, _ isPercent: Bool
    ) -> String {
        let padded = Array(repeating: UInt8(ascii: "0"), count: max(0, decimals + 1 - digits.count)) + digits
        var text = isNegative ? "-" : ""
        text += String(decoding: padded.dropLast(decimals), as: UTF8.self)
        let fraction = Array(padded.suffix(decimals)) + Array(repeating: UInt8(ascii: "0"), count: zeros)
        if !fraction.isEmpty { text += "." + String(decoding: fraction, as: UTF8.self) }
        return text + (isPercent ? "%" : "")
    }
}
