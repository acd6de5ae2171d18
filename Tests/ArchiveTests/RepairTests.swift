import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

/// One history, any of its frames lost: what is answered meanwhile, and what a repair makes of it.
@Suite struct RepairTests {
    private let clock = TestClock()
    private let log = FragileLog()
    private let copies = FiledAway()

    /// Three drops: a dense year, a sparse one of two years with everything beside it, and a long source.
    private func archive() throws -> Archive {
        let archive = try Archive(log: log, secondCopies: copies, clock: clock.read)
        if archive.catalog.commitCount > 0 { return archive }
        for number in 1...3 { _ = try archive.commit(try drop(number)) }
        return archive
    }

    private func tables(_ number: Int) -> [Table] {
        switch number {
        case 1: [Samples.table(year: 2010)]
        case 2: [Samples.mixed(year: 2011), Samples.mixed(year: 2012)]
        default: [Samples.table(year: 2013, first: 7)]
        }
    }

    private func source(_ number: Int) -> [UInt8] {
        var numbers = SeededNumbers(UInt64(number))
        return numbers.bytes(number == 3 ? 1_500_000 : 100)
    }

    private func drop(_ number: Int) throws -> Examined {
        let (source, tables) = (source(number), tables(number))
        let texts = [Array("kind: routine # \(number)".utf8), Array("definition".utf8), Array("dialect".utf8)]
        copies.keep(source, tables: tables)
        for text in texts { copies.keep(text) }
        let facts = DropFacts(
            dataset: DatasetID("dataset-\(number)")!, title: "Title", reader: "delimited", encoding: "UTF-8",
            dialect: "generic")
        return try Examined(
            Samples.claim(source, number: number), bytes: source, facts: facts,
            texts: ReadingTexts(
                sidecar: number == 2 ? texts[0] : nil, definition: texts[1], dialect: texts[2]),
            years: tables.map { ($0, Samples.audits(), []) })
    }

    /// Everything that can be asked.
    private func answers(of archive: Archive) throws -> [String] {
        try archive.catalog.vintages.map { vintage in
            let table = try archive.table(vintage)
            return "\(vintage.version) \(table.canonical) \(try archive.source(vintage).count)"
                + " \(try archive.sidecar(vintage)?.count ?? 0)"
        }
    }

