import Annals
import Glibc
import RecordLog
import StableStorage
import TableCoding
import TestSupport
import Testing

@testable import Archive

/// Bytes of a log's files overwritten while nobody looks: what is answered, named and healed.
@Suite struct SegmentRepairTests {
    /// What holds a frame's bytes.
    enum Place: String, CaseIterable, Sendable {
        case segment, index, both
    }

    private let clock = TestClock()
    private let copies = FiledAway()

    private func source(_ number: Int) -> [UInt8] { number == 2 ? Self.longSource : Self.shortSource }

    private static let shortSource = noise(5000)
    private static let longSource = noise(900_000)

    private static func noise(_ count: Int) -> [UInt8] {
        var numbers = SeededNumbers(UInt64(count))
        return numbers.bytes(count)
    }

    /// Two drops, the second with a source in pieces; the log is closed in order.
    private func fill(_ path: String) throws -> (answers: [String], head: Head, frames: [StoredFrame]) {
        let log = try SegmentedLog(directory: POSIXDirectory(path: path))
        let archive = try Archive(log: log, secondCopies: copies, clock: clock.read)
        for number in 1...2 {
            let (source, tables) = (
                source(number), [number == 1 ? Samples.mixed(year: 2011) : Samples.table(year: 2012)]
            )
            let texts = ["sidecar \(number)", "definition", "dialect"].map { Array($0.utf8) }
            copies.keep(source, tables: tables)
            for text in texts { copies.keep(text) }
            let facts = DropFacts(
                dataset: DatasetID("dataset-\(number)")!, title: "Title", reader: "delimited", encoding: "UTF-8",
                dialect: "generic")
            let examined = try Examined(
                Samples.claim(source, number: number), bytes: source, facts: facts,
                texts: ReadingTexts(sidecar: texts[0], definition: texts[1], dialect: texts[2]),
                years: tables.map { ($0, [], []) })
            _ = try archive.commit(examined)
        }
        var frames: [StoredFrame] = []
        try log.frames(from: 1) { (frame) throws(RecordLogError) in frames.append(frame) }
        defer { attempt { try log.close() } }
        return (try answers(of: archive), archive.catalog.head, frames)
    }

    private func open(_ path: String) throws -> (SegmentedLog, Archive) {
        let log = try SegmentedLog(directory: POSIXDirectory(path: path))
        return (log, try Archive(log: log, secondCopies: copies, clock: clock.read))
    }

    private func answers(of archive: Archive) throws -> [String] {
        try archive.catalog.vintages.map { vintage in
            "\(try archive.table(vintage).canonical) \(ContentHasher.digest(of: try archive.source(vintage)))"
                + " \(try archive.sidecar(vintage) ?? [])"
        }
    }

    /// Overwrites some bytes of a frame where its payload stands: in the segment, in its index, or in both.
    private func vandalise(_ path: String, _ frame: StoredFrame, _ place: Place) throws {
        let needle = Array(frame.payload.prefix(40))
        for suffix in [".seg", ".idx"] where place == .both || (place == .segment) == (suffix == ".seg") {
            let name = "\(path)/00000001\(suffix)"
            let file = Glibc.open(name, O_RDWR)
            try #require(file >= 0)
            defer { close(file) }
            var bytes = [UInt8](repeating: 0, count: Int(lseek(file, 0, SEEK_END)))
            try #require(pread(file, &bytes, bytes.count, 0) == bytes.count)
            for start in bytes.indices.dropLast(needle.count) where bytes[start] == needle[0] {
                guard bytes[start..<start + needle.count].elementsEqual(needle) else { continue }
                let noise = [UInt8](repeating: 0xA5, count: 12)
                #expect(pwrite(file, noise, 12, off_t(start + 20)) == 12)
                break
            }
        }
    }

    @Test(arguments: Place.allCases)
    func `every frame of a small log is hit in turn`(place: Place) throws {
        let count = try ScratchDirectory.with { try fill($0).frames.count }
        for number in 0..<count {
            try ScratchDirectory.with { path in
                let (before, head, frames) = try fill(path)
                let frame = frames[number]
                try vandalise(path, frame, place)
                let (log, archive) = try open(path)
                let isLost = place == .both && frame.kind == .commit
                let what = "\(place.rawValue), frame \(frame.sequence)"
                if !isLost {
                    #expect(try answers(of: archive) == before, "\(what)")
                    #expect(archive.catalog.head == head, "\(what)")
                }
                // A bad index alone costs nothing and is made anew.
                let verified = try archive.verify(against: [head])
                #expect(verified.isSound == (place == .index), "\(what): \(verified.problems)")
                #expect(verified.damage.isEmpty == (place == .index), "\(what)")

                let report = try archive.repair(acceptLoss: false)
                #expect(report.isRepaired == !isLost, "\(what): \(report)")
                #expect(report.restoredFrames == (place == .index || isLost ? 0 : 1), "\(what): \(report)")
                if isLost {
                    #expect(!report.lostDrops.isEmpty || frame.sequence == UInt64(count), "\(what): \(report)")
                    let accepted = try archive.repair(acceptLoss: true)
                    #expect(accepted.isRepaired, "\(what): \(accepted)")
                }
                let after = try archive.verify(against: isLost ? [] : [head])
                #expect(after.isSound, "\(what): \(after.problems) \(after.damage)")
                #expect(after.losses.isEmpty == !isLost)
                let now = archive.catalog.head
                try log.close()

                let (again, reopened) = try open(path)
                #expect(reopened.catalog.head == now, "\(what)")
                if !isLost { #expect(try answers(of: reopened) == before, "\(what)") }
                #expect(try reopened.verify().isSound, "\(what)")
                _ = try reopened.commit(Samples.quarantined(number: 9))
                #expect(try reopened.verify().isSound, "\(what)")
                try again.close()
            }
        }
    }

    @Test func `what is gone in the log and in done is given up, and the rest stays`() throws {
        try ScratchDirectory.with { path in
            let (_, head, frames) = try fill(path)
            copies.lose(source(1))
            let named = frames.filter { frame in
                frame.kind == .blob && ContentHasher.digest(of: source(1)).bytes.elementsEqual(frame.payload.prefix(32))
            }
            try vandalise(path, try #require(named.first), .both)
            let (log, archive) = try open(path)
            let vintage = try #require(archive.catalog.vintages.first)
            #expect(throws: ArchiveError.self) { try archive.source(vintage) }
            _ = try archive.table(vintage)
            #expect(try archive.repair(acceptLoss: false).lostVintages.map(\.isTableLost) == [false])
            #expect(try archive.repair(acceptLoss: true).isRepaired)
            try log.close()
            let (_, reopened) = try open(path)
            #expect(try reopened.verify(against: [head]).isSound)
            #expect(reopened.lostContent(of: vintage) == [.source])
            #expect(reopened.lostContent(of: reopened.catalog.vintages[1]).isEmpty)
            _ = try reopened.commit(Samples.quarantined(number: 9))
        }
    }
}
