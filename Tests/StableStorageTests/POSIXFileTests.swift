import Glibc
import StableStorage
import TestSupport
import Testing

@Suite struct POSIXFileTests {
    private let scratch = ScratchDirectory()

    private func file() throws -> any File {
        try POSIXDirectory(path: scratch.path).open("file", mode: .create)
    }

    private func contents(of file: any File, at offset: Int = 0, count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0xee, count: count)
        let read = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
        return Array(bytes[..<read])
    }

    private func write(_ pieces: [[UInt8]], to file: any File, at offset: Int) throws {
        let buffers = pieces.map { piece in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: piece.count, alignment: 1)
            copy.copyBytes(from: piece)
            return copy
        }
        defer { buffers.forEach { $0.deallocate() } }
        try file.write(buffers.map { UnsafeRawBufferPointer($0) }, at: offset)
    }

    @Test func piecesAreWrittenOneAfterAnother() throws {
        let file = try file()
        try write([[1, 2], [], [3], [4, 5, 6]], to: file, at: 2)
        #expect(try file.size() == 8)
        #expect(try contents(of: file, count: 8) == [0, 0, 1, 2, 3, 4, 5, 6])
        try write([], to: file, at: 0)
        try file.sync()
    }

    @Test func aFileThatWasRemovedIsNotLinked() throws {
        let file = try file()
        #expect(try file.isLinked())
        try POSIXDirectory(path: scratch.path).rename("file", to: "other")
        #expect(try file.isLinked())
        try POSIXDirectory(path: scratch.path).remove("other")
        #expect(try !file.isLinked())
        try write([[1]], to: file, at: 0)
        #expect(try contents(of: file, count: 1) == [1], "it can still be used")
    }

    @Test func moreThanOneGatheredWriteTakes() throws {
        let file = try file()
        let pieces = (0..<2500).map { number in [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: number % 7)
        }
        try write(pieces, to: file, at: 0)
        #expect(try contents(of: file, count: 10_000) == pieces.flatMap { $0 })
    }

    @Test func readingEndsWithTheFile() throws {
        let file = try file()
        try write([[1, 2, 3]], to: file, at: 0)
        #expect(try contents(of: file, at: 1, count: 10) == [2, 3])
        #expect(try contents(of: file, at: 3, count: 10) == [])
        #expect(try contents(of: file, at: 99, count: 10) == [])
    }

    @Test func reservedRoomIsZerosAndKeepsWhatIsThere() throws {
        let file = try file()
        try write([[9, 9]], to: file, at: 0)
        try file.reserve(upTo: 700_000, zeroedFrom: 5000)
        #expect(try file.size() == 700_000)
        let bytes = try contents(of: file, count: 700_000)
        #expect(bytes[..<2] == [9, 9] && bytes[2...].allSatisfy { $0 == 0 })
        try file.reserve(upTo: 100, zeroedFrom: 0)
        #expect(try file.size() == 700_000)
        #expect(try contents(of: file, count: 2) == [9, 9])
        try file.truncate(to: 1)
        #expect(try contents(of: file, count: 10) == [9])
    }

    @Test func anErrorSaysWhatAndWhere() throws {
        let directory = try POSIXDirectory(path: scratch.path)
        _ = try directory.open("file", mode: .create)
        let file = try directory.open("file", mode: .read)
        #expect {
            try write([[1]], to: file, at: 7)
        } throws: { error in
            (error as? StorageError) == StorageError(.write, path: scratch.path + "/file", offset: 7, code: EBADF)
        }
    }
}
