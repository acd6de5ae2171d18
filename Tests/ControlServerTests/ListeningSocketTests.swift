import Glibc
import Testing

@testable import ControlServer

@Suite final class ListeningSocketTests {
    private let directory = "/tmp/annal-listening-\(UInt64.random(in: 0 ... .max))"
    private var path: String { directory + "/control.sock" }

    init() throws { try #require(mkdir(directory, 0o700) == 0) }

    deinit {
        for name in ["control.sock", "control.sock.lock", "other"] { unlink(directory + "/" + name) }
        rmdir(directory)
    }

    @Test func itIsRemovedAtTheEndWithItsLock() throws {
        let socket = try ListeningSocket(path: path)
        #expect(access(path, F_OK) == 0 && access(path + ".lock", F_OK) == 0)
        socket.remove()
        #expect(access(path, F_OK) != 0 && access(path + ".lock", F_OK) != 0)
        // A second one there is another's.
        let next = try ListeningSocket(path: path)
        socket.remove()
        #expect(access(path, F_OK) == 0)
        withExtendedLifetime(next) {}
    }

    @Test func whatIsNoSocketIsLeftAlone() throws {
        let kinds: [(String) -> CInt] = [
            { mknod($0, S_IFREG | 0o600, 0) }, { mkfifo($0, 0o600) }, { symlink("nowhere", $0) },
        ]
        for make in kinds {
            try #require(make(path) == 0)
            let before = FileIdentity(path)
            #expect(throws: ListeningError.notASocket(path: path)) { try ListeningSocket(path: path) }
            #expect(FileIdentity(path) == before)
            #expect("\(ListeningError.notASocket(path: path))".contains(path))
            unlink(path)
        }
        try #require(mkdir(path, 0o700) == 0)
        #expect(throws: ListeningError.notASocket(path: path)) { try ListeningSocket(path: path) }
        #expect(rmdir(path) == 0)
    }

    @Test func whatIsNoLockIsLeftAlone() throws {
        let lock = path + ".lock"
        let file = try #require(fopen(lock, "w"))
        fputs("mine", file)
        fclose(file)
        #expect(throws: ListeningError.foreignLock(path: lock)) { try ListeningSocket(path: path) }
        #expect(access(lock, F_OK) == 0)
        unlink(lock)
        try #require(mkfifo(lock, 0o600) == 0)
        #expect(throws: ListeningError.foreignLock(path: lock)) { try ListeningSocket(path: path) }
        #expect(access(lock, F_OK) == 0 && access(path, F_OK) != 0)
    }

    @Test func aSocketThatSomebodyListensAtIsTheirs() throws {
        let first = try ListeningSocket(path: path)
        let before = FileIdentity(path)
        #expect(throws: ListeningError.inUse(path: path)) { try ListeningSocket(path: path) }
        // Whoever removes the lock's name doesn't let anybody in.
        unlink(path + ".lock")
        #expect(throws: ListeningError.inUse(path: path)) { try ListeningSocket(path: path) }
        #expect(FileIdentity(path) == before)
        withExtendedLifetime(first) {}
    }

    @Test func oneThatWasRemovedIsBoundAnew() throws {
        let socket = try ListeningSocket(path: path)
        let first = try #require(socket.take())
        defer { close(first) }
        #expect(try !socket.renew() && socket.take() == nil)
        unlink(path)
        unlink(path + ".lock")
        #expect(try socket.renew())
        let second = try #require(socket.take())
        defer { close(second) }
        #expect(access(path + ".lock", F_OK) == 0)
        try RawConnection(path: path).close()
        // Another's is left to them, until it goes.
        unlink(path)
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: ListeningError.notASocket(path: path)) { try socket.renew() }
        unlink(path)
        #expect(try socket.renew())
        socket.remove()
        #expect(access(path, F_OK) != 0 && access(path + ".lock", F_OK) != 0)
    }

    @Test func aDeadOneIsReplaced() throws {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        let address = try #require(UnixAddress(path))
        #expect(address.withPointer { bind(descriptor, $0, $1) } == 0)
        close(descriptor)
        let dead = FileIdentity(path)
        let socket = try ListeningSocket(path: path)
        #expect(FileIdentity(path) != dead || access(path + ".lock", F_OK) == 0)
        let connection = try RawConnection(path: path)
        connection.close()
        withExtendedLifetime(socket) {}
    }

    @Test func onlyWhatWasBoundHereIsRemoved() throws {
        let socket = try ListeningSocket(path: path)
        #expect(rename(path, directory + "/other") == 0)
        try #require(mknod(path, S_IFREG | 0o600, 0) == 0)
        socket.remove()
        #expect(access(path, F_OK) == 0)
    }

    @Test(arguments: [103, 104, 107]) func aPathThatFitsTheAddressIsListenedAt(length: Int) throws {
        let long = directory + "/" + String(repeating: "s", count: length - directory.utf8.count - 1)
        let socket = try ListeningSocket(path: long)
        let connection = try RawConnection(path: long)
        connection.close()
        socket.remove()
        #expect(access(long, F_OK) != 0)
    }

    @Test func aPathThatDoesNotIsRefused() {
        #expect(UnixAddress("/" + String(repeating: "s", count: 106)) != nil)
        #expect(UnixAddress("/" + String(repeating: "s", count: 107)) == nil)
    }
}
