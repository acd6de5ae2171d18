import ControlAPI
import Synchronization

/// How many files are taken and compared at once: each holds descriptors, room on the disk, and a reader in its turn.
package final class UploadTurns: Sendable {
    /// Further ones are told that there are too many.
    package static let mostAtOnce = 4

    /// The process's own: what it has to give is given once.
    package static let shared = UploadTurns()

    private let taken = Mutex(0)

    /// How many are under way.
    package var count: Int { taken.withLock { $0 } }

    /// Does it while there is room for it.
    ///
    /// - Throws: `.busy` where there is none; what the work throws.
    func run<Result>(_ work: () async throws -> Result) async throws -> Result {
        let hasRoom = taken.withLock { taken in
            guard taken < Self.mostAtOnce else { return false }
            taken += 1
            return true
        }
        guard hasRoom else {
            throw ControlProblem(
                .busy, "The daemon compares \(Self.mostAtOnce) files already.", remedy: "Ask again a little later.")
        }
        defer { taken.withLock { $0 -= 1 } }
        return try await work()
    }
}
