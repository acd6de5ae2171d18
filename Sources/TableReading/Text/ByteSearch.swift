import Glibc

/// Looks for a byte, some gigabytes a second, which going through a slice isn't.
enum ByteSearch {
    /// Where a byte stands first, from a place on; nil where it doesn't.
    static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
        // Bounds: what is looked through lies between `start` and the count.
        guard start >= 0, start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Whether a byte occurs.
    static func holds(_ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool { first(byte, in: bytes) != nil }

    /// Whether a text occurs, byte by byte.
    static func holds(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let wanted = Array(text.utf8)
        guard let head = wanted.first else { return true }
        var start = 0
        while let found = first(head, in: bytes, from: start) {
            if bytes[found...].starts(with: wanted) { return true }
            start = found + 1
        }
        return false
    }
}
