import Annals
import RecordLog
import StableStorage
import TestSupport
import Testing

@testable import Archive

/// Logs that the program of November 2026 wrote, before a commit was read back ahead of being appended.
///
/// `Logs/ordinary` has what anybody's has: new, revised, identical and quarantined drops, sidecars, two years in a file.
/// `Logs/wedged` has three sidecars whose dates lie outside of the years 1 to 9999: `0000-01-01T00:00:00+14:00`,
/// `9999-12-31T23:59:60Z`, `9999-12-31T23:59:59-14:00`. The program acknowledged them and could not read them again.
@Suite struct EarlierLogTests {
    /// Calls the body with a function that opens a copy of a log, again and again on the same files.
    private func withCopy(of name: String, _ body: (() throws -> Archive) throws -> Void) throws {
        let clock = TestClock()
        clock.set(1_800_000_000_000_000)
        try ScratchDirectory.with { path in
            let directory = try POSIXDirectory(path: path)
            for file in RepositoryFiles.names(in: "Tests/ArchiveTests/Logs/\(name)") {
                let bytes = try #require(RepositoryFiles.bytes("Tests/ArchiveTests/Logs/\(name)/\(file)"))
                let copy = try directory.open(file, mode: .create)
                try bytes.withUnsafeBytes { try copy.write([$0], at: 0) }
            }
            try body { try Archive(log: SegmentedLog(directory: POSIXDirectory(path: path)), clock: clock.read) }
        }
    }

    /// By (dataset, year, version), the figures in key order.
    private func figures(of archive: Archive) throws -> [String: [Int64]] {
        var figures: [String: [Int64]] = [:]
        for vintage in archive.catalog.vintages {
            figures["\(vintage.dataset) \(vintage.year) v\(vintage.version)"] = try archive.table(vintage).cells.values
        }
        return figures
    }

    @Test func `an ordinary log opens and verifies, its figures are what they were, and drops are taken`() throws {
        let head = try #require(Head("7:02cd96cf573918c89f0aa303581bc4440e14ec91455cb6c0d599d6e9f99ba6fc"))
        try withCopy(of: "ordinary") { open in
            let archive = try open()
            #expect(archive.catalog.head == head)
            #expect(
                try figures(of: archive) == [
                    "population 2010 v1": [5, 6, 7, 8], "population 2011 v1": [15, 16, 17, 18],
                    "population 2011 v2": [15, 16, 17, 9], "trade 1999 v1": [150, -150], "trade 2000 v1": [225, -225],
                ])
            #expect(
                archive.catalog.drops().map(\.outcome) == [.new, .new, .revised, .quarantined, .identical, .new, .new])
            let report = try archive.verify(against: [head])
            #expect(report.isSound && report.commits == 6 && report.blobs == 20, "\(report.problems)")
            _ = try archive.commit(Samples.drop([Samples.table(year: 2012)], number: 9))
            #expect(try open().verify(against: [head]).isSound)
        }
    }

    @Test func `a log with dates out of range opens, and its figures are there and marked`() throws {
        let head = try #require(Head("6:60e22feded84ef7376d7ec8ce60b8b939a286ed5285f0bc63c24f5a1156d63eb"))
        try withCopy(of: "wedged") { open in
            let archive = try open()
            #expect(archive.problems.isEmpty)
            #expect(archive.catalog.head == head)
            #expect(try figures(of: archive).count == 6)
            let wedge = try #require(DatasetID("wedge"))
            let dates = try [1950, 1951, 1952].map { year -> String in
                let vintage = try #require(archive.catalog.current(wedge, year))
                #expect(vintage.findings.first?.code == "published-out-of-range")
                #expect(try archive.table(vintage).cells.values.prefix(3) == [1, 2, 3])
                return vintage.published.description
            }
            #expect(
                dates == ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"])
            let marked = archive.catalog.drops().filter { $0.findings.contains { $0.code == "published-out-of-range" } }
            #expect(marked.map(\.sequence) == [3, 4, 5])
            #expect(try archive.verify(against: [head]).isSound)
            #expect(try archive.repair(acceptLoss: false).isRepaired)
        }
    }

    @Test func `such a log takes drops as any other, many more than are kept open`() throws {
        try withCopy(of: "wedged") { open in
            let archive = try open()
            for number in 1...70 {
                let table = Samples.table(year: 1900 + number)
                _ = try archive.commit(Samples.drop([table], number: number))
            }
            for archive in [archive, try open()] {
                #expect(archive.problems.isEmpty)
                #expect(archive.catalog.drops().count == 76)
                #expect(archive.catalog.drops().map(\.sequence) == Array(1...76))
                #expect(try archive.verify().isSound)
            }
        }
    }
}
