internal import CLinux
internal import Glibc
internal import SystemPackage

/// Wakes a waiting ``Watch`` from any thread.
package final class Waker: Sendable {
    let counter: Descriptor

    /// Makes the counter.
    ///
    /// - Throws: ``InboxError`` where the process has no descriptors left.
    package init() throws(InboxError) {
        let number = annal_event_counter()
        guard number >= 0 else { throw .system(.wake, path: "the inbox", Errno(rawValue: -number)) }
        counter = Descriptor(adopting: number, place: "wake-up counter")
    }

    /// Makes the waiting thread return, now or when it next waits; safe in any thread.
    package func wake() {
        var one: UInt64 = 1
        // It fails only where 2^64 - 1 wake-ups are outstanding, and then the waiting thread wakes anyway.
        _ = write(counter.number, &one, MemoryLayout<UInt64>.size)
    }

    /// Whether somebody called; forgets it.
    func takeWakeUp() -> Bool {
        var count: UInt64 = 0
        return read(counter.number, &count, MemoryLayout<UInt64>.size) == MemoryLayout<UInt64>.size
    }
}
