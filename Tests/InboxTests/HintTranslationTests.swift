import Glibc
import Testing

@testable import Inbox

/// What no test can make the kernel do at will.
struct HintTranslationTests {
    private var translation = HintTranslation()

    init() { translation.paths = [1: [], 2: Array("sub".utf8)] }

    private func event(_ watch: Int32, _ mask: Int, _ name: String = "") -> InotifyEvent {
        InotifyEvent(watch: watch, mask: UInt32(truncatingIfNeeded: mask), name: Array(name.utf8))
    }

    @Test mutating func anOverflowWantsOneRescan() {
        let overflow = event(-1, Int(IN_Q_OVERFLOW))
        #expect(translation.hints(for: [overflow, overflow]) == [.rescan(.overflow)])
    }

    @Test mutating func theLossOfTheInboxIsTold() {
        #expect(translation.hints(for: [event(1, Int(IN_UNMOUNT))]) == [.lost(.unmounted)])
        #expect(translation.hints(for: [event(1, Int(IN_DELETE_SELF))]) == [.lost(.deleted)])
        #expect(translation.hints(for: [event(1, Int(IN_MOVE_SELF))]) == [.lost(.moved)])
        #expect(translation.hints(for: [event(1, Int(IN_IGNORED))]) == [.lost(.deleted)])
        #expect(translation.paths[1] == nil)
        #expect(translation.hints(for: [event(1, Int(IN_CLOSE_WRITE), "t")]) == [], "nothing is known of it any more")
    }

    @Test mutating func theLossOfASubdirectoryWantsAScan() {
        for mask in [IN_UNMOUNT, IN_DELETE_SELF, IN_MOVE_SELF, IN_IGNORED] {
            translation.paths[2] = Array("sub".utf8)
            #expect(translation.hints(for: [event(2, Int(mask))]) == [.rescan(.directories)])
        }
    }

    @Test mutating func pathsAreJoinedAndRepetitionsDropped() {
        let events = [
            event(2, Int(IN_CREATE), "a"), event(2, Int(IN_ATTRIB), "a"), event(2, Int(IN_CLOSE_WRITE), "a"),
            event(1, Int(IN_MOVED_TO), "b"), event(9, Int(IN_MOVED_TO), "unknown"),
        ]
        let path = Array("sub/a".utf8)
        #expect(translation.hints(for: events) == [.touched(path), .closed(path), .movedIn(Array("b".utf8))])
    }

    @Test func eventsAreReadFromTheKernelsBytes() {
        var bytes: [UInt8] = [3, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0]
        bytes += Array("t.csv".utf8) + [UInt8](repeating: 0, count: 11)
        bytes += [1, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let events = bytes.withUnsafeBytes { InotifyEvent.parse($0) }
        #expect(events == [event(3, Int(IN_MOVED_TO), "t.csv"), event(1, Int(IN_IGNORED))])
        // Cut anywhere, it reads no further than there is.
        for count in 0..<bytes.count {
            #expect(bytes[..<count].withUnsafeBytes { InotifyEvent.parse($0) }.count == (count < 32 ? 0 : 1))
        }
    }

    @Test(arguments: [(0x6969, true), (0xFF53_4D42, true), (0x6573_5546, true), (0xEF53, false), (0x0102_1994, false)])
    func remoteFileSystemsArePolled(magic: UInt64, isPolled: Bool) {
        let mode = WatchMode.forFileSystem(magic: magic)
        #expect((mode != .events) == isPolled)
        #expect(mode.description.hasPrefix(isPolled ? "polling, since the inbox lies on" : "watching"))
    }
}
