import Annals
import Crypto
import Glibc
import SystemPackage
import Testing

@testable import Inbox

struct ClaimTests {
    private let place: TemporaryInbox

    init() throws { place = try TemporaryInbox() }

    private func take(
        _ arrival: Arrival, with claim: Claim = Claim(), wasMovedIn: Bool = false
    ) throws -> ClaimOutcome {
        try claim.take(SettleBook.Ready(arrival: arrival, wasMovedIn: wasMovedIn), beneath: try place.openInbox())
    }

    private func digest(_ bytes: [UInt8]) -> Annals.Digest { Annals.Digest(bytes: SHA256.hash(data: bytes))! }

    @Test(arguments: [0, 1, 1000, 512 << 10, (512 << 10) + 1, 3_000_000])
    func theBytesAndTheirDigestAreRead(size: Int) throws {
        let text = String(repeating: "01;Østfold;550\n", count: size / 15 + 1).prefix(size)
        try place.write(String(text), to: "t.csv")
        let file = try place.claim("t.csv")
        #expect(file.bytes() == Array(text.utf8))
        if case .onDisk = file.content { #expect(size > ClaimLimits().heldBytes) } else { #expect(size <= 1 << 20) }
        #expect(file.sha256 == digest(Array(text.utf8)))
        #expect(file.sidecar == nil && file.leaseFailure == nil)
        #expect(try file.descriptor.status().identity == file.arrival.identity)
    }

    @Test func aWriterThatHasItOpenIsNoticed() throws {
        try place.write("x", to: "t")
        let arrival = try place.arrival("t")
        let writer = open(place.inboxPath + "/t", O_WRONLY)
        guard case .beingWritten = try take(arrival) else {
            Issue.record("claimed under a writer")
            return
        }
        close(writer)
        guard case .claimed = try take(arrival) else {
            Issue.record("not claimed after the writer left")
            return
        }
    }

    @Test func theLeaseIsGivenBack() throws {
        try place.write("x", to: "t")
        let file = try place.claim("t")
        let writer = open(place.inboxPath + "/t", O_WRONLY | O_NONBLOCK)
        #expect(writer >= 0, "a held lease would make this fail: errno \(errno)")
        close(writer)
        _ = file
    }

    @Test func whatChangedSinceItWasSeenIsNotTaken() throws {
        try place.write("one", to: "t")
        let arrival = try place.arrival("t")
        try place.append("more", to: "t")
        guard case .changed = try take(arrival) else {
            Issue.record("the file had grown")
            return
        }
        try place.moveIn("two", as: "t")
        guard case .changed = try take(arrival) else {
            Issue.record("another file stood there")
            return
        }
        unlink(place.inboxPath + "/t")
        guard case .gone = try take(arrival) else {
            Issue.record("no file stood there")
            return
        }
    }

    @Test(arguments: ["append", "cut", "replace"])
    func whatChangesWhileItIsReadIsNotTaken(how: String) throws {
        try place.write(String(repeating: "line\n", count: 300_000), to: "t")
        let arrival = try place.arrival("t")
        let path = place.inboxPath + "/t"
        let pieces = Counter()
        // Asked before each piece: a place to change the file in the middle of the reading.
        let claim = Claim(isStopping: {
            if pieces.next() == 2 {
                switch how {
                case "append":
                    let writer = open(path, O_WRONLY | O_APPEND)
                    _ = Glibc.write(writer, "more", 4)
                    close(writer)
                case "cut": truncate(path, 700_000)
                default: unlink(path)
                }
            }
            return false
        })
        let outcome = try take(arrival, with: claim)
        guard case .changed = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func aLeaseThatCanNotBeHadNeedsTime() throws {
        try place.write("x", to: "t")
        var claim = Claim()
        claim.probeLease = { _ in EACCES }
        guard case .needsTime(.permissionDenied) = try take(place.arrival("t"), with: claim, wasMovedIn: true) else {
            Issue.record("taken without a lease and without time")
            return
        }
        guard case .claimed(let file) = try take(place.arrival("t"), with: claim) else {
            Issue.record("the settle time was not enough")
            return
        }
        #expect(file.leaseFailure == .permissionDenied)
    }

    @Test func whatIsNoFileStaysInTheInbox() throws {
        try place.write("x", to: "t")
        let arrival = try place.arrival("t")
        for make in ["link", "fifo", "directory"] {
            unlink(place.inboxPath + "/t")
            switch make {
            case "link": #expect(symlink("/etc/passwd", place.inboxPath + "/t") == 0)
            case "fifo": #expect(mkfifo(place.inboxPath + "/t", 0o660) == 0)
            default: #expect(mkdir(place.inboxPath + "/t", 0o770) == 0)
            }
            let outcome = try take(arrival)
            guard case .refused(let refusal) = outcome else {
                Issue.record("\(make): \(outcome)")
                continue
            }
            #expect(refusal.reason.message == "Only regular files are taken")
        }
    }

    @Test func noLinkLeadsOutOfTheInbox() throws {
        try place.makeDirectory("sub")
        try place.write("x", to: "sub/t")
        let arrival = try place.arrival("sub/t")
        #expect(rename(place.inboxPath + "/sub", place.root + "/moved") == 0)
        #expect(symlink(place.root + "/moved", place.inboxPath + "/sub") == 0)
        guard case .refused = try take(arrival) else {
            Issue.record("followed a link")
            return
        }
    }

    @Test func aFileThatCanNotBeReadStaysInTheInbox() throws {
        try place.write("x", to: "t")
        #expect(chmod(place.inboxPath + "/t", 0o600) == 0)
        #expect(chmod(place.root, 0o755) == 0 && chmod(place.inboxPath, 0o755) == 0)
        let arrival = try place.arrival("t")
        guard let outcome = try asNobody({ try take(arrival) }) else {
            print("skipped: only root can become a user who may not read the file; the system test covers it")
            return
        }
        guard case .refused(let refusal) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(refusal.reason == Scanner.unreadableFile)
    }

    /// By its size alone: were it read, this one would take minutes.
    @Test func aFileOverTheLimitIsRefusedUnread() throws {
        try place.write("1", to: "t")
        #expect(truncate(place.inboxPath + "/t", 1 << 40) == 0)
        let ready = SettleBook.Ready(arrival: try place.arrival("t"), wasMovedIn: false)
        let claim = Claim(limits: ClaimLimits(fileBytes: 10))
        guard case .refused(let refusal) = try claim.take(ready, beneath: place.openInbox()) else {
            Issue.record("taken")
            return
        }
        #expect(refusal.reason.message == "The file is larger than 10 bytes, and isn't read")
        #expect(refusal.reason.found == "1024 GiB")
        #expect(refusal.reason.remedy?.contains("file_bytes") == true)
    }

    @Test func aLineOverTheLimitIsRefusedWithItsNumber() throws {
        let text = "a\nbb\n" + String(repeating: "x", count: 2000) + "\n"
        try place.write(text, to: "t")
        let file = try place.claim("t", limits: ClaimLimits(lineBytes: 1024))
        guard case .refused(let reason) = file.content else {
            Issue.record("taken")
            return
        }
        #expect(reason.line == 3)
        #expect(reason.message == "A line is longer than 1 KiB")
        #expect(file.sha256 == digest(Array(text.utf8)))
    }

    @Test func aGigabyteOfOneLineIsRefusedInFlatMemory() throws {
        // Sparse: no disk is used, and every byte is read all the same.
        let path = place.inboxPath + "/huge"
        let size = 256 << 20
        close(open(path, O_WRONLY | O_CREAT, 0o660))
        #expect(truncate(path, size) == 0)
        let before = residentBytes()
        let file = try place.claim("huge", limits: ClaimLimits(lineBytes: 4 << 20))
        guard case .refused(let reason) = file.content else {
            Issue.record("taken")
            return
        }
        #expect(reason.line == 1)
        // Generous, since tests run side by side; holding the file would be 256 MiB.
        #expect(residentBytes() - before < 128 << 20)
    }

    @Test func aStoppingDaemonDoesNotReadToTheEnd() throws {
        try place.write(String(repeating: "line\n", count: 300_000), to: "t")
        let pieces = Counter()
        guard case .interrupted = try take(place.arrival("t"), with: Claim(isStopping: { pieces.next() > 1 })) else {
            Issue.record("read on")
            return
        }
    }

    @Test func theSidecarComesAlong() throws {
        try place.write("x", to: "t.csv")
        try place.write("kind: correction\n", to: "t.csv.meta.yaml")
        let sidecar = try #require(try place.claim("t.csv").sidecar)
        #expect(sidecar.bytes == Array("kind: correction\n".utf8))
        #expect(sidecar.sha256 == digest(sidecar.bytes))
        #expect(sidecar.name == Array("t.csv.meta.yaml".utf8))
    }

    @Test func aSidecarThatCanNotBeUsedRefusesTheDrop() throws {
        try place.write("x", to: "t.csv")
        try place.write(String(repeating: "#", count: 100), to: "t.csv.meta.yaml")
        var limits = ClaimLimits()
        limits.sidecarBytes = 64
        guard case .refused(let reason) = try place.claim("t.csv", limits: limits).content else {
            Issue.record("taken without its sidecar")
            return
        }
        #expect(reason.message == "The sidecar t.csv.meta.yaml can't be used: it is larger than 64 bytes")
        unlink(place.inboxPath + "/t.csv.meta.yaml")
        #expect(symlink("/etc/passwd", place.inboxPath + "/t.csv.meta.yaml") == 0)
        guard case .refused = try place.claim("t.csv").content else {
            Issue.record("followed a link")
            return
        }
    }

    /// A sidecar of any size is refused by it, and the first sight of it counts, whatever its change time is by now.
    @Test func aSidecarIsNotReadBeyondItsLimitAndIsAsOldAsItWasFirstSeen() throws {
        try place.write("x", to: "t.csv")
        try place.write("#", to: "t.csv.meta.yaml")
        let arrival = try place.arrival("t.csv")
        var seen = try place.sidecar("t.csv.meta.yaml")
        seen.ctimeNs = 7
        let ready = SettleBook.Ready(arrival: arrival, wasMovedIn: false, sidecar: seen)
        guard case .claimed(let file) = try Claim().take(ready, beneath: place.openInbox()) else {
            Issue.record("not taken")
            return
        }
        #expect(file.sidecar?.sinceNs == 7)
        #expect(file.source.sidecar == file.sidecar?.sha256)
        #expect(truncate(place.inboxPath + "/t.csv.meta.yaml", 1 << 40) == 0)
        guard case .refused = try place.claim("t.csv").content else {
            Issue.record("taken")
            return
        }
    }

    @Test func aSidecarInOtherLettersIsTakenAlongUnlessThereIsOneInSmallOnes() throws {
        try place.write("x", to: "T.CSV")
        try place.write("kind: method\n", to: "T.CSV.META.YAML")
        let ready = SettleBook.Ready(
            arrival: try place.arrival("T.CSV"), wasMovedIn: false, sidecar: try place.sidecar("T.CSV.META.YAML"))
        func sidecar() throws -> ClaimedSidecar? {
            guard case .claimed(let file) = try Claim().take(ready, beneath: place.openInbox()) else { return nil }
            return file.sidecar
        }
        #expect(try sidecar()?.name == Array("T.CSV.META.YAML".utf8))
        try place.write("kind: reprint\n", to: "T.CSV.meta.yaml")
        #expect(try sidecar()?.bytes == Array("kind: reprint\n".utf8))
    }

    @Test func aSidecarThatIsBeingWrittenIsWaitedFor() throws {
        try place.write("x", to: "t.csv")
        let writer = open(place.inboxPath + "/t.csv.meta.yaml", O_WRONLY | O_CREAT, 0o660)
        defer { close(writer) }
        guard case .beingWritten = try take(place.arrival("t.csv")) else {
            Issue.record("taken with half a sidecar")
            return
        }
    }

    @Test func aNameWithoutRoomForASidecarHasNone() throws {
        let name = [UInt8](repeating: 0x61, count: 255)
        try place.write("x", toRaw: name)
        #expect(try place.claim(String(decoding: name, as: UTF8.self)).sidecar == nil)
    }
}

/// Counts calls from a sendable function.
final class Counter: @unchecked Sendable {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}

/// What the process holds in memory.
private func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    fgets(&line, 256, file)
    let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        .split(separator: " ")
    return (Int(fields[1]) ?? 0) * Int(getpagesize())
}
