import Annals
import RecordLog
import TestSupport
import TableCoding
import Testing

@testable import Archive

@Suite struct ContinuityTests {
    private func archive(on kind: LogKind, _ tables: [Table]) throws -> Archive {
        let archive = try Archive(log: kind.log(), clock: TestClock().read)
        for (number, table) in tables.enumerated() { _ = try archive.commit(Samples.drop([table], number: number)) }
        return archive
    }

    private func table(year: Int, codes: Range<Int>, dimension: String = "region") -> Table {
        var table = Samples.table(year: year, cells: codes.count)
        let categories = codes.map { Category(code: "c\($0)", label: "") }
        table.keySpace = KeySpace([Dimension(id: dimension, label: "", categories: categories)])!
        return table
    }

    @Test(arguments: LogKind.allCases)
    func `anything starts a dataset`(kind: LogKind) throws {
        #expect(try archive(on: kind, []).continuity(of: Samples.mixed(), dataset: Samples.dataset) == nil)
    }

    @Test(arguments: LogKind.allCases)
    func `other dimensions are ambiguous`(kind: LogKind) throws {
        let archive = try archive(on: kind, [table(year: 2010, codes: 0..<10)])
        let reason = try archive.continuity(
            of: table(year: 2011, codes: 0..<10, dimension: "sex"), dataset: Samples.dataset)
        #expect(reason?.message.hasPrefix("ambiguous-dataset: ") == true)
        #expect(reason?.found == "sex" && reason?.expected == "region")
        #expect(reason?.remedy != nil)
    }

    @Test(
        arguments: LogKind.allCases,
        [(0..<10, true), (5..<15, true), (6..<16, false), (0..<3, true), (0..<40, true), (20..<30, false)])
    func `half of the codes must be common`(kind: LogKind, example: (codes: Range<Int>, continues: Bool)) throws {
        let archive = try archive(on: kind, [table(year: 2010, codes: 0..<10)])
        let reason = try archive.continuity(of: table(year: 2011, codes: example.codes), dataset: Samples.dataset)
        #expect((reason == nil) == example.continues)
    }

    private func counting(_ measure: Measure, year: Int) -> Table {
        var table = table(year: year, codes: 0..<10)
        table.measures = [measure]
        return table
    }

