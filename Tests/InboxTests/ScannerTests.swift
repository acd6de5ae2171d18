import Annals
import Glibc
import Testing

@testable import Inbox

struct ScannerTests {
    private let place: TemporaryInbox

    init() throws { place = try TemporaryInbox() }

    private func scan(_ scanner: Scanner = Scanner()) throws -> Scan { try scanner.scan(try place.openInbox()) }

    @Test func filesAreArrivalsWithTheirIdentity() throws {
        try place.write("a,b\n1,2\n", to: "b.csv")
        try place.write("", to: "a.csv")
        let scan = try scan()
        #expect(scan.arrivals.map { EscapedName.text($0.path) } == ["a.csv", "b.csv"])
        #expect(scan.refusals.isEmpty)
        var status = stat()
        #expect(stat(place.inboxPath + "/b.csv", &status) == 0)
        let arrival = scan.arrivals[1]
        #expect(arrival.inode == UInt64(status.st_ino) && arrival.device == UInt64(status.st_dev))
        #expect(arrival.size == 8 && arrival.linkCount == 1)
        #expect(arrival.mtimeNs == Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
        #expect(arrival.isUnchanged(in: FileStatus(status)))
    }

    @Test func sidecarsAreNoDropsAndAreSeen() throws {
        try place.makeDirectory("sub")
        for name in ["t.csv.meta.yaml", "sub/u.csv.META.YAML"] { try place.write("x", to: name) }
        #expect(symlink("t.csv.meta.yaml", place.inboxPath + "/link.meta.yaml") == 0)
        #expect(mkfifo(place.inboxPath + "/fifo.meta.yaml", 0o660) == 0)
        try place.makeDirectory("v.csv.meta.yaml")
        let scan = try scan()
        #expect(scan.arrivals.isEmpty)
        #expect(scan.refusals.map(\.reason.found) == ["a FIFO", "a symbolic link", "a directory"])
        #expect(scan.sidecars.map { EscapedName.text($0.path) } == ["sub/u.csv.META.YAML", "t.csv.meta.yaml"])
        let path = Array("t.csv.meta.yaml".utf8)
        #expect(try Scanner().look(at: path, beneath: place.openInbox()) == .sidecar(scan.sidecars[1]))
    }

    @Test func whatIsNoDropIsPassedOver() throws {
        for name in [".hidden", "t~", "t.part", ".t.csv.meta.yaml", "t.TMP"] { try place.write("x", to: name) }
        try place.makeDirectory(".rsync")
        try place.write("x", to: ".rsync/t.csv")
        try place.makeDirectory("lost+found")
        try place.write("x", to: "lost+found/t.csv")
        #expect(try scan() == Scan())
    }

