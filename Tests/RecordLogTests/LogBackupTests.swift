import StableStorage
import Testing

@testable import RecordLog

@Suite struct LogBackupTests {
    /// All pieces of a backup.
    private func bytes(of backup: LogBackup) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try backup.next() { bytes += piece }
        #expect(bytes.count == backup.byteCount)
        #expect(try backup.next() == nil, "the end stays the end")
        return bytes
    }

    /// The log in an archive, opened where it stands.
    private func open(_ archive: [UInt8]) throws -> SegmentedLog {
        try SegmentedLog(
            directory: try tar(archive).subdirectory("log", create: false), access: .readOnly)
    }

    private func tar(_ archive: [UInt8]) throws -> TarDirectory {
        let directory = HeapDirectory()
        let file = try directory.open("b.tar", mode: .create)
        try archive.withUnsafeBytes { bytes in try file.write([bytes], at: 0) }
        return try TarDirectory(file)
    }

    @Test(arguments: [64 << 20, 300])
    func itIsTheLogAsItStood(segmentBytes: Int) throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory, options: LogFixture.options(segmentBytes: segmentBytes))
        for number in 1...20 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        let frames = try LogFixture.frames(of: log)
        let copy = try open(bytes(of: log.backup()))
        #expect(copy.recovery.damage.isEmpty)
        #expect(copy.recovery.tornTail == nil)
        #expect(try LogFixture.frames(of: copy) == frames)
        // In order to the last byte: the copy's last segment has no room ahead.
        #expect(copy.byteCount == log.byteCount)
    }

    @Test func whatComesLaterIsNotInIt() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory, options: LogFixture.options(segmentBytes: 300))
        for number in 1...5 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        let frames = try LogFixture.frames(of: log)
        let backup = try log.backup()
        var bytes: [UInt8] = []
        var number = 6
        while let piece = try backup.next() {
            bytes += piece
            // Between the pieces the log grows, in this segment and in later ones.
            for _ in 0..<3 {
                _ = try log.append(LogFixture.batch(number), expectedHead: log.head)
                number += 1
            }
        }
        #expect(bytes.count == backup.byteCount)
        #expect(try LogFixture.frames(of: open(bytes)) == frames)
    }

    @Test func anEmptyLogHasABackup() throws {
        let archive = try bytes(of: LogFixture.open(HeapDirectory()).backup())
        #expect(archive.count == TarHeader.blockBytes + TarHeader.endBytes)
        #expect(try tar(archive).list().isEmpty)
    }

    @Test func anUncleanLogIsTakenWithWhatWasWrittenOnceMore() throws {
        let directory = HeapDirectory()
        let first = try LogFixture.open(directory)
        for number in 1...4 { _ = try first.append(LogFixture.batch(number), expectedHead: first.head) }
        // Not closed: the last batch is written again into a second segment.
        let log = try LogFixture.open(directory)
        _ = try log.append(LogFixture.batch(5), expectedHead: log.head)
        let frames = try LogFixture.frames(of: log)
        let copy = try open(bytes(of: log.backup()))
        #expect(try LogFixture.frames(of: copy) == frames)
        #expect(copy.recovery.segmentCount == 2)
    }

    /// Every byte of a frame, of a header block: whatever goes bad under the running log is found before the end.
    @Test(arguments: [0, 16, 4096 + 50, 8192, 8192 + 3, 8192 + 39, 8192 + 45])
    func aFrameThatWentBadEndsIt(place: Int) throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        for number in 1...4 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        let backup = try log.backup()
        let file = try directory.open("00000001.seg", mode: .readWrite)
        try [UInt8(0xFF)].withUnsafeBytes { byte in try file.write([byte], at: place) }
        let error = #expect(throws: RecordLogError.self) { while try backup.next() != nil {} }
        guard case .damaged(let damage) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(damage.file == "00000001.seg")
        // The log knows it from here on.
        #expect(throws: RecordLogError.self) { try log.backup() }
        #expect(throws: RecordLogError.self) { try log.append(LogFixture.batch(9), expectedHead: log.head) }
    }

    @Test func aHoleOfZerosEndsIt() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        for number in 1...4 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        let file = try directory.open("00000001.seg", mode: .readWrite)
        let end = try file.size()
        let zeros = [UInt8](repeating: 0, count: end - 8192)
        try zeros.withUnsafeBytes { zeros in try file.write([zeros], at: 8192) }
        let backup = try log.backup()
        #expect(throws: RecordLogError.self) { while try backup.next() != nil {} }
    }

    @Test func aSegmentThatIsGoneIsDamage() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory, options: LogFixture.options(segmentBytes: 300))
        for number in 1...12 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        try directory.remove("00000002.seg")
        let error = #expect(throws: RecordLogError.self) { try log.backup() }
        #expect(error == .damaged(Damage(.missingSegment, file: "00000002.seg", hit: 4...5)))
        let verified = try LogFixture.open(directory, options: LogFixture.options(segmentBytes: 300))
        let found = try verified.verify().filter { $0.file == "00000002.seg" }
        #expect(found == [Damage(.missingSegment, file: "00000002.seg", hit: 4...5)], "once")
    }

    /// Small frames stand in the index as well, so that everything reads; what is gone is told all the same.
    @Test func aSegmentThatIsRemovedUnderneathIsFoundByVerify() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory, options: LogFixture.options(segmentBytes: 300))
        for number in 1...12 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        #expect(try log.verify().isEmpty)
        try directory.remove("00000002.seg")
        #expect(try log.verify() == [Damage(.missingSegment, file: "00000002.seg", hit: 4...5)])
    }
}