    @Test(arguments: FragileLog.Hit.allCases)
    func `any content that is lost is answered from its second copy, named, and healed`(hit: FragileLog.Hit) throws {
        let before = try answers(of: archive())
        let head = try archive().catalog.head
        for frame in log.frames(.blob) {
            log.lose(frame, leaving: hit)
            let archive = try archive()
            #expect(try answers(of: archive) == before, "frame \(frame)")
            #expect(throws: ArchiveError.self) { try archive.commit(Samples.quarantined()) }
            let verified = try archive.verify(against: [head])
            #expect(!verified.isSound)
            let named = try #require(verified.damage.first?.hits.first, "frame \(frame)")
            #expect(named.frame == frame && named.secondCopy != .none && !named.vintages.isEmpty)

            let report = try archive.repair(acceptLoss: false)
            #expect(
                report.isRepaired && report.restoredFrames == 1 && report.lostFrames == 0, "frame \(frame): \(report)")
            #expect(report.restoredVintages == named.vintages)
            let after = try archive.verify(against: [head])
            #expect(after.isSound, "frame \(frame): \(after.problems)")
            #expect(after.restored.last?.frames == frame...frame)
            #expect(try answers(of: archive) == before)
            #expect(try answers(of: self.archive()) == before)
        }
        #expect(try archive().commit(Samples.quarantined()).count == 1)
        #expect(try archive().verify().isSound)
    }

    @Test func `pieces of an older log are made again as they were cut`() throws {
        _ = try archive()
        var writer = ContentWriter(pieceByteCount: Blob.formerPieceByteCount)
        let name = try writer.add(source(3))
        let cut = try #require(writer.blobs.last).pieces
        let end = try frame(of: name)
        let older = FragileLog()
        for sequence in 1...log.head {
            var frame = try log.frame(at: sequence)
            if sequence <= end, sequence > end - UInt64(writer.blobs.count) {
                frame.payload = writer.blobs[Int(sequence + UInt64(writer.blobs.count) - end) - 1].payload
            }
            _ = try older.append([Frame(kind: frame.kind, payload: frame.payload)], expectedHead: nil)
        }
        for lost in end - UInt64(cut.count)...end {
            older.lose(lost, leaving: .whole)
            let opened = try Archive(log: older, secondCopies: copies, clock: clock.read)
            let vintage = try #require(opened.catalog.vintages.last)
            #expect(try opened.source(vintage) == source(3))
            #expect(try opened.repair(acceptLoss: false).restoredFrames == 1)
            #expect(try opened.source(vintage) == source(3))
            #expect(try opened.verify().isSound)
        }
    }

    @Test func `everything but the commits can be lost at once`() throws {
        let before = try answers(of: archive())
        for frame in log.frames(.blob) { log.lose(frame, leaving: .whole) }
        let archive = try archive()
        #expect(try answers(of: archive) == before)
        #expect(try archive.repair(acceptLoss: false).isRepaired)
        #expect(try answers(of: self.archive()) == before)
        #expect(try self.archive().verify().isSound)
    }

    @Test(arguments: FragileLog.Hit.allCases)
    func `what is gone twice is named, given up only when asked, and harms nothing else`(hit: FragileLog.Hit) throws {
        let before = try answers(of: archive())
        let head = try archive().catalog.head
        // The second drop's source, and what is made of it: both copies.
        copies.lose(source(2))
        let hit2 = try lostVintage()
        for name in [hit2.source.sha256, hit2.content.chunks[0], hit2.content.keySpace] {
            log.lose(try frame(of: name), leaving: hit)
        }
        let archive = try archive()
        #expect(throws: ArchiveError.self) { try archive.table(hit2) }
        let verified = try archive.verify(against: [head])
        #expect(verified.damage.flatMap(\.hits).allSatisfy { $0.secondCopy == .none })

        let refused = try archive.repair(acceptLoss: false)
        #expect(!refused.isRepaired && refused.lostFrames == 3)
        #expect(refused.lostVintages.map(\.name.year) == [2011, 2012])
        #expect(refused.lostVintages.map(\.isTableLost) == [true, true])
        #expect(throws: ArchiveError.self) { try archive.commit(Samples.quarantined()) }

        let accepted = try archive.repair(acceptLoss: true)
        #expect(accepted.isRepaired && accepted.hasAcceptedLoss, "\(accepted)")
        let after = try archive.verify(against: [head])
        #expect(after.isSound, "\(after.problems)")
        #expect(Set(after.losses.flatMap(\.vintages).map(\.year)) == [2011, 2012])
        for archive in [archive, try self.archive()] {
            #expect(archive.catalog.vintages.count == 4)
            #expect(throws: ArchiveError.self) { try archive.table(hit2) }
            #expect(archive.lostContent(of: hit2).contains(.cells))
            let others = archive.catalog.vintages.filter { $0.recorded != hit2.recorded }
            #expect(try others.map { try archive.table($0).canonical.title }.count == 2)
            #expect(others.allSatisfy { archive.lostContent(of: $0).isEmpty })
        }

        // Dropped again, the very file brings back what was lost.
        #expect(try archive.commit(try drop(2)).map(\.outcome) == [.identical, .identical])
        #expect(try answers(of: archive) == before)
        #expect(try answers(of: self.archive()) == before)
        #expect(try self.archive().verify(against: [head]).isSound)
    }

    @Test func `a file that turns up again heals what was given up`() throws {
        let before = try answers(of: archive())
        copies.lose(source(1))
        log.lose(try frame(of: ContentHasher.digest(of: source(1))), leaving: .whole)
        let archive = try archive()
        #expect(try archive.repair(acceptLoss: true).lostVintages.map(\.isTableLost) == [false])
        #expect(try archive.verify().isSound)
        copies.keep(source(1), tables: tables(1))
        #expect(try archive.repair(acceptLoss: false).restoredVintages.map(\.year) == [2010])
        #expect(try answers(of: archive) == before)
        #expect(try answers(of: self.archive()) == before)
        #expect(try self.archive().verify().isSound)
    }

    @Test func `a commit that is gone is named by its numbers`() throws {
        let archive = try archive()
        let lost = log.frames(.commit)[1]
        log.lose(lost, leaving: .whole)
        let opened = try self.archive()
        #expect(opened.catalog.vintages.map(\.year) == [2010, 2013])
        let refused = try opened.repair(acceptLoss: false)
        #expect(refused.lostDrops == [2...3] && !refused.isRepaired)
        #expect(try opened.repair(acceptLoss: true).isRepaired)
        #expect(try opened.verify(against: [archive.catalog.head]).isSound)
        #expect(try opened.verify().losses.map(\.frames) == [lost...lost])
        #expect(try opened.commit(Samples.quarantined()).first?.sequence == 5)
    }

    @Test func `a second copy that isn't what was lost is not believed`() throws {
        let archive = try archive()
        let vintage = try #require(archive.catalog.vintages.first)
        copies.keep(source(1), tables: [Samples.table(year: 2010, first: 99)])
        log.lose(try frame(of: vintage.content.chunks[0]), leaving: .opening)
        let opened = try self.archive()
        #expect(throws: ArchiveError.self) { try opened.table(vintage) }
        #expect(try opened.repair(acceptLoss: false).lostVintages.map(\.name.year) == [2010])
    }

    @Test func `a table that was hit in many places is read again once`() throws {
        _ = try archive()
        let vintage = try lostVintage()
        for name in vintage.content.parts { log.lose(try frame(of: name), leaving: .opening) }
        let opened = try archive()
        _ = try opened.table(vintage)
        #expect(copies.readings == 1)
    }

    @Test func `nothing to repair is an answer`() throws {
        let report = try archive().repair(acceptLoss: true)
        #expect(report.isRepaired && report.restoredFrames == 0 && !report.hasAcceptedLoss)
        #expect(log.repaired.isEmpty)
    }

    private func lostVintage() throws -> Vintage {
        try #require(archive().catalog.vintages.first { $0.year == 2011 })
    }

    private func frame(of digest: Digest) throws -> UInt64 {
        let archive = try archive()
        return try #require(archive.logged.frame(digest))
    }
}
