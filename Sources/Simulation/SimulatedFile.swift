import Glibc
package import StableStorage
import Synchronization

/// A file on a simulated disk.
package final class SimulatedFile: File {
    package let path: String
    private let disk: SimulatedDisk
    private let number: Int
    private let boot: Int
    private let isWritable: Bool

    init(disk: SimulatedDisk, number: Int, path: String, boot: Int, isWritable: Bool) {
        self.disk = disk
        self.number = number
        self.path = path
        self.boot = boot
        self.isWritable = isWritable
    }

    package func size() throws(StorageError) -> Int {
        try disk.state.withLock { (state) throws(StorageError) in
            _ = try state.begin(.measure, path, boot: boot)
            return state.contents[number]?.visible.count ?? 0
        }
    }

    /// Whether the file still has a name.
    package func isLinked() throws(StorageError) -> Bool {
        try disk.state.withLock { (state) throws(StorageError) in
            _ = try state.begin(.measure, path, boot: boot)
            return state.isLinked(number)
        }
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        let space = Unowned(buffer)
        return try disk.state.withLock { (state) throws(StorageError) in
            _ = try state.begin(.read, path, offset: offset, boot: boot)
            guard let content = state.contents[number] else { return 0 }
            let end = min(content.visible.count, offset + space.buffer.count)
            guard offset < end else { return 0 }
            guard content.isReadable(offset..<end) else { throw error(.read, offset, EIO) }
            content.visible.withUnsafeBytes {
                space.buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<end]))
            }
            return end - offset
        }
    }

    package func write(_ pieces: [UnsafeRawBufferPointer], at offset: Int) throws(StorageError) {
        var data: [UInt8] = []
        data.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
        for piece in pieces { data.append(contentsOf: piece) }
        try disk.state.withLock { (state) throws(StorageError) in
            let fault = try state.begin(.write, path, offset: offset, boot: boot)
            guard isWritable else { throw error(.write, offset, EBADF) }
            switch fault {
            case nil:
                let growth = offset + data.count - (state.contents[number]?.visible.count ?? 0)
                guard growth <= 0 || growth <= state.freeBytes else { throw error(.write, offset, ENOSPC) }
                write(data[...], at: offset, in: &state)
            case .failure(let code):
                let arrived = data.isEmpty ? 0 : state.randomness.below(data.count + 1)
                write(data[..<arrived], at: offset, in: &state)
                throw error(.write, offset, code)
            case .pretence, .powerCut: break
            }
        }
    }

    package func sync() throws(StorageError) {
        try disk.state.withLock { (state) throws(StorageError) in
            switch try state.begin(.sync, path, boot: boot) {
            case .failure(let code):
                state.contents[number]?.failSync(&state.randomness)
                throw error(.sync, nil, code)
            case nil: state.contents[number]?.sync()
            case .pretence, .powerCut: break
            }
        }
    }

    package func reserve(upTo end: Int, zeroedFrom: Int) throws(StorageError) {
        try disk.state.withLock { (state) throws(StorageError) in
            if try state.begin(.allocate, path, offset: end, boot: boot) != nil { return }
            guard isWritable else { throw error(.allocate, end, EBADF) }
            let size = state.contents[number]?.visible.count ?? 0
            guard end > size else { return }
            guard end - size <= state.freeBytes else { throw error(.allocate, size, ENOSPC) }
            // Whether the zeros are written or only allocated: the same bytes, and a size that isn't durable yet.
            state.contents[number]?.resize(to: end)
        }
    }

    package func truncate(to size: Int) throws(StorageError) {
        try disk.state.withLock { (state) throws(StorageError) in
            if try state.begin(.truncate, path, offset: size, boot: boot) != nil { return }
            guard isWritable else { throw error(.truncate, size, EINVAL) }
            state.contents[number]?.resize(to: size)
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>, at offset: Int, in state: inout DiskState) {
        bytes.withUnsafeBytes { state.contents[number]?.write($0, at: offset) }
    }

    private func error(_ operation: StorageOperation, _ offset: Int?, _ code: Int32) -> StorageError {
        StorageError(operation, path: path, offset: offset, code: code)
    }
}

/// A caller's buffer on its way under the disk's lock.
private struct Unowned: @unchecked Sendable {
    /// Valid until the call returns, and used by nobody else meanwhile.
    let buffer: UnsafeMutableRawBufferPointer

    init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }
}
