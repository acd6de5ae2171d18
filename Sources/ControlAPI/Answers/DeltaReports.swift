/// How many cells of a delta went which way.
package struct DeltaSummary: Decodable, Hashable, Sendable {
    package var compared: Int
    package var appeared: Int
    package var vanished: Int
    package var transitions: Int
    package var increased: Int
    package var decreased: Int
    package var unchanged: Int

    package init(
        compared: Int, appeared: Int, vanished: Int, transitions: Int, increased: Int, decreased: Int, unchanged: Int
    ) {
        self.compared = compared
        self.appeared = appeared
        self.vanished = vanished
        self.transitions = transitions
        self.increased = increased
        self.decreased = decreased
        self.unchanged = unchanged
    }
}

extension DeltaSummary: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("compared", compared)
            json.field("appeared", appeared)
            json.field("vanished", vanished)
            json.field("transitions", transitions)
            json.field("increased", increased)
            json.field("decreased", decreased)
            json.field("unchanged", unchanged)
        }
    }
}

/// Which vintage stands on one side of a delta.
package struct DeltaSide: Decodable, Hashable, Sendable, JSONWritable {
    package var year: Int
    package var version: Int
    /// The sidecar's; the stage is the latest with which the figures were confirmed.
    package var kind: String?
    package var stage: String?
    package var reason: String?

    package init(year: Int, version: Int, kind: String? = nil, stage: String? = nil, reason: String? = nil) {
        self.year = year
        self.version = version
        self.kind = kind
        self.stage = stage
        self.reason = reason
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("year", year)
            json.field("version", version)
            json.field("kind", kind)
            json.field("stage", stage)
            json.field("reason", reason)
        }
    }
}

/// Cell by cell, one table against another, as a client reads it; the server streams it.
package struct DeltaReport: Decodable, Hashable, Sendable {
    /// One row of a delta.
    package struct Cell: Decodable, Hashable, Sendable {
        package var at: [String]
        package var from: WireFigure?
        package var to: WireFigure?
        package var change: WireFigure?
        package var relative: WireFigure?
        package var fromStatus: String?
        package var toStatus: String?
        package var comparison: String

        private enum CodingKeys: String, CodingKey {
            case at, from, to, change, relative, comparison
            case fromStatus = "from_status"
            case toStatus = "to_status"
        }
    }

    package var dataset: String
    package var axis: String
    package var from: DeltaSide
    package var to: DeltaSide
    package var dimensions: [TableReport.Dimension]
    package var measures: [TableReport.Measure]
    package var cells: [Cell]
    package var summary: DeltaSummary
}
