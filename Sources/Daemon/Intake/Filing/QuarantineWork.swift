import Annals
import Archive
import ControlAPI
import Inbox
import Logging

// What people decide about quarantined files, done on the intake thread.
extension IntakeLoop {
    /// Puts a quarantined file back into the inbox, where it is a drop like any other.
    ///
    /// - Returns: Names of what lies in its directory still.
    func retry(quarantineID id: String) -> Result<[String], ControlProblem> {
        decide(id) { entry in
            let quarantine = Quarantine(state: desk.state)
            switch try quarantine.release(id, entry.claim, to: inbox.open()) {
            case .returned:
                try archive.release(quarantineID: id, as: .retried)
                return try quarantine.clear(id)
            case .missing(let beside): throw Self.missing(id, entry, beside)
            case .taken(let path):
                throw ControlProblem(
                    .refused,
                    "Something lies in the inbox as \(EscapedName.text(path)), where the file of \(id) belongs.",
                    remedy: "Try again when that is taken, or move it away; nothing was changed.")
            }
        }
    }

    /// Removes a quarantined file for good; what the log says of it stays.
    ///
    /// - Returns: Names of what lies in its directory still.
    func discard(quarantineID id: String) -> Result<[String], ControlProblem> {
        decide(id) { entry in
            try archive.release(quarantineID: id, as: .discarded)
            let (wasThere, beside) = try Quarantine(state: desk.state).discard(id, entry.claim)
            if !wasThere {
                logger.notice(
                    "what was discarded had been removed or changed before", metadata: ["id": "\(id)"])
            }
            return beside
        }
    }

    /// Records what a crash kept from being recorded: files that were put back already.
    ///
    /// Before anything is claimed, since such a file is a drop like any other only then.
    func finishReturns() throws {
        let quarantine = Quarantine(state: desk.state)
        for entry in archive.catalog.quarantined {
            guard let id = entry.quarantineID, try quarantine.wasReturned(id, entry.claim) else { continue }
            try archive.release(quarantineID: id, as: .retried)
            _ = try quarantine.clear(id)
            logger.notice("had been put back into the inbox", metadata: ["id": "\(id)"])
        }
    }

    private func decide(
        _ id: String, _ decision: (DropEntry) throws -> [[UInt8]]
    ) -> Result<[String], ControlProblem> {
        guard let entry = archive.catalog.quarantined(id: id) else {
            return .failure(
                ControlProblem(
                    .noSuchQuarantine, "Nothing is quarantined as \(id).", remedy: "See `annalctl quarantine list`."))
        }
        if let obstacle {
            return .failure(ControlProblem(.readOnly, obstacle, remedy: "Nothing was changed; try again then."))
        }
        if let drop = unfiled.all.first(where: { $0.number == entry.sequence }) {
            return .failure(Self.unfiled(drop, id))
        }
        do {
            let beside = try board.allow(for: Self.longestFiling) { try decision(entry) }
            return .success(beside.map { EscapedName.text($0) })
        } catch let problem as ControlProblem {
            return .failure(problem)
        } catch {
            logger.error("quarantine", metadata: ["id": "\(id)", "cause": "\(error)"])
            return .failure(ControlProblem(.failure, "\(error)", remedy: "Remove the cause and try again."))
        }
    }

    /// It hasn't come to the quarantine yet.
    private static func unfiled(_ drop: UnfiledDrops.Drop, _ id: String) -> ControlProblem {
        guard let stuck = drop.stuck else {
            return ControlProblem(.refused, "The file of \(id) is on its way to the quarantine.", remedy: "Try again.")
        }
        return ControlProblem(
            .refused, "The file of \(id) lies in the inbox still. \(stuck.reason.message).", remedy: stuck.reason.remedy
        )
    }

    /// Where it should be is nothing, or something else.
    private static func missing(_ id: String, _ entry: DropEntry, _ beside: [[UInt8]]) -> ControlProblem {
        let others = beside.isEmpty ? "" : "; there lie \(beside.map { EscapedName.text($0) }.joined(separator: ", "))"
        return ControlProblem(
            .failure, "The file of \(id), \(entry.file), is not in quarantine/\(id) any more\(others).",
            remedy: "Put it back there; or `annalctl quarantine discard \(id)` takes it off the list.")
    }
}
