import Glibc
import StableStorage
import Synchronization

/// Counts every input and output, fails the chosen ones, and remembers what was asked for.
final class FaultPlan: Sendable {
    struct Operation: Hashable {
        var kind: StorageOperation
        var path: String
        var hasFailed: Bool
    }

    private let operations = Mutex<[Operation]>([])
    private let failing: @Sendable (Int) -> Bool
    private let code: Int32

    /// - Parameters:
    ///   - code: The error's.
    ///   - failing: Gets the number of the operation, from 0 on.
    init(code: Int32 = EIO, failing: @escaping @Sendable (Int) -> Bool) {
        self.code = code
        self.failing = failing
    }

    var log: [Operation] { operations.withLock { $0 } }

    var failed: [Operation] { log.filter(\.hasFailed) }

    func pass(_ kind: StorageOperation, _ path: String, offset: Int? = nil) throws(StorageError) {
        let fails = operations.withLock { operations in
            let fails = failing(operations.count)
            operations.append(Operation(kind: kind, path: path, hasFailed: fails))
            return fails
        }
        if fails { throw StorageError(kind, path: path, offset: offset, code: code) }
    }
}

/// A directory whose operations fail by plan; half of what is written by a failing write arrives.
final class FaultyDirectory: Directory {
    let path: String
    private let base: any Directory
    private let plan: FaultPlan

    init(_ base: any Directory, plan: FaultPlan) {
        path = base.path
        self.base = base
        self.plan = plan
    }

    func list() throws(StorageError) -> [String] {
        try plan.pass(.list, path)
        return try base.list()
    }

    func open(_ name: String, mode: OpenMode) throws(StorageError) -> any File {
        try plan.pass(mode == .create ? .create : .open, path + "/" + name)
        return FaultyFile(try base.open(name, mode: mode), plan: plan)
    }

    func rename(_ from: String, to: String) throws(StorageError) {
        try plan.pass(.rename, path + "/" + from)
        try base.rename(from, to: to)
    }

    func remove(_ name: String) throws(StorageError) {
        try plan.pass(.remove, path + "/" + name)
        try base.remove(name)
    }

    func sync() throws(StorageError) {
        try plan.pass(.sync, path)
        try base.sync()
    }

    func subdirectory(_ name: String, create: Bool) throws(StorageError) -> any Directory {
        FaultyDirectory(try base.subdirectory(name, create: create), plan: plan)
    }

    func freeBytes() throws(StorageError) -> Int { try base.freeBytes() }
}

/// A file in a `FaultyDirectory`.
final class FaultyFile: File {
    let path: String
    private let base: any File
    private let plan: FaultPlan

    init(_ base: any File, plan: FaultPlan) {
        path = base.path
        self.base = base
        self.plan = plan
    }

    func size() throws(StorageError) -> Int {
        try plan.pass(.measure, path)
        return try base.size()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        try plan.pass(.read, path, offset: offset)
        return try base.read(into: buffer, at: offset)
    }

    func write(_ pieces: [UnsafeRawBufferPointer], at offset: Int) throws(StorageError) {
        do throws(StorageError) {
            try plan.pass(.write, path, offset: offset)
        } catch {
            try base.write(Array(pieces.prefix(pieces.count / 2)), at: offset)
            throw error
        }
        try base.write(pieces, at: offset)
    }

    func sync() throws(StorageError) {
        do throws(StorageError) {
            try plan.pass(.sync, path)
        } catch {
            (base as? HeapFile)?.failSync()
            throw error
        }
        try base.sync()
    }

    func reserve(upTo end: Int, zeroedFrom: Int) throws(StorageError) {
        try plan.pass(.allocate, path, offset: end)
        try base.reserve(upTo: end, zeroedFrom: zeroedFrom)
    }

    func isLinked() throws(StorageError) -> Bool {
        try plan.pass(.measure, path)
        return try base.isLinked()
    }

    func truncate(to size: Int) throws(StorageError) {
        try plan.pass(.truncate, path, offset: size)
        try base.truncate(to: size)
    }
}
