import Annals
import ControlServer
import Crypto
import Glibc
import StableStorage
import TestSupport
import Testing

/// A file of answers gives what was kept, or nothing; never anything else, whatever became of it.
@Suite struct ChangeFileTests {
    private static func key(_ number: Int) -> Annals.Digest {
        Annals.Digest(bytes: SHA256.hash(data: Array("\(number)".utf8)))!
    }

    private static func answer(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 3 * number) }

    private static func open(_ path: String, maximumByteCount: Int = 1 << 20) throws -> ChangeFile {
        ChangeFile(in: try POSIXDirectory(path: path), maximumByteCount: maximumByteCount)
    }

    /// What stands in it, put there from outside.
    private static func replace(_ bytes: [UInt8], in path: String) throws {
        let number = Glibc.open(path + "/changes", O_RDWR | O_CREAT | O_TRUNC, 0o600)
        try #require(number >= 0 && write(number, bytes, bytes.count) == bytes.count)
        close(number)
    }

    private static func bytes(in path: String) throws -> [UInt8] {
        let file = try POSIXDirectory(path: path).open("changes", mode: .read)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: try file.size(), alignment: 1)
        defer { buffer.deallocate() }
        return Array(buffer.prefix(try file.read(into: buffer, at: 0)))
    }

    private static func fill(_ path: String, _ numbers: Range<Int>) throws {
        let file = try open(path)
        for number in numbers { file.keep(answer(number), under: key(number)) }
    }

    @Test func whatWasKeptIsThereAfterAStart() throws {
        try ScratchDirectory.with { path in
            try Self.fill(path, 0..<20)
            try Self.fill(path, 20..<30)
            let file = try Self.open(path)
            for number in 0..<30 { #expect(file.answer(of: Self.key(number)) == Self.answer(number)) }
            #expect(file.answer(of: Self.key(30)) == nil)
            file.keep([UInt8](repeating: 1, count: 1 << 20), under: Self.key(30))
            #expect(file.answer(of: Self.key(30)) == nil, "too long")
        }
    }

    @Test func aDamagedFileGivesNothingElse() throws {
        try ScratchDirectory.with { path in
            try Self.fill(path, 1..<6)
            let whole = try Self.bytes(in: path)
            var damaged = (0..<whole.count).map { Array(whole.prefix($0)) }
            for place in whole.indices {
                for change: UInt8 in [1, 0x80] {
                    var bytes = whole
                    bytes[place] ^= change
                    damaged.append(bytes)
                }
            }
            var numbers = SeededNumbers(7)
            for _ in 0..<200 { damaged.append(numbers.vandalise(whole)) }
            for bytes in damaged {
                try Self.replace(bytes, in: path)
                let file = try Self.open(path)
                for number in 1..<6 {
                    let found = file.answer(of: Self.key(number))
                    #expect(found == nil || found == Self.answer(number))
                    file.keep(Self.answer(number), under: Self.key(number))
                    #expect(file.answer(of: Self.key(number)) == Self.answer(number))
                }
                let again = try Self.open(path)
                for number in 1..<6 { #expect(again.answer(of: Self.key(number)) == Self.answer(number)) }
            }
        }
    }

    @Test func whatBecomesBadWhileItIsOpenIsNoAnswer() throws {
        try ScratchDirectory.with { path in
            try Self.fill(path, 1..<6)
            let file = try Self.open(path)
            #expect(file.answer(of: Self.key(1)) != nil)
            let whole = try Self.bytes(in: path)
            for place in whole.indices {
                var bytes = whole
                bytes[place] ^= 4
                try Self.replace(bytes, in: path)
                for number in 1..<6 {
                    let found = file.answer(of: Self.key(number))
                    #expect(found == nil || found == Self.answer(number))
                }
            }
            try Self.replace([], in: path)
            #expect(file.answer(of: Self.key(1)) == nil)
        }
    }

    @Test func aFullFileIsBegunAnew() throws {
        try ScratchDirectory.with { path in
            let file = try Self.open(path, maximumByteCount: 1000)
            for number in 1..<50 {
                file.keep(Self.answer(number), under: Self.key(number))
                #expect(file.answer(of: Self.key(number)) == Self.answer(number))
                #expect(try Self.bytes(in: path).count <= 1000)
            }
            #expect(file.answer(of: Self.key(1)) == nil)
            // One that another setting let grow longer isn't read.
            #expect(try Self.open(path, maximumByteCount: 100).answer(of: Self.key(49)) == nil)
        }
    }

    @Test func anotherBuildsFileIsBegunAnew() throws {
        try ScratchDirectory.with { path in
            try Self.fill(path, 1..<3)
            var bytes = try Self.bytes(in: path)
            bytes[15] = UInt8(ascii: "2")
            try Self.replace(bytes, in: path)
            #expect(try Self.open(path).answer(of: Self.key(1)) == nil)
            #expect(try Self.bytes(in: path) == Array("annal changes 2\n".utf8))
        }
    }

    @Test func whatIsNoFileIsLeftAlone() throws {
        try ScratchDirectory.with { path in
            try #require(mkdir(path + "/changes", 0o700) == 0)
            let file = try Self.open(path)
            file.keep([1], under: Self.key(1))
            #expect(file.answer(of: Self.key(1)) == nil)
            rmdir(path + "/changes")
            try #require(symlink("/dev/zero", path + "/changes") == 0)
            let linked = try Self.open(path)
            linked.keep([1], under: Self.key(1))
            #expect(linked.answer(of: Self.key(1)) == nil)
        }
    }
}
