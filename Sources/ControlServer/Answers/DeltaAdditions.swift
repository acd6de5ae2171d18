import Comparison
import ControlAPI

/// What the rows of a delta say besides, where the question asked for it.
struct DeltaAdditions: Sendable {
    /// A further column for people.
    struct Column: Sendable {
        let heading: String
        /// Of the row at that place; ASCII, empty where there is nothing to say.
        let text: @Sendable (Int, DeltaRow) -> String
    }

    private let delta: Delta
    private let contributions: Contributions?

    init(_ delta: Delta, contributions: Contributions? = nil) {
        self.delta = delta
        self.contributions = contributions
    }

    /// Whether rows say nothing besides.
    var isEmpty: Bool { contributions == nil }

    // MARK: CSV

    /// Names of the columns behind the unit.
    var csvColumns: [String] { contributions == nil ? [] : ["contribution"] }

    /// The fields of the row at that place, each with its comma, behind the unit.
    func appendCSV(_ index: Int, _ row: DeltaRow, to buffer: inout TextBuffer) {
        if let contributions {
            Self.append([0x2C], contributions.micros(of: row, in: delta), Contributions.decimals, none: [], to: &buffer)
        }
    }

    // MARK: JSON

    /// The fields of the row at that place, each with its comma, within an object that is open.
    func appendJSON(_ index: Int, _ row: DeltaRow, to buffer: inout TextBuffer) {
        if let contributions {
            Self.append(
                Self.contributionLead, contributions.micros(of: row, in: delta), Contributions.decimals, none: Self.null,
                to: &buffer)
        }
    }

    private static let contributionLead = Array(#","contribution":"#.utf8)
    private static let null = Array("null".utf8)

    private static func append(
        _ lead: [UInt8], _ value: Int64?, _ decimals: Int, none: [UInt8], to buffer: inout TextBuffer
    ) {
        buffer.append(lead)
        if let value { buffer.append(figure: value, decimals: decimals) } else { buffer.append(none) }
    }

    // MARK: For people

    /// The columns behind the relative change.
    var columns: [Column] {
        guard let contributions else { return [] }
        let delta = delta
        return [
            Column(heading: "contribution") { _, row in
                contributions.micros(of: row, in: delta).map(DeltaWidths.percent) ?? ""
            }
        ]
    }
}
