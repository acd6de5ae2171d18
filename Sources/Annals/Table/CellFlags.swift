/// What the publisher, or Annal itself (`derived`), says about a cell besides its figure.
///
/// Any number of them.
///
/// Raw values stand in the log and never change.
package struct CellFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Made for every figure that is read, which the set algebra's own way of it is too slow for.
    package init(arrayLiteral elements: CellFlags...) { rawValue = elements.reduce(0) { $0 | $1.rawValue } }

    /// As the set algebra has it, whose own way is too slow for every figure as well.
    package func union(_ other: CellFlags) -> CellFlags { CellFlags(rawValue: rawValue | other.rawValue) }

    package static let provisional = CellFlags(rawValue: 1 << 0)
    package static let revised = CellFlags(rawValue: 1 << 1)
    package static let corrected = CellFlags(rawValue: 1 << 2)
    package static let estimated = CellFlags(rawValue: 1 << 3)
    package static let forecast = CellFlags(rawValue: 1 << 4)
    package static let imputed = CellFlags(rawValue: 1 << 5)
    package static let seriesBreak = CellFlags(rawValue: 1 << 6)
    package static let lowReliability = CellFlags(rawValue: 1 << 7)
    package static let definitionDiffers = CellFlags(rawValue: 1 << 8)
    package static let notSignificant = CellFlags(rawValue: 1 << 9)
    /// Not printed: follows from what is (the other triangle of an antisymmetric table).
    package static let derived = CellFlags(rawValue: 1 << 10)

    private static let named: [(flag: CellFlags, code: String)] = [
        (.provisional, "provisional"), (.revised, "revised"), (.corrected, "corrected"),
        (.estimated, "estimated"), (.forecast, "forecast"), (.imputed, "imputed"),
        (.seriesBreak, "break"), (.lowReliability, "low-reliability"),
        (.definitionDiffers, "definition-differs"), (.notSignificant, "not-significant"),
        (.derived, "derived"),
    ]

    /// The names in JSON, CSV and YAML, in the order of the raw bits.
    package var codes: [String] { Self.named.filter { contains($0.flag) }.map(\.code) }

    package init?(code: String) {
        guard let match = Self.named.first(where: { $0.code == code }) else { return nil }
        self = match.flag
    }
}
