package import StableStorage

/// One input or output, as a plan of faults sees it.
package struct SimulatedOperation: Hashable, Sendable {
    /// Counted from 0 since the disk was made or the plan was set.
    package var number: Int
    /// How many changes were asked for before it.
    package var changeNumber: Int
    package var kind: StorageOperation
    package var path: String
    /// Asked of a directory and not of a file in it.
    package var isOfDirectory: Bool
    /// What became of it.
    package var fault: SimulatedFault?

    /// Whether it would change anything, memory included.
    package var isChange: Bool {
        switch kind {
        case .create, .write, .sync, .allocate, .truncate, .rename, .remove, .makeDirectory: true
        case .list, .open, .read, .measure, .lock: false
        }
    }
}

/// What goes wrong with an operation.
package enum SimulatedFault: Hashable, Sendable {
    /// It fails with that error number.
    ///
    /// Of a write any beginning has arrived in memory. Of a sync any part has reached the disk, and what hasn't counts as
    /// written from then on. Anything else has done nothing.
    case failure(Int32)
    /// The power goes: this and every later operation fails, until `SimulatedDisk.restart`.
    case powerCut
    /// It says that it was done, and does nothing: the bug that a run of faults must find.
    case pretence
}

/// Decides about each operation whether and how it fails.
package typealias FaultPlan = @Sendable (SimulatedOperation) -> SimulatedFault?
