import StableStorage
import Synchronization
import Testing

@testable import RecordLog

/// A disk that answers with errors: the log opens, and what can be read is read.
@Suite struct UnreadableTests {
    private let name = "00000001.seg"

    @Test func aBadSectorCostsNothingThatHasASecondCopy() throws {
        let (directory, frames) = try LogFixture.log(batches: 200)
        let bytes = try #require(directory[name])
        let places = LogVandal.places(in: bytes)
        for checkpoint in [true, false] {
            for sector in stride(from: 0, to: bytes.count, by: 4096) {
                let bad = sector..<sector + 4096
                var options = LogFixture.options(seed: 4)
                options.usesCheckpoint = checkpoint
                let log = try SegmentedLog(
                    directory: BadSectorDirectory(HeapDirectory(directory.files), bad: [name: bad]), options: options)
                let hit = places.filter { $0.bytes.overlaps(bad) }.map(\.header.sequence)
                #expect(try LogFixture.frames(of: log) == frames, "sector \(sector)")
                if sector >= 8192 || !checkpoint {
                    #expect(Set(log.damage.compactMap(\.hit).joined()) == Set(hit), "sector \(sector)")
                    #expect(log.damage.allSatisfy { $0.sequences == nil } && !log.damage.isEmpty)
                }
                #expect(throws: RecordLogError.self) {
                    try log.append(LogFixture.batch(1), expectedHead: nil)
                }
                try log.repair(LogRepair())
                #expect(log.condition == .writable)
                #expect(try LogFixture.frames(of: log).starts(with: frames))
            }
        }
    }

    @Test func aBadSectorAtTheEndIsNoTornTail() throws {
        let (directory, frames) = try LogFixture.log(batches: 60)
        directory["00000001.idx"] = nil
        let bytes = try #require(directory[name])
        let bad = bytes.count / 4096 * 4096..<bytes.count
        let log = try SegmentedLog(
            directory: BadSectorDirectory(HeapDirectory(directory.files), bad: [name: bad]),
            options: LogFixture.options(seed: 4))
        #expect(log.recovery.tornTail == nil && !log.damage.isEmpty)
        let lost = LogVandal.places(in: bytes).filter { $0.bytes.overlaps(bad) }.map(\.header.sequence)
        #expect(try LogFixture.frames(of: log) == frames.filter { !lost.contains($0.sequence) })
    }
}

/// Files of which some bytes can't be read.
private final class BadSectorDirectory: Directory {
    let path: String
    private let base: HeapDirectory
    private let bad: [String: Range<Int>]

    init(_ base: HeapDirectory, bad: [String: Range<Int>]) {
        path = base.path
        self.base = base
        self.bad = bad
    }

    func list() throws(StorageError) -> [String] { try base.list() }

    func open(_ name: String, mode: OpenMode) throws(StorageError) -> any File {
        BadSectorFile(try base.open(name, mode: mode), bad: bad[name] ?? 0..<0)
    }

    func rename(_ from: String, to: String) throws(StorageError) { try base.rename(from, to: to) }

    func remove(_ name: String) throws(StorageError) { try base.remove(name) }

    func sync() throws(StorageError) { try base.sync() }

    func subdirectory(_ name: String, create: Bool) throws(StorageError) -> any Directory {
        try base.subdirectory(name, create: create)
    }

    func freeBytes() throws(StorageError) -> Int { try base.freeBytes() }
}

private final class BadSectorFile: File {
    let path: String
    private let base: any File
    private let bad: Range<Int>

    init(_ base: any File, bad: Range<Int>) {
        path = base.path
        self.base = base
        self.bad = bad
    }

    func size() throws(StorageError) -> Int { try base.size() }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        if bad.overlaps(offset..<offset + buffer.count) {
            throw StorageError(.read, path: path, offset: offset, code: 5)
        }
        return try base.read(into: buffer, at: offset)
    }

    func write(_ pieces: [UnsafeRawBufferPointer], at offset: Int) throws(StorageError) {
        try base.write(pieces, at: offset)
    }

    func sync() throws(StorageError) { try base.sync() }

    func reserve(upTo end: Int, zeroedFrom: Int) throws(StorageError) {
        try base.reserve(upTo: end, zeroedFrom: zeroedFrom)
    }

    func isLinked() throws(StorageError) -> Bool { try base.isLinked() }

    func truncate(to size: Int) throws(StorageError) { try base.truncate(to: size) }
}
