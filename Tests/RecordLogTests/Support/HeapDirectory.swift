import Glibc
import StableStorage
import Synchronization

/// A directory in memory that knows what a power cut would leave: synced bytes of synced names.
final class HeapDirectory: Directory {
    private struct State {
        var names: [String: HeapFile.Content] = [:]
        var durableNames: [String: HeapFile.Content] = [:]
        var capacityBytes = Int.max
    }

    let path = "/heap"
    private let state = Mutex(State())

    /// What all files together may hold.
    var capacityBytes: Int {
        get { state.withLock { $0.capacityBytes } }
        set { state.withLock { $0.capacityBytes = newValue } }
    }

    init(_ files: [String: [UInt8]] = [:]) {
        for (name, bytes) in files { self[name] = bytes }
    }

    /// The bytes of a file; setting makes them durable.
    subscript(name: String) -> [UInt8]? {
        get { state.withLock { $0.names[name]?.bytes.withLock { $0.current } } }
        set {
            let content = newValue.map { HeapFile.Content($0, durable: $0) }
            state.withLock {
                $0.names[name] = content
                $0.durableNames[name] = content
            }
        }
    }

    var files: [String: [UInt8]] {
        state.withLock { $0.names.mapValues { $0.bytes.withLock { $0.current } } }
    }

    /// Without their indexes.
    var segments: [String: [UInt8]] { files.filter { $0.key.hasSuffix(".seg") } }

    /// What is there after the power went and came back, with nothing kept that wasn't synced.
    func afterPowerCut() -> HeapDirectory {
        HeapDirectory(state.withLock { $0.durableNames.mapValues { $0.bytes.withLock { $0.durable } } })
    }

    func list() throws(StorageError) -> [String] { state.withLock { Array($0.names.keys) } }

    func open(_ name: String, mode: OpenMode) throws(StorageError) -> any File {
        let (content, code) = state.withLock { state -> (HeapFile.Content?, Int32) in
            if mode == .create {
                if state.names[name] != nil { return (nil, EEXIST) }
                state.names[name] = HeapFile.Content([], durable: [])
            }
            return (state.names[name], ENOENT)
        }
        guard let content else {
            throw StorageError(mode == .create ? .create : .open, path: path + "/" + name, code: code)
        }
        return HeapFile(path: path + "/" + name, content: content, directory: self, isWritable: mode != .read)
    }

    func rename(_ from: String, to: String) throws(StorageError) {
        let isThere = state.withLock { state in
            guard let content = state.names.removeValue(forKey: from) else { return false }
            state.names[to] = content
            return true
        }
        if !isThere { throw StorageError(.rename, path: path + "/" + from, code: ENOENT) }
    }

    func remove(_ name: String) throws(StorageError) {
        guard state.withLock({ $0.names.removeValue(forKey: name) }) != nil else {
            throw StorageError(.remove, path: path + "/" + name, code: ENOENT)
        }
    }

    func sync() throws(StorageError) { state.withLock { $0.durableNames = $0.names } }

    func holds(_ content: HeapFile.Content) -> Bool {
        state.withLock { $0.names.values.contains { $0 === content } }
    }

    func subdirectory(_ name: String, create: Bool) throws(StorageError) -> any Directory {
        throw StorageError(.open, path: path + "/" + name, code: ENOENT)
    }

    func freeBytes() throws(StorageError) -> Int {
        state.withLock { state in
            state.capacityBytes - state.names.values.reduce(0) { $0 + $1.bytes.withLock { $0.current.count } }
        }
    }
}

/// A file in a `HeapDirectory`.
///
/// Like Linux it takes what a failed sync didn't bring to the disk for written: it can be read, and no later sync will
/// write it.
final class HeapFile: File {
    /// What reads show, what a power cut leaves, and where the two may differ.
    struct Bytes {
        var current: [UInt8]
        var durable: [UInt8]
        var unsynced: [Range<Int>] = []
    }

    final class Content: Sendable {
        let bytes: Mutex<Bytes>

        init(_ current: [UInt8], durable: [UInt8]) { bytes = Mutex(Bytes(current: current, durable: durable)) }
    }

    let path: String
    private let content: Content
    private let directory: HeapDirectory
    private let isWritable: Bool

    init(path: String, content: Content, directory: HeapDirectory, isWritable: Bool) {
        self.path = path
        self.content = content
        self.directory = directory
        self.isWritable = isWritable
    }

    func size() throws(StorageError) -> Int { content.bytes.withLock { $0.current.count } }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        content.bytes.withLock { bytes in
            let end = min(bytes.current.count, offset + buffer.count)
            guard offset < end else { return 0 }
            bytes.current.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<end]))
            }
            return end - offset
        }
    }

    func write(_ pieces: [UnsafeRawBufferPointer], at offset: Int) throws(StorageError) {
        guard isWritable else { throw StorageError(.write, path: path, offset: offset, code: EBADF) }
        let data = pieces.flatMap { Array($0) }
        content.bytes.withLock { bytes in
            if bytes.current.count < offset + data.count {
                bytes.current += [UInt8](repeating: 0, count: offset + data.count - bytes.current.count)
            }
            bytes.current.replaceSubrange(offset..<offset + data.count, with: data)
            bytes.unsynced.append(offset..<offset + data.count)
        }
    }

    func sync() throws(StorageError) {
        content.bytes.withLock { bytes in
            let size = bytes.current.count
            bytes.durable = Array(bytes.durable.prefix(size))
            bytes.durable += [UInt8](repeating: 0, count: size - bytes.durable.count)
            for range in bytes.unsynced {
                let range = range.clamped(to: 0..<size)
                bytes.durable.replaceSubrange(range, with: bytes.current[range])
            }
            bytes.unsynced = []
        }
    }

    /// A sync that failed: nothing was written, and nobody will try again.
    func failSync() { content.bytes.withLock { $0.unsynced = [] } }

    func reserve(upTo end: Int, zeroedFrom: Int) throws(StorageError) {
        let size = try size()
        guard end > size else { return }
        guard try directory.freeBytes() >= end - size else {
            throw StorageError(.allocate, path: path, offset: size, code: ENOSPC)
        }
        try truncate(to: end)
    }

    func isLinked() throws(StorageError) -> Bool { directory.holds(content) }

    func truncate(to size: Int) throws(StorageError) {
        guard isWritable else { throw StorageError(.truncate, path: path, offset: size, code: EBADF) }
        content.bytes.withLock { bytes in
            let missing = size - bytes.current.count
            if missing > 0 { bytes.current += [UInt8](repeating: 0, count: missing) }
            bytes.current.removeLast(max(0, -missing))
        }
    }
}
