import Annals
import Archive
import Glibc
import StableStorage
import TestSupport
import Testing

@testable import Daemon
@testable import Inbox

/// A file that is recorded is known until it is filed away.
@Suite struct UnfiledDropsTests {
    private let drops = UnfiledDrops()

    private func claim(ctime: Int64 = 1, mtime: Int64 = 4, size: Int64 = 3, digest: UInt8 = 7) -> SourceRef {
        SourceRef(
            path: Array("a/t.csv".utf8), device: 1, inode: 2, size: size, mtimeNanoseconds: mtime,
            ctimeNanoseconds: ctime,
            sha256: Digest(bytes: [UInt8](repeating: digest, count: Digest.byteCount))!)
    }

    private func entry(_ number: UInt64) -> DropEntry {
        DropEntry(sequence: number, outcome: .new, recorded: Instant(microseconds: 1), claim: claim())
    }

    private var arrival: Arrival { Arrival(path: Array("a/t.csv".utf8), status: FileStatus(stat())) }

    @Test func `whatever its name, mode, owner and times become`() {
        drops.add([entry(17), entry(18)])
        var elsewhere = claim(ctime: 99)
        elsewhere.path = Array("b/u.csv".utf8)
        #expect(drops.entries(claimed: elsewhere).map(\.sequence) == [17, 18])
        #expect(drops.entries(claimed: claim(ctime: 99, mtime: 98)).map(\.sequence) == [17, 18], "touched")
        #expect(drops.entries(claimed: claim(digest: 8)).isEmpty)
        #expect(drops.entries(claimed: claim(size: 4)).isEmpty)
        drops.remove(17)
        #expect(drops.entries(claimed: claim()).isEmpty, "filed away, it may come again")
    }

    @Test func `it is news once that it is stuck, and why`() {
        drops.add([entry(17)])
        #expect(drops.stuck.isEmpty)
        #expect(drops.noteStuck(17, arrival, Reason("no room"), nil))
        #expect(!drops.noteStuck(17, arrival, Reason("no room"), nil))
        #expect(drops.noteStuck(17, arrival, Reason("not permitted"), nil))
        #expect(drops.stuck.map(\.number) == [17])
        #expect(drops.noteMissing(17, nowNs: 5) == 5 && drops.noteMissing(17, nowNs: 9) == 5)
        #expect(drops.remove(17)?.stuck?.reason.message == "not permitted")
        #expect(!drops.noteStuck(17, arrival, Reason("no room"), nil), "it has gone")
    }

    @Test func `one that was touched is moved as it stands`() {
        drops.add([entry(17)])
        var touched = arrival
        touched.mtimeNs = 98
        #expect(drops.noteStuck(17, touched, Reason("no room"), nil))
        #expect(drops.stuck.map { $0.item(sidecar: nil).source.mtimeNanoseconds } == [98])
    }

    @Test func `what is written down stays so until it is filed`() throws {
        drops.add([entry(3)], isWrittenDown: true)
        drops.add([entry(5)])
        #expect(drops.writtenDown == [3], "one of before that hasn't come up since, too")
        #expect(drops.noteStuck(5, arrival, Reason("no room"), nil))
        #expect(drops.writtenDown == [3, 5])
        drops.remove(5)
        #expect(drops.writtenDown == [3])
    }

    @Test func `the next start reads which they were`() throws {
        let scratch = ScratchDirectory()
        let record = UnfiledRecord(directory: try POSIXDirectory(path: scratch.path))
        #expect(try record.read().isEmpty)
        try record.write([17, 4_000_000_000])
        #expect(try record.read() == [17, 4_000_000_000])
        try record.write([3])
        #expect(try record.read() == [3])
        try record.write([])
        #expect(try POSIXDirectory(path: scratch.path).list().isEmpty)
        try record.write([])
    }
}
