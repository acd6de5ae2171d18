import Glibc
import StableStorage
import TestSupport
import Testing

@Suite struct POSIXDirectoryTests {
    private let scratch = ScratchDirectory()

    private func expect(
        _ code: Int32, _ operation: StorageOperation, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        #expect(sourceLocation: sourceLocation) {
            try body()
        } throws: { error in
            (error as? StorageError).map { $0.code == code && $0.operation == operation } ?? false
        }
    }

    @Test func filesAreMadeListedRenamedAndRemoved() throws {
        let directory = try POSIXDirectory(path: scratch.path)
        #expect(try directory.list() == [])
        _ = try directory.open("a", mode: .create)
        _ = try directory.open("b", mode: .create)
        expect(EEXIST, .create) { _ = try directory.open("a", mode: .create) }
        try directory.rename("a", to: "b")
        #expect(try directory.list() == ["b"])
        _ = try directory.open("b", mode: .readWrite)
        try directory.remove("b")
        try directory.sync()
        expect(ENOENT, .open) { _ = try directory.open("b", mode: .read) }
        expect(ENOENT, .remove) { try directory.remove("b") }
        expect(ENOENT, .rename) { try directory.rename("b", to: "c") }
        #expect(try directory.freeBytes() > 0)
    }

    /// The entries of a directory end with their names, which may stand at the end of what was read.
    @Test func manyNamesOfEveryLength() throws {
        let directory = try POSIXDirectory(path: scratch.path)
        let names = (0..<1500).map { "\($0)-" + String(repeating: "n", count: $0 % 250) }
        for name in names { _ = try directory.open(name, mode: .create) }
        #expect(try directory.list().sorted() == names.sorted())
    }

    @Test func subdirectories() throws {
        let directory = try POSIXDirectory(path: scratch.path)
        expect(ENOENT, .open) { _ = try directory.subdirectory("log", create: false) }
        _ = try directory.subdirectory("log", create: true).open("x", mode: .create)
        #expect(try directory.subdirectory("log", create: true).list() == ["x"])
        #expect(try directory.subdirectory("log", create: false).path == scratch.path + "/log")
    }

    @Test func whatIsNoRegularFileIsRefused() throws {
        let directory = try POSIXDirectory(path: scratch.path)
        _ = try directory.open("file", mode: .create)
        _ = try directory.subdirectory("folder", create: true)
        #expect(symlink("file", scratch.path + "/link") == 0)
        #expect(symlink("folder", scratch.path + "/folderlink") == 0)
        #expect(mkfifo(scratch.path + "/fifo", 0o600) == 0)
        expect(ELOOP, .open) { _ = try directory.open("link", mode: .read) }
        expect(EINVAL, .open) { _ = try directory.open("fifo", mode: .read) }
        expect(EINVAL, .open) { _ = try directory.open("folder", mode: .read) }
        expect(ENOTDIR, .open) { _ = try directory.subdirectory("folderlink", create: false) }
        expect(ENOENT, .open) { _ = try POSIXDirectory(path: scratch.path + "/none") }
        expect(ENOTDIR, .open) { _ = try POSIXDirectory(path: scratch.path + "/file") }
    }

    @Test func theSecondLearnsWhoHasTheLock() throws {
        let directory = try POSIXDirectory(path: scratch.path)
        var locks = [try directory.lockExclusively()]
        #expect {
            locks.append(try POSIXDirectory(path: scratch.path).lockExclusively())
        } throws: { error in
            guard let error = error as? StorageError else { return false }
            return error.isLockedByOther && error.holder == getpid() && "\(error)".contains("process \(getpid())")
        }
        #expect(locks.count == 1)
        locks = []
        locks = [try directory.lockExclusively()]
    }

    @Test func aLockLeftOverFromACrashIsInNobodysWay() throws {
        let directory = try POSIXDirectory(path: scratch.path)
        let file = try directory.open("lock", mode: .create)
        try Array("4194304999\n".utf8).withUnsafeBytes { try file.write([$0], at: 0) }
        _ = try directory.lockExclusively()
    }
}
