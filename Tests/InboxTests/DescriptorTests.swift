import Glibc
import SystemPackage
import Testing

@testable import Inbox

struct DescriptorTests {
    private let place: TemporaryInbox

    init() throws { place = try TemporaryInbox() }

    /// Both ways of opening beneath: the system call, and part by part where a sandbox forbids it.
    @Test(arguments: [false, true])
    func nothingLeadsOut(stepByStep: Bool) throws {
        let root = try place.openInbox()
        try place.makeDirectory("sub")
        try place.write("x", to: "sub/t")
        #expect(symlink(place.root, place.inboxPath + "/out") == 0)
        #expect(symlink("t", place.inboxPath + "/sub/link") == 0)
        let open = { (path: String) -> Int32 in
            if stepByStep { return root.openStepByStep(beneath: Array(path.utf8), O_RDONLY) }
            do throws(InboxError) {
                _ = try root.open(beneath: Array(path.utf8), O_RDONLY)
                return 0
            } catch { return -(error.errno?.rawValue ?? 0) }
        }
        #expect(open("sub/t") >= 0)
        #expect([-ELOOP, -ENOTDIR].contains(open("out/inbox/sub/t")))
        #expect(open("sub/link") == -ELOOP)
        #expect(open("../inbox/sub/t") == -EXDEV)
        #expect(open("sub/none") == -ENOENT)
        #expect(open("/etc/passwd") == -EXDEV)
    }

    @Test func itIsClosedWithItsLastHolder() throws {
        var descriptor: Descriptor? = try place.openInbox()
        let number = try #require(descriptor?.number)
        #expect(fcntl(number, F_GETFD) == FD_CLOEXEC)
        let held = descriptor
        descriptor = nil
        #expect(try held?.status().kind == .directory)
    }

    @Test func aMoveNeverReplaces() throws {
        let root = try place.openInbox()
        try place.write("a", to: "a")
        try place.write("b", to: "b")
        let name = { (text: String) in Array(text.utf8) }
        #expect(try root.move(name("a"), to: root, named: name("b")) == .taken)
        #expect(try root.move(name("none"), to: root, named: name("c")) == .gone)
        #expect(try root.move(name("a"), to: root, named: name("c")) == .moved)
        #expect(try place.droppedNames() == ["b", "c"])
        #expect(place.dropped("b") == "b")
    }
}
