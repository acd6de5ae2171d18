import FoundationEssentials

/// A figure of an answer, exact: read as a decimal, never as binary floating point.
package struct ReceivedFigure: Decodable, Hashable, Sendable {
    private let decimal: Decimal

    package init(from decoder: any Decoder) throws {
        decimal = try decoder.singleValueContainer().decode(Decimal.self)
    }

    package var isZero: Bool { decimal.isZero }
    package var isPositive: Bool { !decimal.isZero && decimal.sign == .plus }

    /// With so many digits after the point, at least those that it has.
    package func text(decimals: Int) -> String {
        let text = decimal.description
        guard decimals > 0 else { return text }
        let digits = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count
        return text + (digits == nil ? "." : "") + String(repeating: "0", count: max(0, decimals - (digits ?? 0)))
    }

    /// In millionths; nil where that is no whole number that fits.
    package var micros: Int64? {
        let text = text(decimals: 6)
        guard text.split(separator: ".").last?.count == 6 else { return nil }
        return Int64(text.filter { $0 != "." })
    }
}
