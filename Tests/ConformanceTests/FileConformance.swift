import Glibc
import StableStorage
import Testing

/// What every file must do, real or simulated.
@Suite struct FileConformance {
    @Test(arguments: StorageKind.allCases)
    func piecesAreWrittenOneAfterAnother(kind: StorageKind) throws {
        try kind.withDirectory { open in
            let file = try open().open("file", mode: .create)
            let pieces: [[UInt8]] = [[1, 2], [], [3], Array(repeating: 9, count: 2000), [4, 5]]
            let joined = pieces.flatMap { $0 }
            try joined.withUnsafeBytes { all in
                var start = 0
                let buffers = pieces.map { piece in
                    defer { start += piece.count }
                    return UnsafeRawBufferPointer(rebasing: all[start..<start + piece.count])
                }
                try file.write(buffers, at: 700)
            }
            #expect(try bytes(of: file) == [UInt8](repeating: 0, count: 700) + joined)
            try file.write([], at: 5000)
            #expect(try file.size() == 700 + joined.count)
            try file.sync()
        }
    }

    @Test(arguments: StorageKind.allCases)
    func readingEndsWithTheFile(kind: StorageKind) throws {
        try kind.withDirectory { open in
            let file = try open().open("file", mode: .create)
            try write([1, 2, 3], to: file, at: 0)
            for (offset, expected) in [(0, [1, 2, 3]), (1, [2, 3]), (3, []), (99, [])] as [(Int, [UInt8])] {
                var bytes = [UInt8](repeating: 0xee, count: 10)
                let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
                #expect(bytes[..<count] == expected[...] && bytes[count...].allSatisfy { $0 == 0xee })
            }
        }
    }

    @Test(arguments: StorageKind.allCases)
    func reservedRoomIsZerosAndKeepsWhatIsThere(kind: StorageKind) throws {
        try kind.withDirectory { open in
            let file = try open().open("file", mode: .create)
            try write([9, 9], to: file, at: 0)
            try file.reserve(upTo: 70_000, zeroedFrom: 5000)
            #expect(try bytes(of: file) == [9, 9] + [UInt8](repeating: 0, count: 69_998))
            try file.reserve(upTo: 100, zeroedFrom: 0)
            #expect(try file.size() == 70_000)
            try file.truncate(to: 1)
            try file.truncate(to: 3)
            #expect(try bytes(of: file) == [9, 0, 0])
        }
    }

    @Test(arguments: StorageKind.allCases)
    func twoWhoOpenedItSeeTheSame(kind: StorageKind) throws {
        try kind.withDirectory { open in
            let writer = try open().open("file", mode: .create)
            let reader = try open().open("file", mode: .read)
            try write([1, 2], to: writer, at: 0)
            #expect(try bytes(of: reader) == [1, 2])
            try open().rename("file", to: "other")
            try write([3], to: writer, at: 1)
            #expect(try bytes(of: reader) == [1, 3] && bytes(of: open().open("other", mode: .read)) == [1, 3])
        }
    }

    @Test(arguments: StorageKind.allCases)
    func whatWasOpenedForReadingIsNotWritten(kind: StorageKind) throws {
        try kind.withDirectory { open in
            try write([1], to: open().open("file", mode: .create), at: 0)
            let file = try open().open("file", mode: .read)
            let place = file.path
            #expect(throws: StorageError(.write, path: place, offset: 7, code: EBADF)) {
                try write([1], to: file, at: 7)
            }
            #expect(throws: StorageError(.truncate, path: place, offset: 0, code: EINVAL)) {
                try file.truncate(to: 0)
            }
            #expect(throws: StorageError.self) { try file.reserve(upTo: 100, zeroedFrom: 0) }
            try file.sync()
            #expect(try bytes(of: file) == [1])
            let again = try open().open("file", mode: .readWrite)
            try write([2], to: again, at: 0)
            #expect(try bytes(of: file) == [2])
        }
    }
}
