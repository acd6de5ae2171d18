import Annals
import Definitions
import TestSupport
import Testing

@testable import TableReading

/// Yearly tables of cubes that no format was asked for.
@Suite struct CubeTableTests {
    private func input(_ name: String = "cube-2011.px", definitions: Definitions = .builtIn) -> ReaderInput {
        ReaderInput(
            document: SourceDocument(name: name, bytes: []), definitions: definitions, limits: ReadingLimits(),
            text: .failure(Reason("none")), wantsOrigins: true)
    }

    private func dimension(_ name: String, _ codes: [String], _ role: CubeDimension.Role? = nil) -> CubeDimension {
        CubeDimension(
            name: name, label: name, role: role, categories: codes.map { Category(code: $0, label: "Label of \($0)") })
    }

    /// A cube whose figure of a combination is given; nil: it isn't there.
    private func cube(
        _ dimensions: [CubeDimension], measures: [Measure], isSparse: Bool,
        figure: (Int) -> (value: Int64, decimals: Int)?
    ) -> Cube {
        let counts = dimensions.map(\.categories.count)
        var figures = CubeFigures(
            counts: counts, contents: dimensions.firstIndex { $0.role == .contents },
            decimals: measures.map(\.decimals), isSparse: isSparse, capacity: 0)
        for ordinal in 0..<counts.reduce(1, *) {
            guard let (value, decimals) = figure(ordinal) else { continue }
            let isTaken = figures.append(value, decimals: decimals, mark: 0, at: isSparse ? UInt64(ordinal) : nil)
            #expect(isTaken)
        }
        let overflow = figures.finish()
        #expect(overflow == nil)
        return Cube(
            dimensions: dimensions, measures: measures, figures: figures,
            origin: { CellOrigin(line: $0 + 1, column: 1, text: "") })
    }

    private func reading(_ cube: Cube, _ input: ReaderInput) throws(Reason) -> Reading {
        try CubeTable(cube, identity: try TableIdentity(input, title: nil), input: input).reading()
    }

    /// Columns side by side and one row a figure are two ways to the same tables.
    @Test(arguments: 0..<60) func bothWaysAgree(seed: Int) throws {
        var random = SeededNumbers(UInt64(seed))
        let sizes = [3, 2, 4].shuffled(using: &random)
        let hasContents = Bool.random(using: &random)
        var dimensions = [
            dimension("region", (0..<sizes[0]).map { "r\($0)" }), dimension("sex", (0..<sizes[1]).map { "s\($0)" }),
            dimension("year", (0..<sizes[2]).map { "\(2010 + $0)" }, .time),
        ]
        if hasContents { dimensions.append(dimension("contents", ["a", "b", "c"], .contents)) }
        dimensions.shuffle(using: &random)
        let measures = hasContents ? ["a", "b", "c"].map { Measure(code: $0) } : [Measure(code: "value")]
        let values = (0..<400).map { _ in Int64.random(in: 1...5000, using: &random) }
        let decimals = (0..<400).map { _ in Int.random(in: 0...3, using: &random) }
        let dense = try reading(
            cube(dimensions, measures: measures, isSparse: false) { (values[$0], decimals[$0]) }, input())
        let sparse = try reading(
            cube(dimensions, measures: measures, isSparse: true) { (values[$0], decimals[$0]) }, input())
        #expect(dense.tables == sparse.tables)
        #expect(dense.tables.count == sizes[2])
        let places = dimensions.map(\.name)
        let strides = CubeTable.strides(dimensions.map(\.categories.count))
        for (year, table) in dense.tables.enumerated() {
            for cell in 0..<table.cells.count {
                let codes = table.keySpace.codes(at: table.ordinal(ofCell: cell))
                var ordinal = year * strides[places.firstIndex(of: "year")!]
                for (dimension, code) in zip(table.keySpace.dimensions, codes) {
                    let name = dimension.isMeasure ? "contents" : dimension.id
                    let place = places.firstIndex(of: name)!
                    ordinal += dimensions[place].categories.firstIndex { $0.code == code }! * strides[place]
                }
                let own = table.measure(atOrdinal: table.ordinal(ofCell: cell)).decimals
                let power = ScaledDecimal.powerOfTen(own - decimals[ordinal])
                #expect(table.cells.values[cell] == values[ordinal] * power)
                #expect(dense.origins[year].origin(ofCell: cell).line == ordinal + 1)
                #expect(sparse.origins[year].origin(ofCell: cell).line == ordinal + 1)
            }
        }
    }

    @Test func whatIsNotThereIsNoCell() throws {
        let cube = cube(
            [
                dimension("region", ["a", "b", "c"]), dimension("year", ["2010", "2011"], .time),
                dimension("contents", ["births", "deaths"], .contents),
            ], measures: [Measure(code: "births"), Measure(code: "deaths")], isSparse: true
        ) { $0 % 5 == 0 ? (Int64($0 + 1), 0) : nil }
        let tables = try reading(cube, input()).tables
        // 0: a 2010 births, 5: b 2010 deaths, 10: c 2011 births.
        #expect(tables[0].codes("region") == ["a", "b"])
        #expect(tables[0].shown("a", "births") == "1")
        #expect(tables[0].shown("a", "deaths") == "absent")
        #expect(tables[0].shown("b", "deaths") == "6")
        #expect(tables[1].codes("region") == ["c"])
        #expect(tables[1].measures.map(\.code) == ["births"])
        #expect(tables[1].shown("c", "births") == "11")
    }

    @Test func yearOfTheFileName() throws {
        let cube = cube([dimension("region", ["a", "b"])], measures: [Measure(code: "value")], isSparse: false) {
            (Int64($0), 0)
        }
        #expect(try reading(cube, input()).tables.map(\.period.year) == [2011])
        #expect(throws: Reason.self) { try reading(cube, input("cube.px")) }
    }

    @Test func noFigures() {
        let cube = cube(
            [dimension("region", ["a"]), dimension("year", ["2010"], .time)], measures: [Measure(code: "value")],
            isSparse: true
        ) { _ in nil }
        #expect(throws: Reason.self) { try reading(cube, input()) }
    }

    /// A year that the dimension of time says twice, in two ways that differ, or not at all.
    @Test(arguments: [["2010", "2010"], ["2010", "2011M01"], ["2010", "total"], ["2010/11", "2012"]])
    func timesThatAreNoYears(codes: [String]) {
        let cube = cube(
            [dimension("region", ["a", "b"]), dimension("year", codes, .time)], measures: [Measure(code: "value")],
            isSparse: false
        ) { (Int64($0), 0) }
        #expect(throws: Reason.self) { try reading(cube, input()) }
    }

    @Test func combinationsAreCountedBeforeTheyAreMade() throws {
        #expect(try CubeTable.combinations([3, 4], limit: 12, line: 1) == 12)
        #expect(throws: Reason.self) { try CubeTable.combinations([3, 5], limit: 12, line: 1) }
        #expect(throws: Reason.self) { try CubeTable.combinations([.max, 2], limit: .max, line: 1) }
    }
}
