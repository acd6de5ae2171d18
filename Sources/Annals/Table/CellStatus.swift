/// Why a cell has a figure, or why it has none.
///
/// A closed set: what an agency's symbol means is its dialect's to say.
///
/// `docs/formats/status.md` maps each to SDMX. Raw values stand in the log and never change.
package enum CellStatus: UInt8, Sendable, CaseIterable {
    /// A figure is printed.
    case value = 0
    /// Printed as a dash: an exact zero. `nil` in every text form.
    case nilFigure = 1
    /// Rounds to zero in the unit employed; counts as zero and says so.
    case belowUnit = 2
    case notApplicable = 3
    case notAvailable = 4
    case notYetAvailable = 5
    case confidential = 6
    case unreliable = 7
    case includedElsewhere = 8
    /// The layout prints nothing there. Never a zero.
    case blank = 9
    /// The status of a sum over codes of which a table lacks one; never a cell's.
    ///
    /// Not among ``allCases`` and without a name that could be read: no file, no dialect and no log has it.
    case incomplete = 255

    /// Those that a cell can have, by their raw values: 0, 1, 2 and so on.
    package static let allCases: [CellStatus] = [
        .value, .nilFigure, .belowUnit, .notApplicable, .notAvailable, .notYetAvailable, .confidential, .unreliable,
        .includedElsewhere, .blank,
    ]

    /// The name in JSON, CSV and YAML.
    package var code: String {
        switch self {
        case .value: "value"
        case .nilFigure: "nil"
        case .belowUnit: "below-unit"
        case .notApplicable: "not-applicable"
        case .notAvailable: "not-available"
        case .notYetAvailable: "not-yet-available"
        case .confidential: "confidential"
        case .unreliable: "unreliable"
        case .includedElsewhere: "included-elsewhere"
        case .blank: "blank"
        case .incomplete: "incomplete"
        }
    }

    package init?(code: String) {
        guard let match = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = match
    }

    /// Whether the cell counts as a number in sums and comparisons (a nil and a below-unit count as zero).
    package var countsAsNumber: Bool { rawValue <= Self.belowUnit.rawValue }

    /// Whether there is a figure that the publisher does not show.
    ///
    /// No sum over it may be solved for it.
    package var isHidden: Bool {
        switch self {
        case .confidential, .unreliable, .includedElsewhere, .notAvailable, .notYetAvailable: true
        case .value, .nilFigure, .belowUnit, .notApplicable, .blank, .incomplete: false
        }
    }
}
