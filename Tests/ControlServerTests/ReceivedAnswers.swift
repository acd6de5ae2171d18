import ControlAPI
import FoundationEssentials

/// A table as a client may read it: exact figures, never through binary floating point.
struct ReceivedTable: Decodable {
    struct Cell: Decodable {
        var at: [String]
        var value: Decimal?
    }

    var year: Int
    var period: String?
    var version: Int?
    var source: SourceReport?
    var notes: [String]
    var cells: [Cell]?
}

/// A delta as a client may read it.
struct ReceivedDelta: Decodable {
    struct Measure: Decodable {
        var decimals: Int
    }

    struct Cell: Decodable {
        var at: [String]
        var from: Decimal?
        var to: Decimal?
        var change: Decimal?
    }

    var axis: String
    var from: DeltaSide
    var to: DeltaSide
    var measures: [Measure]
    var cells: [Cell]
    var summary: DeltaSummary
}