    @Test(
        arguments: LogKind.allCases,
        [
            (Measure(code: "deaths"), "counts deaths, and 2010 counts population"),
            (Measure(code: "population", unit: "households"), "another unit"),
            (Measure(code: "population", unit: "persons", multiplier: 3), "another unit"),
            (Measure(code: "population", kind: .percent), "as a percent"),
        ])
    func `another measure is ambiguous, unless a definition says that it is the same`(
        kind: LogKind, example: (measure: Measure, message: String)
    ) throws {
        let known = Measure(code: "population", unit: "persons", kind: .count)
        let archive = try archive(on: kind, [counting(known, year: 2010)])
        let table = counting(example.measure, year: 2011)
        let reason = try archive.continuity(of: table, dataset: Samples.dataset)
        #expect(reason?.message.hasPrefix("ambiguous-dataset: ") == true)
        #expect(reason?.message.contains(example.message) == true)
        #expect(reason?.remedy?.contains("measures: [{code: population") == true)
        // A definition doesn't make figures comparable that are in another multiplier.
        let isOfMultiplier = example.measure.multiplier != 0
        #expect(reason?.remedy?.contains("aren't compared with those of years in another unit") == isOfMultiplier)
        #expect(
            try archive.continuity(of: table, dataset: Samples.dataset, measuresAreDeclared: true) == nil)
    }

    @Test(arguments: LogKind.allCases)
    func `a measure that leaves its name and unit open continues any`(kind: LogKind) throws {
        let known = Measure(code: "population", unit: "persons", kind: .count)
        let archive = try archive(on: kind, [counting(known, year: 2010)])
        let table = counting(Measure(code: "value"), year: 2011)
        #expect(try archive.continuity(of: table, dataset: Samples.dataset) == nil)
    }

    @Test(arguments: LogKind.allCases)
    func `of several measures, each must keep its unit`(kind: LogKind) throws {
        func table(_ unit: String, year: Int) -> Table {
            var table = self.table(year: year, codes: 0..<2, dimension: "measure")
            table.keySpace = KeySpace([
                Dimension(
                    id: "measure", label: "", categories: ["a", "b"].map { Category(code: $0, label: $0) },
                    isMeasure: true)
            ])!
            table.measures = [Measure(code: "a", unit: "NOK"), Measure(code: "b", unit: unit)]
            return table
        }
        let archive = try archive(on: kind, [table("persons", year: 2010)])
        #expect(try archive.continuity(of: table("persons", year: 2011), dataset: Samples.dataset) == nil)
        #expect(try archive.continuity(of: table("households", year: 2011), dataset: Samples.dataset) != nil)
    }

    @Test(arguments: LogKind.allCases)
    func `the nearest year is what it must continue`(kind: LogKind) throws {
        let archive = try archive(on: kind, [table(year: 1990, codes: 0..<10), table(year: 2020, codes: 50..<60)])
        #expect(try archive.continuity(of: table(year: 1995, codes: 0..<10), dataset: Samples.dataset) == nil)
        #expect(try archive.continuity(of: table(year: 2015, codes: 0..<10), dataset: Samples.dataset) != nil)
        #expect(try archive.continuity(of: table(year: 2020, codes: 50..<60), dataset: Samples.dataset) == nil)
    }

    private func shares(_ unit: String?, _ value: Int64, year: Int) -> Table {
        var table = table(year: year, codes: 0..<3)
        table.measures = [Measure(code: "share", unit: unit, decimals: 3)]
        table.cells.values = table.cells.values.map { _ in value }
        return table
    }

    @Test(
        arguments: LogKind.allCases,
        [
            (nil, 455, "percent", 45_500, false), ("percent", 45_500, nil, 455, false),
            (nil, 45_100, "percent", 45_500, true),
        ]
            as [(String?, Int64, String?, Int64, Bool)])
    func `shares of one are no percent`(
        kind: LogKind, example: (unit: String?, value: Int64, nextUnit: String?, nextValue: Int64, continues: Bool)
    ) throws {
        let archive = try archive(on: kind, [shares(example.unit, example.value, year: 2010)])
        let next = shares(example.nextUnit, example.nextValue, year: 2011)
        #expect((try archive.continuity(of: next, dataset: Samples.dataset) == nil) == example.continues)
    }

    private func named(_ codes: [String], year: Int, dimension: String = "region") -> Table {
        var table = table(year: year, codes: 0..<codes.count, dimension: dimension)
        let categories = codes.map { Category(code: $0, label: "") }
        table.keySpace = KeySpace([Dimension(id: dimension, label: "Area", categories: categories)])!
        return table
    }

    @Test(
        arguments: LogKind.allCases,
        [
            ("Bergen", "BERGEN", false), ("NO02", "NO-02", false), ("NO02", "no 02", false), ("Møre", "More", false),
            ("Sør-Trøndelag", "Sør–Trøndelag", false), ("Sør-Trøndelag", "Sør Trøndelag", false),
            ("Тверь", "ТВЕРЬ", false), ("1-4", "14", true), ("Rh+", "Rh-", true), ("65+", "65", true),
            ("A1", "A2", true),
        ])
    func `one code of another spelling is told`(
        kind: LogKind, example: (known: String, code: String, continues: Bool)
    ) throws {
        let archive = try archive(on: kind, [named(["Oslo", "Voss", example.known], year: 2010)])
        let next = named(["Oslo", "Voss", example.code], year: 2011)
        let reason = try archive.continuity(of: next, dataset: Samples.dataset)
        #expect((reason == nil) == example.continues, "\(String(describing: reason))")
        guard !example.continues else { return }
        #expect((reason?.found, reason?.expected) == (example.code, example.known))
        #expect(
            try archive.continuity(
                of: next, dataset: Samples.dataset, translation: CodeTranslation { _, _, _, _ in [example.code] })
                == nil)
        let both = named(["Oslo", example.known, example.code], year: 2011)
        #expect(try archive.continuity(of: both, dataset: Samples.dataset) == nil)
    }

    @Test(arguments: LogKind.allCases)
    func `the same codes under another name have a line that keeps them`(kind: LogKind) throws {
        let archive = try archive(on: kind, [named(["Oslo", "Voss", "Bergen"], year: 2010)])
        let next = named(["Oslo", "Voss", "Bergen"], year: 2011, dimension: "area")
        let reason = try archive.continuity(of: next, dataset: Samples.dataset)
        #expect(reason?.remedy?.contains("`dimensions: [{id: region, column: Area}]`") == true)
    }

    @Test(arguments: LogKind.allCases)
    func `codes that are translated count as shared`(kind: LogKind) throws {
        let archive = try archive(on: kind, [table(year: 2010, codes: 0..<10)])
        let table = table(year: 2020, codes: 50..<60)
        func translation(of count: Int) -> CodeTranslation {
            CodeTranslation { dataset, dimension, table, known in
                #expect(dataset == Samples.dataset)
                #expect(dimension.isEmpty == false)
                #expect((table.year, known.year) == (2020, 2010))
                return Set(table.codes.prefix(count))
            }
        }
        #expect(try archive.continuity(of: table, dataset: Samples.dataset, translation: translation(of: 5)) == nil)
        let reason = try archive.continuity(of: table, dataset: Samples.dataset, translation: translation(of: 4))
        #expect(reason?.remedy?.contains("concordance: NAME") == true)
    }
}

extension Archive {
    /// Why a table can't continue a dataset of this archive, or nil where it can.
    fileprivate func continuity(
        of table: Table, dataset: DatasetID, measuresAreDeclared: Bool = false,
        translation: CodeTranslation = .none
    ) throws(ArchiveError) -> Reason? {
        var writer = ContentWriter()
        let content = try ArchiveError.of { () throws(CodingError) in try TableCodec.encode(table, into: &writer) }
        return try Continuity.reason(
            against: table, content, in: dataset, of: catalog, library: library,
            measuresAreDeclared: measuresAreDeclared, translation: translation)
    }
}
