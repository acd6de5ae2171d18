import Glibc
import TestSupport
import Testing

@testable import StableStorage

@Suite struct TarTests {
    private let scratch = ScratchDirectory()

    /// Writes the bytes as a file and reads it as an archive.
    private func archive(_ bytes: [UInt8]) throws -> TarDirectory {
        let directory = try POSIXDirectory(path: scratch.path)
        let file = try directory.open("a.tar", mode: .create)
        try bytes.withUnsafeBytes { bytes in try file.write([bytes], at: 0) }
        return try TarDirectory(file)
    }

    private func entry(_ name: String, _ content: [UInt8]) -> [UInt8] {
        TarHeader(.file, name: name, byteCount: content.count).encoded + content
            + [UInt8](repeating: 0, count: TarHeader.padded(content.count) - content.count)
    }

    private let end = [UInt8](repeating: 0, count: TarHeader.endBytes)

    private func content(_ file: any File) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: try file.size() + 10)
        let count = try bytes.withUnsafeMutableBytes { bytes in try file.read(into: bytes, at: 0) }
        return Array(bytes.prefix(count))
    }

    @Test(arguments: [0, 1, 511, 512, 70_000, 1 << 33, 5 << 40])
    func headersReadBack(byteCount: Int) throws {
        let header = TarHeader(
            .file, name: "log/00000001.seg", byteCount: byteCount, modified: 1_700_000_000,
            owner: .init(user: 998, group: 997, userName: "annal", groupName: "annal"))
        #expect(header.encoded.count == 512)
        #expect(TarHeader(header.encoded) == header)
    }

    @Test func everyDamagedHeaderIsNone() {
        let block = TarHeader(.file, name: "log/00000001.seg", byteCount: 4096, modified: 1_700_000_000).encoded
        for place in block.indices {
            var bad = block
            bad[place] ^= 1
            // A bit of the checksum's own padding says nothing.
            if TarHeader(bad) == TarHeader(block) { continue }
            #expect(TarHeader(bad) == nil, "byte \(place)")
        }
        #expect(TarHeader([UInt8](repeating: 0, count: 512)) == nil)
        #expect(TarHeader([]) == nil)
    }

    @Test func filesAreReadWhereTheyStand() throws {
        let long = (0..<1300).map { UInt8(truncatingIfNeeded: $0) }
        let tar = try archive(
            TarHeader(.directory, name: "log/").encoded + entry("log/a", long) + entry("./log/b", []) + entry("c", [7])
                + end)
        #expect(try tar.list().sorted() == ["c", "log"])
        let log = try tar.subdirectory("log", create: false)
        #expect(try log.list().sorted() == ["a", "b"])
        #expect(try content(log.open("a", mode: .read)) == long)
        #expect(try content(log.open("b", mode: .read)) == [])
        #expect(try content(tar.open("c", mode: .read)) == [7])
        #expect(throws: StorageError.self) { try tar.subdirectory("d", create: false) }
        let missing = #expect(throws: StorageError.self) { try log.open("c", mode: .read) }
        #expect(missing?.isNotFound == true)
    }

    @Test func nothingCanBeWritten() throws {
        let tar = try archive(entry("a", [1]) + end)
        for mode in [OpenMode.create, .readWrite] {
            let error = #expect(throws: StorageError.self) { try tar.open("a", mode: mode) }
            #expect(error?.code == EROFS)
        }
        #expect(throws: StorageError.self) { try tar.remove("a") }
        #expect(throws: StorageError.self) { try tar.open("a", mode: .read).truncate(to: 0) }
        #expect(throws: StorageError.self) { try tar.open("a", mode: .read).sync() }
    }

    @Test func whatIsCutShortIsNoArchive() throws {
        let whole = entry("a", [1, 2, 3]) + entry("b", [UInt8](repeating: 9, count: 600))
        for count in [0, 100, 512, 600, 1024, 1536, 2000, whole.count, whole.count + 511] {
            let bytes = (whole + end).prefix(count)
            let error = #expect(throws: StorageError.self, "\(count) bytes") {
                unlink(scratch.path + "/a.tar")
                _ = try archive(Array(bytes))
            }
            #expect(error?.code == 0, "\(count) bytes")
        }
    }

    @Test func otherFilesAreNoArchives() throws {
        let error = #expect(throws: StorageError.self) {
            _ = try archive([UInt8](repeating: 0x41, count: 2048))
        }
        #expect(error?.code == EBADMSG)
    }
}
