import Synchronization

/// A disk in memory with the system's page cache before it: what a power cut, a failed sync and a bad sector do to it.
///
/// Its fault model stands in `docs/faults.md`. Everything that is left to chance follows from its seed and from the order
/// of the operations.
package final class SimulatedDisk: Sendable {
    let state: Mutex<DiskState>

    package init(seed: UInt64 = 1) { state = Mutex(DiskState(randomness: SeededRandomness(seed: seed))) }

    private init(_ state: consuming DiskState) { self.state = Mutex(state) }

    /// The directory at the top, as who starts now opens it; of no use after the next crash.
    package var root: SimulatedDirectory {
        SimulatedDirectory(disk: self, number: DiskState.root, path: "/disk", boot: state.withLock { $0.boot })
    }

    /// What all files together may hold; more is refused with `ENOSPC`.
    package var capacityBytes: Int {
        get { state.withLock { $0.capacityBytes } }
        set { state.withLock { $0.capacityBytes = newValue } }
    }

    /// What all files together hold.
    package var usedBytes: Int { state.withLock { $0.usedBytes } }

    /// Another disk with the same on it and the same in memory, as if just started; without a plan of faults.
    ///
    /// - Parameter seed: Of what happens to it from there on; nil to share this one's fate.
    /// - Returns: The copy.
    package func copy(seed: UInt64? = nil) -> SimulatedDisk {
        var copy = state.withLock { $0 }
        copy.plan = nil
        copy.records = nil
        copy.startCounting()
        if let seed { copy.randomness = SeededRandomness(seed: seed) }
        copy.reboot()
        return SimulatedDisk(copy)
    }

    // MARK: Faults

    /// Has every operation from here on decided about, counted from 0; nil ends that.
    package func setPlan(_ plan: FaultPlan?) {
        state.withLock { state in
            state.plan = plan
            state.startCounting()
        }
    }

    /// How many operations there were since the plan was set, or since the disk was made.
    package var operationCount: Int { state.withLock { $0.operationCount } }

    /// How many of them would have changed something.
    package var changeCount: Int { state.withLock { $0.changeCount } }

    /// How many of them failed by the plan; those that only pretended to be done not counted.
    package var faultCount: Int { state.withLock { $0.faultCount } }

    /// How many of those would have changed nothing.
    package var readFaultCount: Int { state.withLock { $0.readFaultCount } }

    /// Takes down every operation from here on.
    package func record() { state.withLock { $0.records = [] } }

    /// What was taken down; empty without `record`.
    package var records: [SimulatedOperation] { state.withLock { $0.records ?? [] } }

    /// Whether a plan has cut the power, so that nothing works until `restart`.
    package var isOff: Bool { state.withLock { $0.isOff } }

    // MARK: Crashes

    /// The power goes, if it isn't gone, and comes back: memory is lost, and what was open is dead.
    package func restart(keeping survival: Survival = .anySubset) { state.withLock { $0.cut(keeping: survival) } }

    /// The program dies and the system lives on: nothing in memory is lost, and what was open is dead.
    ///
    /// - Parameter dropsCaches: The system then reads again from the disk what it takes for written.
    package func kill(dropsCaches: Bool = false) {
        state.withLock { state in
            state.reboot()
            guard dropsCaches else { return }
            for file in state.contents.keys { state.contents[file]?.dropCache() }
        }
    }

    // MARK: A look from outside

    /// The bytes of a file in the root as they can be read; setting makes them durable, nil takes the file away.
    ///
    /// An open file keeps what it had.
    package subscript(name: String) -> [UInt8]? {
        get {
            state.withLock { state in
                guard case .file(let file)? = state.names[DiskState.root]?[name] else { return nil }
                return state.contents[file]?.visible
            }
        }
        set {
            state.withLock { state in
                let entry = newValue.map { bytes in
                    let number = state.newNumber()
                    state.contents[number] = SimulatedContent(durable: bytes)
                    return SimulatedNames.Entry.file(number)
                }
                state.names[DiskState.root]?.put(entry, at: name)
            }
        }
    }

    /// The names in the root, sorted.
    package var fileNames: [String] { state.withLock { $0.names[DiskState.root]?.visible.keys.sorted() ?? [] } }

    /// Every file in the root as it can be read.
    package var files: [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: fileNames.map { ($0, self[$0] ?? []) })
    }

    /// Whether a power cut could take anything away.
    package var isDirty: Bool {
        state.withLock { state in
            state.names.values.contains(where: \.isDirty) || state.contents.values.contains(where: \.isDirty)
        }
    }
}
