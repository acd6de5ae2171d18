import Glibc
import StableStorage
import TestSupport
import Testing

@testable import Daemon

/// An inbox is one daemon's as long as that one runs.
@Suite struct InboxOwnerTests {
    private let scratch = ScratchDirectory()
    private var inbox: String { scratch.path + "/inbox" }

    private func make(_ name: String) throws -> String {
        let path = scratch.path + "/" + name
        try #require(mkdir(path, 0o700) == 0)
        return path
    }

    private func problem(of state: String) -> String? {
        var owner = InboxOwner(inbox: inbox, state: state)
        owner.check()
        return owner.problem
    }

    @Test func `another daemon is kept out while the first one runs`() throws {
        _ = try make("inbox")
        let (first, second) = (try make("first"), try make("second"))
        var lock: DirectoryLock? = try POSIXDirectory(path: first).lockExclusively()
        #expect(problem(of: first) == nil)
        #expect(problem(of: second)?.contains(first) == true)
        var owner = InboxOwner(inbox: inbox, state: second)
        #expect(throws: InboxOwner.Taken.self) { try owner.take() }
        #expect(problem(of: first) == nil, "the same one, started again")
        lock = nil
        #expect(problem(of: second) == nil, "the first one has ended")
        withExtendedLifetime(lock) {}
    }

    @Test func `a state directory by another path is the same`() throws {
        _ = try make("inbox")
        let state = try make("state")
        try #require(symlink(state, scratch.path + "/link") == 0)
        let lock = try POSIXDirectory(path: state).lockExclusively()
        #expect(problem(of: state) == nil && problem(of: scratch.path + "/link") == nil)
        withExtendedLifetime(lock) {}
    }

    @Test func `an inbox that names nothing that is, or nothing at all, is free`() throws {
        #expect(problem(of: try make("state")) == nil, "there is no inbox")
        _ = try make("inbox")
        let gone = try make("gone")
        #expect(problem(of: gone) == nil)
        rmdir(gone)
        #expect(problem(of: scratch.path + "/state") == nil)
    }
}
