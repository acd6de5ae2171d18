import Annals
import ControlAPI
import ControlClient

// What of the daemon's answers a report is made of.

/// Dimensions of a table or a delta.
struct ReportDimension: Decodable {
    struct Category: Decodable {
        var code: String
        var label: String
    }

    var id: String
    var measure: Bool?
    var categories: [Category]
}

/// A measure of a table or a delta.
struct ReportMeasure: Decodable {
    var code: String
    var unit: String?
    var multiplier: Int?
    var decimals: Int
}

/// What a table says besides its cells.
struct ReportHeading: Decodable {
    struct Audit: Decodable {
        var name: String
        var result: String
        var origin: String
        var checked: Int
        var unchecked: Int
        var failed: Int
        var findings: [String]
    }

    var title: String
    var notes: [String]
    var dimensions: [ReportDimension]
    var measures: [ReportMeasure]
    var audits: [Audit]
    /// What was noticed when the table was read and audited.
    var findings: [Finding]
}

/// A delta's largest changes.
struct ReportDelta: Decodable {
    struct Cell: Decodable {
        struct Parts: Decodable {
            var asPublished: ReceivedFigure
            var toRevision: ReceivedFigure
            var fromRevision: ReceivedFigure
        }

        var at: [String]
        var from: ReceivedFigure?
        var to: ReceivedFigure?
        var change: ReceivedFigure?
        var relative: ReceivedFigure?
        var fromStatus: String?
        var toStatus: String?
        var comparison: String
        /// Left out of rows that don't go across a break.
        var acrossBreak: Bool?
        var explain: Parts?
    }

    struct Concordance: Decodable {
        var name: String
        var approximate: Bool
        var groups: [ConcordanceOutcome.Group]
    }

    var from: DeltaSide
    var to: DeltaSide
    var dimensions: [ReportDimension]
    var measures: [ReportMeasure]
    var cells: [Cell]
    var summary: DeltaSummary
    var concordance: Concordance?
}

/// A cell of a table.
struct ReportCell: Decodable {
    var at: [String]
    var value: ReceivedFigure?
    var status: String
    var flags: [String]
}

extension [ReportDimension] {
    /// `03 Oslo` for each code of a row.
    func names(of codes: [String]) -> [String] {
        zip(self, codes).map { dimension, code in
            let label = dimension.categories.first { $0.code == code }?.label ?? code
            return label == code ? code : "\(code) \(label)"
        }
    }
}
