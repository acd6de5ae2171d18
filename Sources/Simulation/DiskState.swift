import Glibc
import StableStorage

/// Everything on a simulated disk and in the memory before it: a value, so that a copy is a snapshot.
struct DiskState {
    static let root = 0

    var contents: [Int: SimulatedContent] = [:]
    var names: [Int: SimulatedNames] = [root: SimulatedNames()]
    var randomness: SeededRandomness
    /// What all files together may hold.
    var capacityBytes = Int.max
    /// Files and directories that were opened before the last crash are of no use any more.
    var boot = 0
    var isOff = false
    var plan: FaultPlan?
    var operationCount = 0
    var changeCount = 0
    var faultCount = 0
    var readFaultCount = 0
    var records: [SimulatedOperation]?
    private var lastNumber = root

    init(randomness: SeededRandomness) { self.randomness = randomness }

    /// A number for a new file or directory.
    mutating func newNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Of files that have a name; what was removed while it is open still occupies room elsewhere, but not here.
    var usedBytes: Int {
        Set(names.values.flatMap(\.visible.values)).reduce(0) { sum, entry in
            guard case .file(let file) = entry else { return sum }
            return sum + (contents[file]?.visible.count ?? 0)
        }
    }

    var freeBytes: Int { max(0, capacityBytes == .max ? .max : capacityBytes - usedBytes) }

    /// Whether a file has a name.
    func isLinked(_ file: Int) -> Bool {
        names.values.contains { $0.visible.values.contains(.file(file)) }
    }

    mutating func cut(keeping survival: Survival) {
        for directory in names.keys.sorted() { names[directory]?.cut(keeping: survival, &randomness) }
        for file in contents.keys.sorted() { contents[file]?.cut(keeping: survival, &randomness) }
        isOff = false
        reboot()
    }

    /// Forgets who had what open, and files that nobody can reach.
    mutating func reboot() {
        boot += 1
        let reachable = Set(names.values.flatMap(\.reachable))
        contents = contents.filter { reachable.contains(.file($0.key)) }
    }

    mutating func startCounting() {
        operationCount = 0
        changeCount = 0
        faultCount = 0
        readFaultCount = 0
    }

    /// Counts the operation and asks the plan about it.
    ///
    /// - Returns: The fault that the operation itself must see to, where only it can; nil where it is to be carried out.
    /// - Throws: The error, for what failed without having done anything.
    mutating func begin(
        _ kind: StorageOperation, _ path: String, offset: Int? = nil, isOfDirectory: Bool = false, boot: Int
    ) throws(StorageError) -> SimulatedFault? {
        let gone = StorageError(kind, path: path, offset: offset, code: EIO)
        guard boot == self.boot, !isOff else {
            if ![.create, .write, .sync, .allocate, .truncate, .rename, .remove, .makeDirectory].contains(kind) {
                // A program that outlives the power takes what it can't read for damage, and rightly so.
                readFaultCount += 1
            }
            throw gone
        }
        var operation = SimulatedOperation(
            number: operationCount, changeNumber: changeCount, kind: kind, path: path, isOfDirectory: isOfDirectory,
            fault: nil)
        operationCount += 1
        if operation.isChange { changeCount += 1 }
        operation.fault = plan?(operation)
        if operation.fault != nil, operation.fault != .pretence {
            faultCount += 1
            if !operation.isChange { readFaultCount += 1 }
        }
        records?.append(operation)
        switch operation.fault {
        case nil, .pretence: return operation.fault
        case .powerCut:
            isOff = true
            throw gone
        case .failure(let code):
            if kind == .write || kind == .sync { return operation.fault }
            throw StorageError(kind, path: path, offset: offset, code: code)
        }
    }
}
