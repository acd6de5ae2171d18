import Glibc
import SystemPackage
import Testing

@testable import Inbox

/// What is said of a file that can't be moved leads to what must be done.
struct FilingObstacleTests {
    private let place: TemporaryInbox

    init() throws { place = try TemporaryInbox() }

    /// What is said of `Team X/t.csv`, to a user who is no root; nil where this process can't be one.
    private func words(mode: mode_t, owner: uid_t = 0, group: gid_t = 0) throws -> (cause: String, remedy: String)? {
        try place.makeDirectory("Team X")
        let path = place.inboxPath + "/Team X"
        #expect(chown(path, owner, group) == 0 && chmod(path, mode) == 0)
        #expect(chmod(place.root, 0o755) == 0 && chmod(place.inboxPath, 0o755) == 0)
        let error = InboxError.system(.rename, path: "t.csv", .permissionDenied)
        return try asNobody {
            FilingObstacle(inbox: try place.openInbox(), path: place.inboxPath)
                .words(for: error, file: Array("Team X/t.csv".utf8))
        }
    }

    @Test func aDirectoryOfTheGroupIsMadeWritableForIt() throws {
        // The group stays root's own in the thread that acts as nobody.
        guard let words = try words(mode: 0o2755, owner: 1) else { return }
        let path = place.inboxPath + "/Team X"
        #expect(words.cause == "the directory \(path) isn't writable for the group")
        #expect(words.remedy == "chmod g+w '\(path)'")
    }

    @Test func aDirectoryOfAnotherGroupIsGivenToTheDaemons() throws {
        guard let words = try words(mode: 0o755, owner: 1, group: 12_345) else { return }
        #expect(words.remedy.hasPrefix("chgrp "))
        #expect(words.remedy.hasSuffix("'; chmod g+rwx '\(place.inboxPath)/Team X'"))
    }

    @Test func aStickyDirectoryIsNamed() throws {
        guard let words = try words(mode: 0o1777, owner: 1) else { return }
        #expect(words.remedy == "chmod -t '\(place.inboxPath)/Team X'")
    }

    @Test func aFullDiskIsNamed() throws {
        let error = InboxError.system(.write, path: "done", .noSpace)
        let words = FilingObstacle(inbox: nil, path: "/inbox").words(for: error, file: Array("t".utf8))
        #expect(words.cause.hasPrefix("there is no room"))
    }
}
