import Glibc
package import StableStorage
import Synchronization

/// A directory on a simulated disk.
package final class SimulatedDirectory: Directory {
    package let path: String
    private let disk: SimulatedDisk
    private let number: Int
    private let boot: Int

    init(disk: SimulatedDisk, number: Int, path: String, boot: Int) {
        self.disk = disk
        self.number = number
        self.path = path
        self.boot = boot
    }

    package func list() throws(StorageError) -> [String] {
        try perform(.list, path) { $0.names[number]?.visible.keys.sorted() ?? [] } ?? []
    }

    package func open(_ name: String, mode: OpenMode) throws(StorageError) -> any File {
        let operation: StorageOperation = mode == .create ? .create : .open
        let file = try perform(operation, path(of: name)) { (state) throws(StorageError) in
            let entry = state.names[number]?[name]
            guard mode == .create else {
                switch entry {
                case .file(let file): return file
                case .directory: throw error(.open, name, EINVAL)
                case nil: throw error(.open, name, ENOENT)
                }
            }
            guard entry == nil else { throw error(.create, name, EEXIST) }
            let file = state.newNumber()
            state.contents[file] = SimulatedContent()
            state.names[number]?.create(name, .file(file))
            return file
        }
        guard let file else { throw error(operation, name, EIO) }
        return SimulatedFile(disk: disk, number: file, path: path(of: name), boot: boot, isWritable: mode != .read)
    }

    package func rename(_ from: String, to: String) throws(StorageError) {
        try perform(.rename, path(of: from)) { (state) throws(StorageError) in
            guard state.names[number]?[from] != nil else { throw error(.rename, from, ENOENT) }
            state.names[number]?.rename(from, to: to)
        }
    }

    package func remove(_ name: String) throws(StorageError) {
        try perform(.remove, path(of: name)) { (state) throws(StorageError) in
            switch state.names[number]?[name] {
            case .file: state.names[number]?.remove(name)
            case .directory: throw error(.remove, name, EISDIR)
            case nil: throw error(.remove, name, ENOENT)
            }
        }
    }

    package func sync() throws(StorageError) {
        try disk.state.withLock { (state) throws(StorageError) in
            switch try state.begin(.sync, path, isOfDirectory: true, boot: boot) {
            case .failure(let code):
                state.names[number]?.failSync(&state.randomness)
                throw StorageError(.sync, path: path, code: code)
            case nil: state.names[number]?.sync()
            case .pretence, .powerCut: break
            }
        }
    }

    package func subdirectory(_ name: String, create: Bool) throws(StorageError) -> any Directory {
        let child = try perform(create ? .makeDirectory : .open, path(of: name)) { (state) throws(StorageError) in
            switch state.names[number]?[name] {
            case .directory(let child): return child
            case .file: throw error(.open, name, ENOTDIR)
            case nil:
                guard create else { throw error(.open, name, ENOENT) }
                let child = state.newNumber()
                state.names[child] = SimulatedNames()
                state.names[number]?.create(name, .directory(child))
                return child
            }
        }
        guard let child else { throw error(.open, name, EIO) }
        return SimulatedDirectory(disk: disk, number: child, path: path(of: name), boot: boot)
    }

    package func freeBytes() throws(StorageError) -> Int {
        try perform(.measure, path) { $0.freeBytes } ?? 0
    }

    private func path(of name: String) -> String { path + "/" + name }

    private func error(_ operation: StorageOperation, _ name: String, _ code: Int32) -> StorageError {
        StorageError(operation, path: path(of: name), code: code)
    }

    /// Nil where the operation only pretended to be done.
    @discardableResult
    private func perform<Answer: Sendable>(
        _ kind: StorageOperation, _ path: String, _ body: (inout DiskState) throws(StorageError) -> Answer
    ) throws(StorageError) -> Answer? {
        try disk.state.withLock { (state) throws(StorageError) in
            if try state.begin(kind, path, isOfDirectory: true, boot: boot) != nil { return nil }
            return try body(&state)
        }
    }
}
