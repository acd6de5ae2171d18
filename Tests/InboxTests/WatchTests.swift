import Glibc
import Testing

@testable import Inbox

struct WatchTests {
    private let place: TemporaryInbox
    private let watch: Watch
    private let waker: Waker

    init() throws {
        place = try TemporaryInbox()
        waker = try Waker()
        watch = try Watch(try place.openInbox(), waker: waker)
        try cover()
    }

    private func cover() throws {
        let watch = watch
        watch.beginCovering()
        _ = try Scanner().scan(try place.openInbox()) { path, directory in watch.cover(path, directory) }
        watch.endCovering()
    }

    /// Hints until a wanted one came, or five seconds have passed.
    private func hints(until wanted: Hint) -> [Hint] {
        let deadlineNs = MonotonicClock.nowNs() + 5_000_000_000
        var all: [Hint] = []
        while !all.contains(wanted), MonotonicClock.nowNs() < deadlineNs { all += watch.wait(untilNs: deadlineNs) }
        #expect(all.contains(wanted), "\(wanted) did not come, but \(all)")
        return all
    }

    private func raw(_ path: String) -> [UInt8] { Array(path.utf8) }

    @Test func aRenameIntoPlaceIsMovedIn() throws {
        try place.moveIn("x", as: "t.csv")
        #expect(hints(until: .movedIn(raw("t.csv"))) == [.movedIn(raw("t.csv"))])
    }

    @Test func aFileWrittenInPlaceIsClosed() throws {
        try place.write("x", to: "t.csv")
        let all = hints(until: .closed(raw("t.csv")))
        #expect(all == [.touched(raw("t.csv")), .closed(raw("t.csv"))])
    }

    @Test func namesThatAreNoDropsRaiseNoHint() throws {
        try place.write("x", to: ".t.csv.part")
        try place.write("x", to: "t.csv~")
        try place.write("x", to: "t.csv")
        #expect(hints(until: .closed(raw("t.csv"))).count == 2)
    }

    @Test func aNewDirectoryWantsAScanAndIsWatchedThen() throws {
        try place.makeDirectory("sub")
        _ = hints(until: .rescan(.directories))
        try cover()
        try place.moveIn("x", as: "sub/t.csv")
        _ = hints(until: .movedIn(raw("sub/t.csv")))
        #expect(rename(place.inboxPath + "/sub", place.inboxPath + "/renamed") == 0)
        _ = hints(until: .rescan(.directories))
        try cover()
        try place.moveIn("x", as: "renamed/u.csv")
        _ = hints(until: .movedIn(raw("renamed/u.csv")))
    }

    @Test func aDirectoryThatIsMovedAwayIsWatchedNoMore() throws {
        try place.makeDirectory("sub")
        _ = hints(until: .rescan(.directories))
        try cover()
        #expect(rename(place.inboxPath + "/sub", place.root + "/elsewhere") == 0)
        _ = hints(until: .rescan(.directories))
        try cover()
        #expect(rename(place.root, place.root + "-renamed") == 0)
        #expect(rename(place.root + "-renamed", place.root) == 0)
        let descriptor = open(place.root + "/elsewhere/t.csv", O_WRONLY | O_CREAT, 0o660)
        close(descriptor)
        #expect(watch.wait(untilNs: MonotonicClock.nowNs() + 50_000_000) == [])
    }

    @Test func aSidecarIsAHintToLook() throws {
        try place.write("x", to: "t.csv.meta.yaml")
        _ = hints(until: .closed(raw("t.csv.meta.yaml")))
    }

    @Test func removalAndPermissionsAreHintsToLook() throws {
        try place.moveIn("x", as: "t.csv")
        _ = hints(until: .movedIn(raw("t.csv")))
        chmod(place.inboxPath + "/t.csv", 0o600)
        _ = hints(until: .touched(raw("t.csv")))
        unlink(place.inboxPath + "/t.csv")
        _ = hints(until: .touched(raw("t.csv")))
    }

    @Test func aDeletedInboxIsLost() throws {
        #expect(rmdir(place.inboxPath) == 0)
        _ = hints(until: .lost(.deleted))
    }

    @Test func aMovedInboxIsLost() throws {
        #expect(rename(place.inboxPath, place.root + "/elsewhere") == 0)
        _ = hints(until: .lost(.moved))
    }

    @Test func itCanBeWokenFromAnotherThread() throws {
        let waker = waker
        let thread = Worker { waker.wake() }
        #expect(watch.wait(untilNs: MonotonicClock.nowNs() + 5_000_000_000) == [.woken])
        thread.join()
        #expect(watch.wait(untilNs: MonotonicClock.nowNs() + 1_000_000) == [])
    }

    @Test func itWaitsNoLongerThanTold() {
        let start = MonotonicClock.nowNs()
        #expect(watch.wait(untilNs: start + 20_000_000) == [])
        #expect(MonotonicClock.nowNs() - start >= 20_000_000)
        #expect(watch.wait(untilNs: start) == [])
    }

    @Test func rawNamesComeThrough() throws {
        let name: [UInt8] = [0x61, 0x0A, 0x1B, 0xFF]
        try place.write("x", toRaw: name)
        _ = hints(until: .closed(name))
    }
}

/// A thread that can be waited for.
final class Worker {
    private var thread = pthread_t()
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
        let argument = Unmanaged.passRetained(self).toOpaque()
        pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<Worker>.fromOpaque(argument!).takeRetainedValue().body()
                return nil
            }, argument)
    }

    func join() { pthread_join(thread, nil) }
}
