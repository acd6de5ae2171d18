internal import Annals
internal import Glibc
package import SystemPackage
internal import TableReading

/// Reads a file by its descriptor, from its start, whatever its offset.
package enum FileBytes {
    /// The fewest bytes that are worth a thread; most of reading is copying.
    private static let threadBytes = 4 << 20

    /// Up to so many bytes, fewer where it ends before.
    ///
    /// - Parameters:
    ///   - number: The descriptor.
    ///   - limit: How many bytes at most.
    ///   - threads: How many read a part of a large file each, side by side.
    /// - Returns: What was there.
    /// - Throws: The error of `pread`.
    package static func read(_ number: Int32, count limit: Int, threads: Int = 1) throws(Errno) -> [UInt8] {
        let parts = max(1, min(threads, limit / threadBytes))
        var (counts, errors) = ([Int](repeating: 0, count: parts), [Int32](repeating: 0, count: parts))
        func start(_ part: Int) -> Int { part < parts ? limit / parts * part : limit }
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            buffer.askForLargePages()
            counts.withUnsafeMutableBufferPointer { counts in
                errors.withUnsafeMutableBufferPointer { errors in
                    // Each thread has a part of the buffer, and places of its own for what became of it.
                    Threads.run(parts) { part in
                        let place = UnsafeMutableBufferPointer(rebasing: buffer[start(part)..<start(part + 1)])
                        (counts[part], errors[part]) = fill(
                            UnsafeMutableRawBufferPointer(place), from: start(part), of: number)
                    }
                }
            }
            // Bytes behind the first part that isn't whole have a gap before them.
            for part in 0..<parts {
                count += counts[part]
                if start(part) + counts[part] < start(part + 1) { break }
            }
        }
        if let error = errors.first(where: { $0 != 0 }) { throw Errno(rawValue: error) }
        return bytes
    }

    /// How many bytes there were, and the error that ended it, or 0.
    private static func fill(
        _ buffer: UnsafeMutableRawBufferPointer, from offset: Int, of number: Int32
    ) -> (count: Int, error: Int32) {
        var count = 0
        while count < buffer.count {
            // Never more than what is left of the buffer.
            let got = pread(number, buffer.baseAddress! + count, buffer.count - count, off_t(offset + count))
            if got < 0, errno == EINTR { continue }
            if got < 0 { return (count, errno) }
            if got == 0 { break }
            count += got
        }
        return (count, 0)
    }

    /// What stands in a pipe that doesn't wait, at most so many bytes.
    static func readPipe(_ number: Int32, count limit: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < buffer.count {
                let got = Glibc.read(number, buffer.baseAddress! + count, buffer.count - count)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                count += got
            }
        }
    }
}
