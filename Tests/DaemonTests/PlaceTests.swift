import Glibc
import TestSupport
import Testing

@testable import Daemon

@Suite struct PlaceTests {
    private let scratch = ScratchDirectory()

    private func make(_ names: String...) throws {
        for name in names { try #require(mkdir(scratch.path + "/" + name, 0o700) == 0) }
    }

    private func place(_ name: String) -> Place { Place(scratch.path + "/" + name) }

    @Test func aDirectoryIsInItselfAndInWhatItLiesIn() throws {
        try make("a", "a/b", "a/b/c", "d")
        #expect(place("a/b/c").isIn(place("a")))
        #expect(place("a").isIn(place("a")))
        #expect(!place("a").isIn(place("a/b")))
        #expect(!place("d").isIn(place("a")))
        #expect(place("a").isIn(Place("/")))
    }

    @Test func linksAndDotsDontMatter() throws {
        try make("a", "a/b")
        try #require(symlink("a/b", scratch.path + "/link") == 0)
        #expect(place("link").isIn(place("a")))
        #expect(place("link/../b/./").isIn(place("a/b")))
        #expect(place("a//b").isIn(place("link")))
    }

    @Test func whatIsMissingLiesWhereItIsGoingToBe() throws {
        try make("a")
        #expect(place("a/b/c").isIn(place("a")))
        #expect(place("a/b/c").isIn(place("a/b")))
        #expect(place("a/b/../c").isIn(place("a/c")))
        #expect(!place("a/b/../c").isIn(place("a/b")))
        #expect(!place("a").isIn(place("a/b")))
        #expect(!place("ab").isIn(place("a")))
    }

    private func conflict(
        inbox: String, state: String, socket: String = "run/s", configuration: String? = nil
    ) -> PlaceConflict? {
        var settings = Settings()
        (settings.inbox, settings.state) = (scratch.path + "/" + inbox, scratch.path + "/" + state)
        settings.socket = scratch.path + "/" + socket
        do throws(PlaceConflict) {
            try settings.checkPlaces(configuration: configuration.map { scratch.path + "/" + $0 })
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("same", "same", "run/s"), ("srv", "srv/state", "run/s"), ("state/log", "state", "run/s"),
        ("state/done/in", "state", "run/s"), ("state/quarantine", "state", "run/s"), ("in", "state", "in/s"),
        ("in", "state", "in/deep/s"), ("in", "state", "state/done/s"), ("in", "state", "state/log/s"),
    ])
    func whatWouldBeFedBackIsRefused(_ inbox: String, _ state: String, _ socket: String) throws {
        let found = try #require(conflict(inbox: inbox, state: state, socket: socket))
        #expect("\(found)".contains(scratch.path))
        // It doesn't matter whether they are there.
        try make("same", "srv", "in", "state", "srv/state")
        try make("state/log", "state/done", "state/quarantine", "state/done/in")
        #expect(conflict(inbox: inbox, state: state, socket: socket) == found)
    }

    @Test(arguments: [("in", "state", "run/s"), ("state/in", "state", "state/s"), ("srv/in", "srv/state", "srv/s")])
    func whatKeepsApartIsFine(_ inbox: String, _ state: String, _ socket: String) {
        #expect(conflict(inbox: inbox, state: state, socket: socket) == nil)
    }

    @Test func theConfigurationIsNoDrop() {
        #expect(conflict(inbox: "in", state: "state", configuration: "in/annald.yaml") != nil)
        #expect(conflict(inbox: "etc/in", state: "state", configuration: "etc/annald.yaml") == nil)
    }

    @Test func aLinkIntoTheInboxIsSeen() throws {
        try make("in", "in/hidden")
        try #require(symlink("in/hidden", scratch.path + "/state") == 0)
        #expect(conflict(inbox: "in", state: "state") != nil)
    }

    @Test func whatIsNoDirectoryIsRefused() throws {
        try #require(mknod(scratch.path + "/file", S_IFREG | 0o600, 0) == 0)
        let file = scratch.path + "/file"
        #expect(conflict(inbox: "file", state: "state") == .notADirectory(what: "The inbox", path: file))
        #expect(conflict(inbox: "in", state: "file") == .notADirectory(what: "The state directory", path: file))
        #expect(conflict(inbox: "in", state: "file/state") != nil)
        #expect(conflict(inbox: "in", state: "state", socket: "file/s") != nil)
        #expect(conflict(inbox: "in", state: "state", socket: "nowhere/yet/s") == nil)
    }

    @Test func mountPointsAreToldWithTheirBlanks() {
        #expect(MountPoints.all().contains("/"))
        let line = #"36 35 98:0 /mnt1 /mnt\0402\134x rw,noatime master:1 - ext3 /dev/root rw"#
        #expect(MountPoints.point(of: line) == #"/mnt 2\x"#)
        #expect(MountPoints.point(of: "36 35") == nil)
    }

    @Test func onlyASocketMayStandAtItsPath() throws {
        try make("run", "run/s")
        #expect(conflict(inbox: "in", state: "state") == .notASocket(path: scratch.path + "/run/s"))
    }
}
