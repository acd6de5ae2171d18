import Annals
import Glibc
import Testing

@testable import Inbox

/// Filing from one file system to another: the inbox in the temporary directory, the state in shared memory.
struct CrossDeviceFilingTests {
    private let place: TemporaryInbox?
    private let dataset = DatasetID("net-migration")!

    init() throws {
        var here = stat()
        var there = stat()
        let isPossible =
            stat("/tmp", &here) == 0 && stat("/dev/shm", &there) == 0 && here.st_dev != there.st_dev
            && access("/dev/shm", W_OK) == 0
        if !isPossible { print("skipped: /dev/shm is not another file system here") }
        place = isPossible ? try TemporaryInbox(stateBeneath: "/dev/shm") : nil
    }

    private func fileDone(_ item: FilingItem, in place: TemporaryInbox) throws -> FilingOutcome {
        let filing = try place.filing()
        let outcome = try filing.fileDone(item, dataset: dataset, years: "2011")
        _ = try filing.finish()
        return outcome
    }

    @Test func theFileIsCopiedWithTimesAndMode() throws {
        guard let place else { return }
        let content = String(repeating: "line\n", count: 10_000)
        try place.write(content, to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        #expect(chmod(place.inboxPath + "/t.csv", 0o4644) == 0)
        let times = [timespec(tv_sec: -5, tv_nsec: 7), timespec(tv_sec: -5, tv_nsec: 7)]
        #expect(utimensat(AT_FDCWD, place.inboxPath + "/t.csv", times, 0) == 0)
        let file = try place.claim("t.csv")
        guard case .filed(let path) = try fileDone(FilingItem(file), in: place) else {
            Issue.record("not filed")
            return
        }
        #expect(try place.stored(path) == content)
        #expect(try place.stored(path + DropName.sidecarSuffix) == "s")
        let directory = try place.openState().directory(beneath: RawPath.parent(of: path)!)
        let status = try #require(try directory.status(ofName: RawPath.name(of: path)))
        #expect(status.mtimeNs == file.arrival.mtimeNs && status.mtimeNs == -4_999_999_993)
        #expect(status.permissions == 0o644, "no set-user bit")
        #expect(try place.droppedNames().isEmpty)
        #expect(try directory.names().count == 2, "nothing unfinished is left")
    }

    @Test func anEmptyFileIsCopiedToo() throws {
        guard let place else { return }
        try place.write("", to: "t.csv")
        let filing = try place.filing()
        let outcome = try filing.quarantine(FilingItem(try place.claim("t.csv")), id: "3", reason: [])
        _ = try filing.finish()
        #expect(outcome == .filed(at: Array("quarantine/3/t.csv".utf8)))
        #expect(try place.stored("quarantine/3/t.csv") == "")
    }

    @Test func aCrashBetweenCopyAndRemovalEndsInOneFile() throws {
        guard let place else { return }
        try place.write("x", to: "t.csv")
        let file = try place.claim("t.csv")
        // The copy was finished, the original still stands there: put a second link of it back after filing.
        #expect(link(place.inboxPath + "/t.csv", place.root + "/kept") == 0)
        let item = FilingItem(try place.claim("t.csv"))
        guard case .filed(let path) = try fileDone(item, in: place) else {
            Issue.record("not filed")
            return
        }
        #expect(rename(place.root + "/kept", place.inboxPath + "/t.csv") == 0)
        let restarted = FilingItem(item.source)
        #expect(try fileDone(restarted, in: place) == .alreadyFiled(at: path))
        #expect(try place.droppedNames().isEmpty)
        #expect(try place.openState().directory(beneath: RawPath.parent(of: path)!).names().count == 1)
        _ = file
    }

    @Test func aCrashWhileTheOriginalIsSetAsideLeavesNothing() throws {
        guard let place else { return }
        try place.write("x", to: "t.csv")
        #expect(link(place.inboxPath + "/t.csv", place.root + "/kept") == 0)
        let item = FilingItem(try place.claim("t.csv"))
        guard case .filed(let path) = try fileDone(item, in: place) else {
            Issue.record("not filed")
            return
        }
        #expect(rename(place.root + "/kept", place.inboxPath + "/.filed-\(item.source.identity.inode)") == 0)
        let restarted = FilingItem(item.source)
        #expect(try fileDone(restarted, in: place) == .alreadyFiled(at: path))
        #expect(try place.droppedNames().isEmpty)
    }

    @Test func anUnfinishedCopyOfACrashIsWrittenOver() throws {
        guard let place else { return }
        try place.write("whole", to: "t.csv")
        mkdir(place.statePath + "/quarantine", 0o750)
        mkdir(place.statePath + "/quarantine/3", 0o750)
        let item = FilingItem(try place.claim("t.csv"))
        let unfinished = "quarantine/3/.unfinished-\(item.source.inode)"
        let half = open(place.statePath + "/" + unfinished, O_CREAT | O_WRONLY, 0o600)
        _ = write(half, "wh", 2)
        close(half)
        let filing = try place.filing()
        _ = try filing.quarantine(item, id: "3", reason: [])
        _ = try filing.finish()
        #expect(try place.stored("quarantine/3/t.csv") == "whole")
        #expect(try place.stored(unfinished) == nil)
    }

    @Test func theOriginalStaysUntilTheBatchIsDurable() throws {
        guard let place else { return }
        try place.write("x", to: "t.csv")
        try place.write("s", to: "t.csv.meta.yaml")
        let filing = try place.filing()
        _ = try filing.fileDone(FilingItem(try place.claim("t.csv")), dataset: dataset, years: "2011")
        #expect(place.dropped("t.csv") == "x" && place.dropped("t.csv.meta.yaml") == "s")
        #expect(try filing.finish().replaced == [])
        #expect(place.dropped("t.csv") == nil && place.dropped("t.csv.meta.yaml") == nil)
    }

    @Test func aNewFileUnderTheNameStays() throws {
        guard let place else { return }
        try place.write("old", to: "t.csv")
        let file = try place.claim("t.csv")
        let path = "filed"
        let ending = FilingEnding()
        var move = FileMove(
            source: try place.openInbox(), name: Array("t.csv".utf8), file: FilingItem(file).source,
            descriptor: file.descriptor, bytes: nil, target: try place.openState(),
            names: .only(path), ending: ending)
        // Where it fails, the expectations below do too.
        move.beforeMoving = { try? place.moveIn("new", as: "t.csv") }
        #expect(try move.run() == .moved(Array(path.utf8)))
        #expect(try ending.finish().replaced == [file.source])
        #expect(try place.stored(path) == "old")
        #expect(place.dropped("t.csv") == "new")
    }

    @Test func aCopyOfOtherBytesIsNotKept() throws {
        guard let place else { return }
        try place.write("old", to: "t.csv")
        let file = try place.claim("t.csv")
        let state = try place.openState()
        var expectation = FilingItem(file).source
        expectation.sha256 = .zero
        #expect(try FileCopy(directory: state).write(.descriptor(file.descriptor), expecting: expectation) == nil)
        #expect(try FileCopy(directory: state).write(.bytes(Array("old".utf8)), expecting: expectation) == nil)
        #expect(try state.names().isEmpty)
    }

    /// Neither copied nor read: whoever has the time does it.
    @Test func aLongFileIsLeftToWhoeverHasTheTime() throws {
        guard let place else { return }
        try place.write("12345", to: "t.csv")
        let item = FilingItem(try place.claim("t.csv"))
        let hurried = Filing(
            inbox: try place.openInbox(), state: try place.openState(), copying: Copying(longestByteCount: 4))
        #expect {
            _ = try hurried.fileDone(item, dataset: dataset, years: "2011")
        } throws: { error in
            guard case .takesLong? = error as? InboxError else { return false }
            return true
        }
        #expect(try hurried.finish().replaced.isEmpty)
        #expect(place.dropped("t.csv") == "12345")
        let stopping = Filing(
            inbox: try place.openInbox(), state: try place.openState(), copying: Copying(isStopping: { true }))
        #expect {
            _ = try stopping.fileDone(item, dataset: dataset, years: "2011")
        } throws: { error in
            guard case .interrupted? = error as? InboxError else { return false }
            return true
        }
        let done = try place.openState().directory(beneath: Array("done/net-migration/2011".utf8))
        #expect(try done.names().isEmpty, "nothing half done is left")
        guard case .filed = try fileDone(item, in: place) else {
            Issue.record("not filed")
            return
        }
        #expect(try place.droppedNames().isEmpty)
    }
}
