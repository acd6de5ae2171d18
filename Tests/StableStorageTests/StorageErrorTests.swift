import Glibc
import StableStorage
import Testing

@Suite struct StorageErrorTests {
    @Test(arguments: [
        (
            StorageError(.write, path: "/log/1", offset: 512, code: ENOSPC),
            "Can't write /log/1 at byte 512: No space left on device. Make room on that file system."
        ),
        (
            StorageError(.open, path: "/log", code: EACCES),
            "Can't open /log: Permission denied. Give the daemon's user access to it."
        ),
        (
            StorageError(.list, path: "/log", code: ENOTDIR), "Can't list the directory /log: Not a directory."
        ),
        (
            StorageError(.create, path: "/log/2", code: EROFS),
            "Can't create /log/2: Read-only file system. The file system is mounted read-only; the kernel log may say why."
        ),
        (
            StorageError(.lock, path: "/state/lock", code: EWOULDBLOCK, holder: 12),
            "/state/lock is locked by process 12: one instance a directory. Stop that one first, or use another directory."
        ),
    ])
    func readsAsASentence(error: StorageError, sentence: String) {
        #expect("\(error)" == sentence)
    }

    @Test func lackOfRoomIsAFullDiskOrAQuota() {
        #expect(StorageError(.allocate, path: "", code: ENOSPC).isLackOfRoom)
        #expect(StorageError(.allocate, path: "", code: EDQUOT).isLackOfRoom)
        #expect(!StorageError(.allocate, path: "", code: EIO).isLackOfRoom)
    }
}
