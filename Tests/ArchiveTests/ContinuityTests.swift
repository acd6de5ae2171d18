import Annals
import RecordLog
import Testing

@testable import Archive

@Suite struct ContinuityTests {
    private func archive(_ tables: [Table]) throws -> Archive {
        let archive = try Archive(log: MemoryLog(), clock: TestClock().read)
        for (number, table) in tables.enumerated() { _ = try archive.commit(Samples.drop([table], number: number)) }
        return archive
    }

    private func table(year: Int, codes: Range<Int>, dimension: String = "region") -> Table {
        var table = Samples.table(year: year, cells: codes.count)
        let categories = codes.map { Category(code: "c\($0)", label: "") }
        table.keySpace = KeySpace([Dimension(id: dimension, label: "", categories: categories)])!
        return table
    }

    @Test func `anything starts a dataset`() throws {
        #expect(try archive([]).continuity(of: Samples.mixed(), dataset: Samples.dataset) == nil)
    }

    @Test func `other dimensions are ambiguous`() throws {
        let archive = try archive([table(year: 2010, codes: 0..<10)])
        let reason = try archive.continuity(
            of: table(year: 2011, codes: 0..<10, dimension: "sex"), dataset: Samples.dataset)
        #expect(reason?.message.hasPrefix("ambiguous-dataset: ") == true)
        #expect(reason?.found == "sex" && reason?.expected == "region")
        #expect(reason?.remedy != nil)
    }

    @Test(arguments: [(0..<10, true), (5..<15, true), (6..<16, false), (0..<3, true), (0..<40, true), (20..<30, false)])
    func `half of the codes must be common`(codes: Range<Int>, continues: Bool) throws {
        let archive = try archive([table(year: 2010, codes: 0..<10)])
        let reason = try archive.continuity(of: table(year: 2011, codes: codes), dataset: Samples.dataset)
        #expect((reason == nil) == continues)
    }

    @Test func `the nearest year is what it must continue`() throws {
        let archive = try archive([table(year: 1990, codes: 0..<10), table(year: 2020, codes: 50..<60)])
        #expect(try archive.continuity(of: table(year: 1995, codes: 0..<10), dataset: Samples.dataset) == nil)
        #expect(try archive.continuity(of: table(year: 2015, codes: 0..<10), dataset: Samples.dataset) != nil)
        #expect(try archive.continuity(of: table(year: 2020, codes: 50..<60), dataset: Samples.dataset) == nil)
    }
}