    @Test func whatCanNotBeADropIsRefusedWithAReason() throws {
        try place.write("x", to: "real")
        #expect(symlink("real", place.inboxPath + "/link") == 0)
        #expect(symlink("/etc", place.inboxPath + "/link-to-directory") == 0)
        #expect(mkfifo(place.inboxPath + "/fifo", 0o660) == 0)
        let socket = try BoundSocket(path: place.inboxPath + "/socket")
        defer { _ = socket }
        let scan = try scan()
        #expect(scan.arrivals.map { EscapedName.text($0.path) } == ["real"])
        #expect(scan.refusals.map { EscapedName.text($0.path) } == ["fifo", "link", "link-to-directory", "socket"])
        #expect(
            scan.refusals.map(\.reason.found) == ["a FIFO", "a symbolic link", "a symbolic link", "a socket"])
        #expect(scan.refusals.allSatisfy { $0.reason.remedy != nil })
    }

    @Test func rawNamesSurvive() throws {
        let names: [[UInt8]] = [
            Array("two\nlines".utf8), Array("\u{1B}[31mred".utf8), [0x61, 0xFF, 0xFE],
            [UInt8](repeating: 0x78, count: 255),
        ]
        for name in names { try place.write("x", toRaw: name) }
        #expect(Set(try scan().arrivals.map(\.path)) == Set(names))
    }

    @Test func directoriesAreEnteredToTheLimit() throws {
        try place.makeDirectory("a")
        try place.makeDirectory("a/b")
        try place.makeDirectory("a/b/c")
        for name in ["1", "a/2", "a/b/3", "a/b/c/4"] { try place.write("x", to: name) }
        let scan = try scan(Scanner(maximumDepth: 2))
        #expect(scan.arrivals.map { EscapedName.text($0.path) } == ["1", "a/2", "a/b/3"])
        #expect(scan.refusals.map { EscapedName.text($0.path) } == ["a/b/c"])
    }

    @Test func directoriesAreAnnouncedBeforeTheyAreRead() throws {
        try place.makeDirectory("a")
        var entered: [String] = []
        let scan = try Scanner().scan(try place.openInbox()) { path, directory in
            entered.append(EscapedName.text(path))
            // What appears now must be found: a watch set here would have told of what comes later.
            let descriptor = openat(directory.number, "late-\(entered.count)", O_CREAT | O_WRONLY, 0o600)
            #expect(descriptor >= 0)
            close(descriptor)
        }
        #expect(entered == ["", "a"])
        #expect(scan.arrivals.map { EscapedName.text($0.path) } == ["a/late-2", "late-1"])
    }

    @Test func aFileThatCanNotBeReadIsRefusedUntilItCan() throws {
        try place.write("x", to: "secret")
        #expect(chmod(place.inboxPath + "/secret", 0o600) == 0)
        #expect(chmod(place.root, 0o755) == 0 && chmod(place.inboxPath, 0o755) == 0)
        guard let scan = try asNobody({ try scan() }) else {
            print("skipped: only root can become a user who may not read the file; the system test covers it")
            return
        }
        #expect(scan.arrivals.isEmpty)
        #expect(scan.refusals == [Refusal(path: Array("secret".utf8), reason: Scanner.unreadableFile)])
        #expect(chmod(place.inboxPath + "/secret", 0o644) == 0)
        #expect(try asNobody { try self.scan() }?.arrivals.count == 1)
    }

    @Test func aDirectoryThatCanNotBeReadIsRefused() throws {
        try place.makeDirectory("closed")
        #expect(chmod(place.inboxPath + "/closed", 0o700) == 0)
        #expect(chmod(place.root, 0o755) == 0 && chmod(place.inboxPath, 0o755) == 0)
        guard let scan = try asNobody({ try scan() }) else {
            print("skipped: only root can become a user who may not read the directory")
            return
        }
        #expect(scan.refusals.map { EscapedName.text($0.path) } == ["closed"])
        #expect(scan.refusals.first?.reason.message.contains("Permission denied") == true)
    }

    @Test func oneLookSaysWhatStandsThere() throws {
        try place.makeDirectory("sub")
        try place.write("x", to: "sub/t.csv")
        let root = try place.openInbox()
        let look = { (path: String) in try Scanner().look(at: Array(path.utf8), beneath: root) }
        #expect(try look("sub") == .directory)
        #expect(try look("sub/t.csv") == .arrival(place.arrival("sub/t.csv")))
        #expect(try look("sub/none") == .nothing)
        #expect(try look("none/t.csv") == .nothing)
        #expect(try look("sub/t.csv/below") == .nothing)
        #expect(try look(".hidden/t.csv") == .nothing)
    }

    @Test func aLookFollowsNoLinkOutOfTheInbox() throws {
        #expect(mkdir(place.root + "/outside", 0o770) == 0)
        #expect(symlink(place.root + "/outside", place.inboxPath + "/way-out") == 0)
        #expect(throws: InboxError.self) {
            try Scanner().look(at: Array("way-out/t.csv".utf8), beneath: try place.openInbox())
        }
    }

    @Test func anInboxThatIsGoneIsAnErrorInWords() throws {
        let gone = InboxDirectory(path: place.root + "/none")
        let error = #expect(throws: InboxError.self) { try gone.open() }
        #expect(
            error?.description
                == "Can't open the directory \(place.root)/none: No such file or directory (errno 2)")
        #expect(gone.identity() == nil)
        #expect(try place.inbox.identity() == place.openInbox().status().identity)
    }
}

/// A socket that stands at a path.
private final class BoundSocket {
    private let descriptor: Int32

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0, "bind: errno \(errno)")
    }

    deinit { close(descriptor) }
}
