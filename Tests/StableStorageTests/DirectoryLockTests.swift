import Glibc
import TestSupport
import Testing

@testable import StableStorage

@Suite struct DirectoryLockTests {
    private let scratch = ScratchDirectory()

    /// Whoever removes the lock's name, or puts another file there, lets nobody in.
    @Test(arguments: [false, true]) func itIsNotLostWithAName(_ isReplaced: Bool) throws {
        let lock = try POSIXDirectory(path: scratch.path).lockExclusively()
        try #require(unlink(scratch.path + "/lock") == 0)
        if isReplaced { try #require(mknod(scratch.path + "/lock", S_IFREG | 0o600, 0) == 0) }
        #expect {
            _ = try POSIXDirectory(path: scratch.path).lockExclusively()
        } throws: { error in
            guard let error = error as? StorageError else { return false }
            return error.isLockedByOther && "\(error)".contains(scratch.path)
        }
        withExtendedLifetime(lock) {}
    }

    /// An earlier version locks the file alone.
    @Test func theFileIsLockedToo() throws {
        let file = open(scratch.path + "/lock", O_RDWR | O_CREAT, 0o600)
        defer { close(file) }
        try #require(flock(file, LOCK_EX | LOCK_NB) == 0)
        #expect(throws: StorageError.self) { _ = try POSIXDirectory(path: scratch.path).lockExclusively() }
    }
}
