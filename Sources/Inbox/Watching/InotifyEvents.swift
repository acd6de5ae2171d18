internal import Glibc

/// One event as inotify(7) reports it.
struct InotifyEvent: Hashable {
    /// Which watch; -1 for an overflow.
    var watch: Int32
    var mask: UInt32
    /// The raw name within the watched directory; empty where the directory itself is meant.
    var name: [UInt8]

    func has(_ flag: UInt32) -> Bool { mask & flag != 0 }

    var isDirectory: Bool { has(UInt32(IN_ISDIR)) }

    /// Reads the events that one read(2) put into a buffer.
    ///
    /// The kernel never splits an event; a cut one at the end would be its bug and is dropped.
    static func parse(_ buffer: UnsafeRawBufferPointer) -> [InotifyEvent] {
        // struct inotify_event: int wd; uint32_t mask, cookie, len; char name[len], padded with NULs.
        let header = 16
        var events: [InotifyEvent] = []
        var offset = 0
        while offset + header <= buffer.count {
            let length = Int(buffer.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
            guard offset + header + length <= buffer.count else { break }
            let name = buffer[(offset + header)..<(offset + header + length)].prefix { $0 != 0 }
            events.append(
                InotifyEvent(
                    watch: buffer.loadUnaligned(fromByteOffset: offset, as: Int32.self),
                    mask: buffer.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self), name: Array(name)))
            offset += header + length
        }
        return events
    }
}
