import Annals
import Archive
import ControlAPI
import Inbox

// What people decide about quarantined files, done on the intake thread.
extension IntakeLoop {
    /// Puts a quarantined file back into the inbox, where it is a drop like any other.
    func retry(quarantineID id: String) -> Result<Void, ControlProblem> {
        decide(id) { folder in
            guard let folder else { throw Self.vanished(id) }
            guard try folder.giveBack(to: inbox.open()) != nil else { throw Self.vanished(id) }
            try archive.release(quarantineID: id, as: .retried)
            try folder.remove()
        }
    }

    /// Removes a quarantined file for good; what the log says of it stays.
    func discard(quarantineID id: String) -> Result<Void, ControlProblem> {
        decide(id) { folder in
            try archive.release(quarantineID: id, as: .discarded)
            try folder?.remove()
        }
    }

    /// Runs a decision on a folder that may be gone already.
    private func decide(
        _ id: String, _ decision: (QuarantineFolder?) throws -> Void
    ) -> Result<Void, ControlProblem> {
        guard archive.catalog.quarantined(id: id) != nil else {
            return .failure(
                ControlProblem(
                    .noSuchQuarantine, "Nothing is quarantined as \(id).", remedy: "See `annalctl quarantine list`."))
        }
        do {
            try decision(try folder(id))
            return .success(())
        } catch let problem as ControlProblem {
            return .failure(problem)
        } catch {
            logger.error("quarantine", metadata: ["id": "\(id)", "cause": "\(error)"])
            return .failure(ControlProblem(.failure, "\(error)", remedy: "Mend the cause and try again."))
        }
    }

    private func folder(_ id: String) throws(InboxError) -> QuarantineFolder? {
        do throws(InboxError) {
            return try QuarantineFolder(id: id, in: desk.state)
        } catch {
            if error.errno == .noSuchFileOrDirectory { return nil }
            throw error
        }
    }

    private static func vanished(_ id: String) -> ControlProblem {
        ControlProblem(
            .failure, "The file of \(id) is not in the quarantine any more.",
            remedy: "Somebody removed it there; `annalctl quarantine discard \(id)` takes it off the list.")
    }
}
