import Annals
import Archive
import ControlAPI
import Inbox
import Logging

// What people decide about quarantined files, done on the intake thread.
extension IntakeLoop {
    /// Puts a quarantined file back into the inbox, where it is a drop like any other.
    func retry(quarantineID id: String) -> Result<Void, ControlProblem> {
        decide(id) { entry in
            let directory = RawPath.parent(of: entry.claim.path) ?? []
            guard try Quarantine(state: desk.state).release(id, to: inbox.open(), directory: directory) != nil else {
                throw Self.vanished(id)
            }
            try archive.release(quarantineID: id, as: .retried)
        }
    }

    /// Removes a quarantined file for good; what the log says of it stays.
    func discard(quarantineID id: String) -> Result<Void, ControlProblem> {
        decide(id) { _ in
            try archive.release(quarantineID: id, as: .discarded)
            if try !Quarantine(state: desk.state).discard(id) {
                logger.notice("what was discarded had been removed before", metadata: ["id": "\(id)"])
            }
        }
    }

    private func decide(_ id: String, _ decision: (DropEntry) throws -> Void) -> Result<Void, ControlProblem> {
        guard let entry = archive.catalog.quarantined(id: id) else {
            return .failure(
                ControlProblem(
                    .noSuchQuarantine, "Nothing is quarantined as \(id).", remedy: "See `annalctl quarantine list`."))
        }
        if let obstacle {
            return .failure(ControlProblem(.readOnly, obstacle, remedy: "Nothing was changed; try again then."))
        }
        do {
            try decision(entry)
            return .success(())
        } catch let problem as ControlProblem {
            return .failure(problem)
        } catch {
            logger.error("quarantine", metadata: ["id": "\(id)", "cause": "\(error)"])
            return .failure(ControlProblem(.failure, "\(error)", remedy: "Remove the cause and try again."))
        }
    }

    private static func vanished(_ id: String) -> ControlProblem {
        ControlProblem(
            .failure, "The file of \(id) is not in the quarantine any more.",
            remedy: "Somebody removed it there; `annalctl quarantine discard \(id)` takes it off the list.")
    }
}
