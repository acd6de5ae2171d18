package import Annals

/// One cell through the years.
package struct Series: Hashable, Sendable {
    /// One year of a series.
    package struct Point: Hashable, Sendable {
        package var year: Int
        package var version: Int
        /// Scaled by `decimals`; nil where there is no figure.
        package var value: Int64?
        package var decimals: Int
        /// With its multiplier: `1000 NOK`.
        package var unit: String?
        /// Nil where the year's table has no such cell.
        package var status: CellStatus?
        package var flags: CellFlags
    }

    /// Ids of the dimensions, in the order of the last table.
    package let dimensions: [String]
    /// One code a dimension.
    package let at: [String]
    /// One a table, in the order given.
    package let points: [Point]
    /// What was summed where codes changed on the way; nil where none did.
    package let concordance: ConcordanceOutcome?

    init(dimensions: [String], at: [String], points: [Point], concordance: ConcordanceOutcome?) {
        self.dimensions = dimensions
        self.at = at
        self.points = points
        self.concordance = concordance
    }

    /// Looks one cell up in every table.
    ///
    /// A dimension that has one category need not be named. A code that some years lack makes a point without a status
    /// there; one that no year has is an error.
    ///
    /// - Parameters:
    ///   - wanted: A code by id of dimension.
    ///   - tables: With their years and versions, ascending by year.
    /// - Throws: ``ComparisonRefusal`` about the selection.
    package init(
        where wanted: [String: String], in tables: [(year: Int, version: Int, table: Table)]
    ) throws(ComparisonRefusal) {
        concordance = nil
        guard let last = tables.last?.table.keySpace else {
            dimensions = []
            at = []
            points = []
            return
        }
        try Self.check(wanted, against: tables.map(\.table.keySpace))
        let open = last.dimensions.filter { wanted[$0.id] == nil && $0.categories.count != 1 }
        guard open.isEmpty else { throw .openDimensions(open.map(\.id)) }
        dimensions = last.dimensions.map(\.id)
        at = last.dimensions.map { wanted[$0.id] ?? $0.categories[0].code }
        let codes = Dictionary(zip(dimensions, at), uniquingKeysWith: { first, _ in first })
        points = tables.map { Self.point(codes, year: $0.year, version: $0.version, in: $0.table) }
    }

    /// Every dimension must be one of the last table's, and every code one of some table's.
    private static func check(_ wanted: [String: String], against keySpaces: [KeySpace]) throws(ComparisonRefusal) {
        let last = keySpaces[keySpaces.count - 1]
        for (id, code) in wanted.sorted(by: { $0.key < $1.key }) {
            guard let dimension = last.dimensions.first(where: { $0.id == id }) else {
                throw .unknownDimension(id, known: last.dimensions.map(\.id))
            }
            let isKnown = keySpaces.contains { keySpace in
                keySpace.dimensions.contains { $0.id == id && $0.index(of: code) != nil }
            }
            guard isKnown else {
                throw .unknownCode(code, dimension: id, known: dimension.categories.map(\.code))
            }
        }
    }

    private static func point(_ codes: [String: String], year: Int, version: Int, in table: Table) -> Point {
        let at = table.keySpace.dimensions.compactMap { codes[$0.id] }
        guard at.count == table.keySpace.dimensions.count, at.count == codes.count,
            let ordinal = table.keySpace.ordinal(ofCodes: at)
        else {
            return Point(
                year: year, version: version, value: nil, decimals: table.measures[0].decimals,
                unit: table.measures[0].printedUnit, status: nil, flags: [])
        }
        let measure = table.measure(atOrdinal: ordinal)
        let cell = table.cell(atOrdinal: ordinal)
        return Point(
            year: year, version: version, value: cell.flatMap { table.cells.number(at: $0) },
            decimals: measure.decimals, unit: measure.printedUnit, status: cell.map { table.cells.status(at: $0) },
            flags: cell.map { table.cells.mark(at: $0).flags } ?? [])
    }
}
