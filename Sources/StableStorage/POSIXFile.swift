import CLinux
import Glibc

/// A file of the operating system.
package final class POSIXFile: File {
    package let path: String
    private let descriptor: Int32

    /// Owns the descriptor from here on.
    init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        // What counts was synced before; close can add no news that somebody could act on.
        close(descriptor)
    }

    package func size() throws(StorageError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StorageError(.measure, path: path, code: errno) }
        return Int(status.st_size)
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            let count = pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw StorageError(.read, path: path, offset: offset + done, code: errno)
            }
            done += count
        }
        return done
    }

    package func write(_ pieces: [UnsafeRawBufferPointer], at offset: Int) throws(StorageError) {
        var vectors = ArraySlice(
            pieces.lazy.filter { !$0.isEmpty }.map {
                // The call only reads; the C structure knows no constant pointer.
                iovec(iov_base: UnsafeMutableRawPointer(mutating: $0.baseAddress), iov_len: $0.count)
            })
        var position = offset
        while !vectors.isEmpty {
            // 1024 is IOV_MAX, the most that one call takes.
            let count = Array(vectors.prefix(1024)).withUnsafeBufferPointer {
                pwritev(descriptor, $0.baseAddress, Int32($0.count), off_t(position))
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw StorageError(.write, path: path, offset: position, code: errno)
            }
            // A write of something that takes nothing and says nothing would loop for ever.
            guard count > 0 else { throw StorageError(.write, path: path, offset: position, code: EIO) }
            position += count
            Self.drop(count, from: &vectors)
        }
    }

    package func sync() throws(StorageError) {
        while fdatasync(descriptor) != 0 {
            // Interrupted means not begun; every other failure is final and never asked for again.
            guard errno == EINTR else { throw StorageError(.sync, path: path, code: errno) }
        }
    }

    package func reserve(upTo end: Int, zeroedFrom: Int) throws(StorageError) {
        let size = try size()
        guard end > size else { return }
        let isAllocated = try allocate(from: size, to: end)
        // Without an allocation by the file system, zeros that were written are the only promise of room.
        do {
            try writeZeros(from: isAllocated ? max(size, zeroedFrom) : size, to: end)
        } catch {
            throw StorageError(.allocate, path: path, offset: error.offset, code: error.code)
        }
    }

    package func isLinked() throws(StorageError) -> Bool {
        let count = annal_link_count(descriptor)
        guard count >= 0 else { throw StorageError(.measure, path: path, code: Int32(-count)) }
        return count > 0
    }

    package func truncate(to size: Int) throws(StorageError) {
        while ftruncate(descriptor, off_t(size)) != 0 {
            guard errno == EINTR else { throw StorageError(.truncate, path: path, offset: size, code: errno) }
        }
    }

    /// False where the file system can't allocate ahead.
    private func allocate(from start: Int, to end: Int) throws(StorageError) -> Bool {
        while true {
            let failure = -annal_fallocate(descriptor, Int64(start), Int64(end - start))
            if failure == 0 { return true }
            if failure == EOPNOTSUPP || failure == ENOSYS { return false }
            guard failure == EINTR else { throw StorageError(.allocate, path: path, offset: start, code: failure) }
        }
    }

    private func writeZeros(from start: Int, to end: Int) throws(StorageError) {
        var position = start
        while position < end {
            let count = min(end - position, Self.zeros.count)
            try Self.zeros.span.bytes.withUnsafeBytes { (zeros) throws(StorageError) in
                try write([UnsafeRawBufferPointer(rebasing: zeros[..<count])], at: position)
            }
            position += count
        }
    }

    private static let zeros = [UInt8](repeating: 0, count: 256 << 10)

    /// Takes the bytes that were written off the front.
    private static func drop(_ count: Int, from vectors: inout ArraySlice<iovec>) {
        var rest = count
        while let first = vectors.first, rest >= first.iov_len {
            rest -= first.iov_len
            vectors.removeFirst()
        }
        guard rest > 0, let first = vectors.first else { return }
        vectors[vectors.startIndex] = iovec(iov_base: first.iov_base + rest, iov_len: first.iov_len - rest)
    }
}
