import Annals
import Archive
import Definitions
import Glibc
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Daemon

/// Second copies out of a state directory, through the readers.
@Suite struct FiledCopiesTests {
    private static let table = Array("county,persons\n01,12\n02,15\n".utf8)
    private static let sidecarText = Array("dataset: population\nyear: 2011\n".utf8)

    private func withState(_ body: (String) throws -> Void) throws {
        try ScratchDirectory.with { state in
            for directory in ["/done", "/done/population", "/done/population/2011", "/done/population/other"] {
                #expect(mkdir(state + directory, 0o700) == 0)
            }
            try body(state)
        }
    }

    private func write(_ bytes: [UInt8], to path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        #expect(Glibc.write(file, bytes, bytes.count) == bytes.count)
        close(file)
    }

    private var file: FiledFile {
        FiledFile(
            dataset: DatasetID("population")!, years: [2011], path: Array("t.csv".utf8),
            sha256: ContentHasher.digest(of: Self.table), size: Int64(Self.table.count))
    }

    @Test func `a file is found by its content, wherever it stands beneath its dataset`() throws {
        try withState { state in
            let copies = FiledCopies(statePath: state, definitions: .builtIn)
            #expect(throws: Reason.self) { try copies.source(file) }
            write([1, 2, 3] + Self.table.dropFirst(3), to: "\(state)/done/population/2011/noise")
            #expect(throws: Reason.self) { try copies.source(file) }
            write(Self.table, to: "\(state)/done/population/other/t.csv")
            let found = try copies.source(file)
            #expect(found == Self.table)
            write(Self.sidecarText, to: "\(state)/done/population/2011/t.csv.meta.yaml")
            let sidecar = try copies.sidecar(ContentHasher.digest(of: Self.sidecarText), of: file)
            #expect(sidecar == Self.sidecarText)
            #expect(throws: Reason.self) { try copies.sidecar(.zero, of: file) }
        }
    }

    @Test func `a dialect's text is found by its digest`() throws {
        let copies = FiledCopies(statePath: "/nowhere", definitions: .builtIn)
        let text = Array(try #require(Definitions.builtIn.text(ofDialect: "generic")).utf8)
        let found = try copies.definition(ContentHasher.digest(of: text))
        #expect(found == text)
        #expect(throws: Reason.self) { try copies.definition(.zero) }
    }

    @Test func `a source is read again as it was, by what the log has of it`() throws {
        let copies = FiledCopies(statePath: "/nowhere", definitions: .builtIn)
        let recipe = ReadingRecipe(
            file: file,
            texts: ReadingTexts(
                sidecar: Self.sidecarText,
                dialect: Definitions.builtIn.text(ofDialect: "generic").map { Array($0.utf8) }), dialect: "generic")
        let tables = try copies.tables(of: Self.table, recipe: recipe)
        #expect(tables.map(\.period.year) == [2011])
        #expect(tables.first?.cells.values == [12, 15])
        #expect(throws: Reason.self) { try copies.tables(of: [0xFF, 0x00], recipe: recipe) }
    }

    @Test func `a table that the log lost is had again from what was filed away`() throws {
        try withState { state in
            write(Self.table, to: "\(state)/done/population/2011/t.csv")
            let copies = FiledCopies(statePath: state, definitions: .builtIn)
            let log = MemoryLog()
            let archive = try Archive(log: log) { Instant(microseconds: 1) }
            let dialect = Definitions.builtIn.text(ofDialect: "generic").map { Array($0.utf8) }
            let texts = ReadingTexts(sidecar: Self.sidecarText, dialect: dialect)
            let recipe = ReadingRecipe(file: file, texts: texts, dialect: "generic")
            let tables = try copies.tables(of: Self.table, recipe: recipe)
            let table = try #require(tables.first)
            let claim = SourceRef(
                path: file.path, device: 1, inode: 1, size: file.size, mtimeNanoseconds: 0, ctimeNanoseconds: 0,
                sha256: file.sha256)
            let facts = DropFacts(
                dataset: file.dataset, title: "Population", reader: "delimited", encoding: "UTF-8", dialect: "generic")
            _ = try archive.commit(
                Examined(
                    claim, bytes: Self.table, facts: facts,
                    texts: texts, years: [(table, [], [])]))
            // The first blob is the source, the last the cells: a log without either.
            let bare = MemoryLog()
            let blobs = try (1...log.head).map { try log.frame(at: $0) }
            let lost = [blobs[0].sequence, try #require(blobs.last { $0.kind == .blob }).sequence]
            let kept = blobs.filter { !lost.contains($0.sequence) }
            _ = try bare.append(kept.map { Frame(kind: $0.kind, payload: $0.payload) }, expectedHead: 0)
            let poor = try Archive(log: bare, secondCopies: copies) { Instant(microseconds: 2) }
            let vintage = try #require(poor.catalog.current(file.dataset, 2011))
            let (again, source) = (try poor.table(vintage), try poor.source(vintage))
            #expect(again == table && source == Self.table)
            let report = try poor.repair(acceptLoss: false)
            #expect(report.restoredFrames == 2)
            let healed = try Archive(log: bare) { Instant(microseconds: 3) }.table(vintage)
            #expect(healed == table)
        }
    }
}
