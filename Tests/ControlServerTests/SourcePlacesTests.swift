import Annals
import Archive
import ControlAPI
import Crypto
import TableCoding
import Testing

@testable import ControlServer

@Suite struct SourcePlacesTests {
    /// What was printed is found again, though the table that was recorded has more.
    @Test func cellsAreFoundInTheSource() throws {
        let text = "region,crop,value\nn,rye,1\nn,oats,2\ns,rye,3\ns,oats,4\n"
        var table = try SampleArchive.table(2011, [[1, 2], [3, 4]], regions: ["n", "s"], decimals: 0)
        table.cells.palette.append(Mark(.value, flags: .derived))
        table.cells.marks[3] = 1
        let archive = try SampleArchive.empty()
        let claim = SourceRef(
            path: Array("sub/crops-2011.csv".utf8), device: 1, inode: 1, size: 1, mtimeNanoseconds: 0,
            ctimeNanoseconds: 0, sha256: try #require(Digest(bytes: SHA256.hash(data: Array(text.utf8)))))
        let facts = DropFacts(
            dataset: SampleArchive.dataset, title: "Crops", reader: "delimited", encoding: "UTF-8", dialect: "generic")
        _ = try archive.commit(
            Examined(claim, bytes: Array(text.utf8), facts: facts, years: [(table, [], [])]))
        let vintage = try #require(archive.catalog.current(SampleArchive.dataset, 2011))
        let place = try SourcePlaces(archive: archive).places(of: vintage, in: table)
        #expect(place(0) == CellPlace(line: 2, column: 3, text: "1"))
        #expect(place(2) == CellPlace(line: 4, column: 3, text: "3"))
        #expect(place(3) == nil, "a derived cell is not printed")
    }
}
