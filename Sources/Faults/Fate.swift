import Glibc
import Simulation
import StableStorage

/// What goes wrong in a round, beside the crash at its end.
enum Fate: Hashable, Sendable {
    case nothing
    /// The power goes at an operation, counted over all of them or over those that change something.
    case powerCut(at: Int, ofChanges: Bool)
    /// An operation fails, once or for good from there on.
    case failure(at: Int, ofChanges: Bool, code: Int32, forGood: Bool)
    /// There is so much room left, in bytes.
    case full(Int)

    /// Draws one; about half of them do nothing before the crash.
    static func draw(_ randomness: inout SeededRandomness) -> Fate {
        let ofChanges = !randomness.once(in: 3)
        let number = randomness.below(ofChanges ? 24 : 200)
        switch randomness.below(10) {
        case 0...2: return .nothing
        case 3...5: return .powerCut(at: number, ofChanges: ofChanges)
        case 6, 7:
            let code = [EIO, EIO, ENOSPC, EROFS][randomness.below(4)]
            return .failure(
                at: number, ofChanges: ofChanges || code != EIO, code: code,
                forGood: code == EROFS || randomness.once(in: 3))
        case 8: return .full(randomness.below(30_000))
        default: return .nothing
        }
    }

    /// The plan for a disk; nil where no operation fails.
    func plan(with bug: PlantedBug? = nil) -> FaultPlan? {
        let planted = bug?.plan
        switch self {
        case .nothing, .full: return planted
        case .powerCut(let number, let ofChanges):
            return { operation in
                guard !ofChanges || operation.isChange,
                    (ofChanges ? operation.changeNumber : operation.number) == number
                else { return planted?(operation) }
                return .powerCut
            }
        case .failure(let number, let ofChanges, let code, let forGood):
            return { operation in
                let place = ofChanges ? operation.changeNumber : operation.number
                guard !ofChanges || operation.isChange, forGood ? place >= number : place == number else {
                    return planted?(operation)
                }
                return .failure(code)
            }
        }
    }
}

/// A bug that is put into the storage on purpose: a run of faults that doesn't find it is worth nothing.
package enum PlantedBug: String, Hashable, Sendable, CaseIterable {
    /// Files are never synced, though it says so.
    case skippedFileSync = "skipped-file-sync"
    /// Directories are never synced, though it says so.
    case skippedDirectorySync = "skipped-directory-sync"
    /// One sync in sixteen is left out.
    case forgottenSync = "forgotten-sync"
    /// Files are not cut, though it says so.
    case skippedTruncation = "skipped-truncation"

    var plan: FaultPlan {
        { [self] operation in
            switch self {
            case .skippedFileSync: operation.kind == .sync && !operation.isOfDirectory ? .pretence : nil
            case .skippedDirectorySync: operation.kind == .sync && operation.isOfDirectory ? .pretence : nil
            case .forgottenSync: operation.kind == .sync && operation.changeNumber % 16 == 5 ? .pretence : nil
            case .skippedTruncation: operation.kind == .truncate ? .pretence : nil
            }
        }
    }
}
