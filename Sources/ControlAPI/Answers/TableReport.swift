package import Annals

/// A vintage's table as a client reads it; the server streams it (``TableHeading``, ``CellEncoder``).
package struct TableReport: Decodable, Hashable, Sendable {
    /// The file that a vintage came from.
    package struct Source: Decodable, Hashable, Sendable {
        package var file: String
        package var sha256: String
        package var bytes: Int64
        package var format: String

        package init(file: String, sha256: String, bytes: Int64, format: String) {
            self.file = file
            self.sha256 = sha256
            self.bytes = bytes
            self.format = format
        }
    }

    /// One category of a dimension.
    package struct Category: Decodable, Hashable, Sendable {
        package var code: String
        package var label: String
    }

    /// One axis of the table.
    package struct Dimension: Decodable, Hashable, Sendable {
        package var id: String
        package var label: String
        /// The category that is the total of the others.
        package var total: String?
        /// Whether its categories are the measures.
        package var measure: Bool?
        package var categories: [Category]
    }

    /// What is counted.
    package struct Measure: Decodable, Hashable, Sendable {
        package var code: String
        package var label: String?
        package var unit: String?
        package var decimals: Int
        /// Power of ten; left out for 0.
        package var multiplier: Int?
        package var kind: String?

        /// What is counted, in what: `Sales in 1000 NOK`; nil where the file says neither.
        package var heading: String? {
            let isNamed =
                code != Annals.Measure.unnamedCode && label.map { Slug.make($0) } != unit.map { Slug.make($0) }
            let words = [isNamed ? label ?? code : nil, printedUnit.map { "in \($0)" }].compactMap(\.self)
            return words.isEmpty ? nil : words.joined(separator: " ")
        }

        /// The unit together with its multiplier: `1000 NOK`.
        package var printedUnit: String? {
            Annals.Measure(code: code, unit: unit, multiplier: multiplier ?? 0).printedUnit
        }
    }

    /// Where in the source a cell was printed, and as what.
    package struct Place: Decodable, Hashable, Sendable {
        package var line: Int
        package var column: Int
        package var text: String

        package init(line: Int, column: Int, text: String) {
            self.line = line
            self.column = column
            self.text = text
        }
    }

    /// One cell.
    package struct Cell: Decodable, Hashable, Sendable {
        package var at: [String]
        package var value: WireFigure?
        package var status: String
        package var flags: [String]
        package var source: Place?

        package init(at: [String], value: WireFigure?, status: String, flags: [String], source: Place? = nil) {
            self.at = at
            self.value = value
            self.status = status
            self.flags = flags
            self.source = source
        }
    }

    /// One equation that does not balance.
    package struct Imbalance: Decodable, Hashable, Sendable {
        package var at: [String]
        package var expected: WireFigure
        package var found: WireFigure
    }

    /// An identity and what was found.
    package struct Audit: Decodable, Hashable, Sendable {
        package var name: String
        package var result: String
        package var origin: String
        package var checked: Int
        package var unchecked: Int
        package var failed: Int
        package var findings: [String]
        package var imbalances: [Imbalance]
    }

    /// Something that a reader noticed.
    package struct Finding: Decodable, Hashable, Sendable {
        package var code: String
        package var message: String
        package var line: Int?
    }

    package var dataset: String
    package var title: String
    package var year: Int
    package var period: String?
    package var version: Int?
    package var recorded: Instant?
    package var published: Instant?
    package var source: Source?
    /// The sidecar's; the stage is the latest with which the figures were confirmed.
    package var kind: String?
    package var stage: String?
    package var reason: String?
    package var notes: [String]
    package var dimensions: [Dimension]
    package var measures: [Measure]
    package var cells: [Cell]?
    package var audits: [Audit]
    package var findings: [Finding]

    /// Decimals of the measure that a cell counts.
    package func decimals(at codes: [String]) -> Int {
        Self.decimals(at: codes, dimensions: dimensions, measures: measures)
    }

    /// Digits after the point of a measure's figures.
    package static func decimals(at codes: [String], dimensions: [Dimension], measures: [Measure]) -> Int {
        if measures.count > 1, let place = dimensions.firstIndex(where: { $0.measure == true }), place < codes.count,
            let measure = measures.first(where: { $0.code == codes[place] })
        {
            return measure.decimals
        }
        return measures.first?.decimals ?? 0
    }
}
