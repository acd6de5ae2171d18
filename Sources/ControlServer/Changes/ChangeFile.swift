package import Annals
package import StableStorage
import Synchronization
import TableCoding

/// Answers that cost reading tables, by what they follow from, in `changes` of the state directory.
///
/// The file is made from the log and never the other way round: it may be removed at any time, nothing waits for it, and
/// nothing in it is synced. After 16 bytes of heading it has records, one after another:
///
/// | bytes | what |
/// |---|---|
/// | 4 | length of the answer, little-endian |
/// | 8 | the first of the SHA-256 of key and answer |
/// | 32 | key |
/// | | answer |
///
/// A record whose check fails, or whose key is another one, is no answer. The first that is bad when the file is opened
/// ends it: it is cut there, and what stood behind it is computed anew when somebody asks. So it is with all of them once
/// the file is full, or where its heading is another build's.
package final class ChangeFile: Sendable {
    package static let fileName = "changes"
    /// The number goes up with each build that would compute another answer from the same tables, or write it otherwise.
    private static let heading = Array("annal changes 2\n".utf8)
    private static let recordHeadingByteCount = 4 + checkByteCount + Digest.byteCount
    private static let checkByteCount = 8
    /// A longer answer is not kept.
    private static let maximumAnswerByteCount = 64 << 10
    /// Of a file that is full; some eighty thousand answers.
    package static let usualMaximumByteCount = 16 << 20

    private struct Shelf {
        /// Nil where there is none, or none yet.
        var file: (any File)?
        var isOpened = false
        var isWritable = false
        /// Where the last record ends, in bytes.
        var end = 0
        /// Where each record begins, in bytes, by the first eight bytes of its key.
        var offsets: [UInt64: Int] = [:]
    }

    private let directory: any Directory
    private let maximumByteCount: Int
    private let shelf = Mutex(Shelf())

    /// Opens the file when something is asked of it first, and makes it where it is missing.
    ///
    /// - Parameters:
    ///   - directory: Of the state.
    ///   - maximumByteCount: A file that would become longer is begun anew.
    package init(in directory: any Directory, maximumByteCount: Int = usualMaximumByteCount) {
        self.directory = directory
        self.maximumByteCount = maximumByteCount
    }

    /// The answer of a key; nil where it isn't there, or can't be read.
    package func answer(of key: Digest) -> [UInt8]? {
        shelf.withLock { shelf in
            open(&shelf)
            guard let file = shelf.file, let offset = shelf.offsets[Self.short(key)] else { return nil }
            // Why it can't be read doesn't matter: it is computed then.
            guard let heading = try? Self.bytes(of: file, at: offset, count: Self.recordHeadingByteCount),  // see above
                let count = Self.answerByteCount(heading[...]),
                let rest = try? Self.bytes(of: file, at: offset + heading.count, count: count)  // see above
            else { return nil }
            return Self.answer(in: (heading + rest)[...], of: key)
        }
    }

    /// Keeps an answer, where it can.
    package func keep(_ answer: [UInt8], under key: Digest) {
        guard answer.count <= Self.maximumAnswerByteCount else { return }
        let record = Self.record(answer, key)
        shelf.withLock { shelf in
            open(&shelf)
            guard shelf.isWritable, let file = shelf.file else { return }
            do throws(StorageError) {
                if shelf.end + record.count > maximumByteCount { try Self.begin(file, &shelf) }
                try Self.write(record, to: file, at: shelf.end)
                shelf.offsets[Self.short(key)] = shelf.end
                shelf.end += record.count
            } catch {
                // The disk is full, say. What was written in part is written over or cut; it is tried again after a start.
                shelf.isWritable = false
            }
        }
    }

    // MARK: Opening

    private func open(_ shelf: inout Shelf) {
        guard !shelf.isOpened else { return }
        shelf.isOpened = true
        do throws(StorageError) {
            do throws(StorageError) {
                shelf.file = try directory.open(Self.fileName, mode: .readWrite)
            } catch  where error.isNotFound {
                shelf.file = try directory.open(Self.fileName, mode: .create)
            }
            shelf.isWritable = true
        } catch {
            // On a disk that takes no writes what is there can be read still; else there is nothing.
            shelf.file = try? directory.open(Self.fileName, mode: .read)  // see above
        }
        guard let file = shelf.file else { return }
        do throws(StorageError) {
            try take(file, into: &shelf)
        } catch {
            // Without it everything is computed when somebody asks.
            shelf = Shelf(isOpened: true)
        }
    }

    private func take(_ file: any File, into shelf: inout Shelf) throws(StorageError) {
        let size = try file.size()
        let bytes = size <= maximumByteCount ? try Self.bytes(of: file, at: 0, count: size) : []
        guard bytes.starts(with: Self.heading) else {
            if shelf.isWritable { try Self.begin(file, &shelf) } else { shelf.file = nil }
            return
        }
        shelf.end = Self.heading.count
        while let count = Self.answerByteCount(bytes[shelf.end...]) {
            let record = bytes[shelf.end...].prefix(Self.recordHeadingByteCount + count)
            guard let key = Self.key(of: record), Self.answer(in: record, of: key) != nil else { break }
            shelf.offsets[Self.short(key)] = shelf.end
            shelf.end += record.count
        }
        if shelf.isWritable, shelf.end < size { try file.truncate(to: shelf.end) }
    }

    private static func begin(_ file: any File, _ shelf: inout Shelf) throws(StorageError) {
        try file.truncate(to: 0)
        try write(heading, to: file, at: 0)
        shelf.offsets = [:]
        shelf.end = heading.count
    }

    // MARK: Records

    private static func record(_ answer: [UInt8], _ key: Digest) -> [UInt8] {
        let count = UInt32(answer.count)
        let named = key.bytes + answer
        return (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + check(named) + named
    }

    private static func check(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        ContentHasher.digest(of: bytes).bytes.prefix(checkByteCount)
    }

    /// What the heading of a record says; nil where it can't be.
    private static func answerByteCount(_ record: ArraySlice<UInt8>) -> Int? {
        guard record.count >= recordHeadingByteCount else { return nil }
        let count = record.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        return count <= maximumAnswerByteCount ? count : nil
    }

    private static func key(of record: ArraySlice<UInt8>) -> Digest? {
        Digest(bytes: record.dropFirst(4 + checkByteCount).prefix(Digest.byteCount))
    }

    /// The answer that a whole record holds; nil where its check fails, or it is another key's.
    private static func answer(in record: ArraySlice<UInt8>, of key: Digest) -> [UInt8]? {
        guard let count = answerByteCount(record), record.count == recordHeadingByteCount + count,
            Self.key(of: record) == key,
            record.dropFirst(4).prefix(checkByteCount) == check(Array(record.dropFirst(4 + checkByteCount)))
        else { return nil }
        return Array(record.suffix(count))
    }

    private static func short(_ key: Digest) -> UInt64 { key.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    // MARK: Bytes

    private static func bytes(of file: any File, at offset: Int, count: Int) throws(StorageError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        return Array(buffer.prefix(try file.read(into: buffer, at: offset)))
    }

    private static func write(_ bytes: [UInt8], to file: any File, at offset: Int) throws(StorageError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: bytes)
        try file.write([UnsafeRawBufferPointer(buffer)], at: offset)
    }
}
