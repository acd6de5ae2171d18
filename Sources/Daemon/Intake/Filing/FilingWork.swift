import Annals
import Archive
import Inbox
import Logging
import StableStorage

// Filing away what is recorded, also what can't be moved at first.
extension IntakeLoop {
    /// Between two attempts to move what could not be moved.
    private static let retryNs: UInt64 = 2_000_000_000
    /// An attempt that takes long isn't made more often than this many times its own time.
    private static let retryShare: UInt64 = 20
    /// A file that isn't where it was for so long, and that isn't known to be elsewhere, is gone.
    private static let missingNs: UInt64 = 10_000_000_000

    /// What became of the files of one batch: each has left the inbox, or stays and is tried again.
    func settle(_ filing: FilingBatch) {
        settle(filing.finish())
    }

    /// The same of long files that were copied meanwhile.
    func settleLong() {
        let filed = pool.takeFiled()
        guard !filed.isEmpty else { return }
        for file in filed { moving.remove(file.entries.first?.sequence ?? 0) }
        settle(filed)
    }

    private func settle(_ filed: [FilingBatch.Filed]) {
        for file in filed {
            switch file.outcome {
            case .success(let isReplaced):
                unfile(file.entries)
                done(file.arrival)
                if isReplaced { announceReplaced(file.arrival) }
            case .failure(.takesLong): moveByItself(file)
            case .failure(let error): leave(file, because: error)
            }
        }
        writeDownStuck()
    }

    /// Has a long file copied beside the loop; it is in hand until then.
    private func moveByItself(_ file: FilingBatch.Filed) {
        guard let number = file.entries.first?.sequence, moving.insert(number).inserted else { return }
        do throws(InboxError) {
            let root = try inbox.open()
            pool.submit { [desk, mailbox] in
                desk.fileAway(file, file.item, inbox: root) { mailbox.isStopping }
            }
        } catch {
            moving.remove(number)
            leave(file, because: error)
        }
    }

    /// A file isn't waited for any longer.
    private func unfile(_ entries: [DropEntry]) {
        guard let first = entries.first, let drop = unfiled.remove(first.sequence), drop.stuck != nil else { return }
        logger.notice(
            "filed away at last",
            metadata: ["seq": "\(first.sequence)", "file": "\(EscapedName.text(drop.claim.path))"])
    }

    private func leave(_ file: FilingBatch.Filed, because error: InboxError) {
        guard let number = file.entries.first?.sequence else { return }
        // The inbox may be gone altogether; then its path is all that can be named.
        let root = try? inbox.open()
        let words = FilingObstacle(inbox: root, path: inbox.path).words(for: error, file: file.arrival.path)
        let reason = Reason(
            "It is recorded as \(number) and can't be moved: \(words.cause)", remedy: words.remedy)
        let nextNs = MonotonicClock.nowNs() + file.tookNs * Self.retryShare
        if unfiled.noteStuck(number, file.arrival, reason, file.item.descriptor, nextNs: nextNs) {
            logger.error(
                "a recorded file can't be moved",
                metadata: [
                    "seq": "\(number)", "file": "\(EscapedName.text(file.arrival.path))", "cause": "\(words.cause)",
                    "remedy": "\(words.remedy)",
                ])
        }
        forgetKept(file.arrival.path)
        monitor.leave(file.arrival)
    }

    /// Writes down which files are stuck, where that has changed.
    private func writeDownStuck() {
        let numbers = unfiled.writtenDown
        guard numbers != writtenDown else { return }
        do throws(StorageError) {
            try desk.record.write(numbers)
            writtenDown = numbers
            hasSaidUnwritten = false
        } catch {
            writtenDown = nil
            guard !hasSaidUnwritten else { return }
            hasSaidUnwritten = true
            // A start knows them by their change times still.
            logger.warning("what can't be moved can't be written down", metadata: ["cause": "\(error)"])
        }
    }

    /// Tries again to move what could not be moved.
    func retryStuck() {
        let startNs = MonotonicClock.nowNs()
        guard startNs >= nextRetryNs else { return }
        let stuck = unfiled.stuck.filter { drop in
            !moving.contains(drop.number) && startNs >= drop.stuck?.nextNs ?? 0
        }
        guard !stuck.isEmpty else { return }
        defer {
            let tookNs = MonotonicClock.nowNs() - startNs
            nextRetryNs = MonotonicClock.nowNs() + max(Self.retryNs, tookNs * Self.retryShare)
        }
        do throws(InboxError) {
            let root = try inbox.open()
            let filing = desk.begin(inbox: root)
            for drop in stuck {
                // A file that was moved, and whose directory could not be synced, is finished like any other.
                guard let arrival = try standing(drop, beneath: root) ?? (desk.holds(drop) ? drop.stuck?.arrival : nil)
                else {
                    forgetIfGone(drop)
                    continue
                }
                filing.add(
                    drop.item(sidecar: archive.sidecar(of: drop.entries)), entries: drop.entries, arrival: arrival)
            }
            settle(filing)
        } catch {
            // The monitor finds out by itself and says so.
        }
    }

    /// How long moving files may take without the loop coming round.
    static let longestFiling = Duration.seconds(600)

    /// Where a stuck file stands, as it was claimed; nil where it doesn't stand there.
    private func standing(_ drop: UnfiledDrops.Drop, beneath root: Descriptor) throws(InboxError) -> Arrival? {
        guard let stuck = drop.stuck else { return nil }
        switch try Scanner().look(at: stuck.arrival.path, beneath: root) {
        case .arrival(let arrival): return arrival.hasSameContent(as: stuck.arrival) ? stuck.arrival : nil
        // Who can't read it may move it all the same.
        case .refusal: return stuck.arrival
        case .sidecar, .directory, .nothing: return nil
        }
    }

    /// A stuck file that isn't where it was: it has gone, or was moved elsewhere in the inbox and comes up from there.
    private func forgetIfGone(_ drop: UnfiledDrops.Drop) {
        guard let stuck = drop.stuck else { return }
        let nowNs = MonotonicClock.nowNs()
        let sinceNs = unfiled.noteMissing(drop.number, nowNs: nowNs)
        // A file that has no name any more; where that can't be asked it isn't known.
        let isRemoved = stuck.descriptor.map { (try? $0.status().linkCount) == 0 }
        guard isRemoved ?? (nowNs - sinceNs > Self.missingNs) else { return }
        unfiled.remove(drop.number)
        monitor.finish(stuck.arrival)
        logger.notice(
            "a recorded file was removed before it could be filed away; its content is in the log",
            metadata: ["seq": "\(drop.number)", "file": "\(EscapedName.text(stuck.arrival.path))"])
    }

    func announceReplaced(_ arrival: Arrival) {
        logger.notice(
            "another file was put under the name meanwhile; it is a drop of its own",
            metadata: ["file": "\(EscapedName.text(arrival.path))"])
        monitor.requestScan()
    }

    /// Takes up what earlier runs recorded and didn't file away.
    ///
    /// Of what was not stuck that is one batch at most, since the next is only begun then. A file that still lies where it
    /// lay is told by its claim when it comes up; this moves a sidecar that was left there alone, before another drop of
    /// the name takes it for its own. It waits as long as nothing can be committed: a log that can't be written can't be
    /// certain of its last batch either.
    func takeUpUnfiled() {
        guard hasUnfiledOfBefore else { return }
        hasUnfiledOfBefore = false
        board.allow(for: Self.longestFiling) {
            do {
                try finishReturns()
            } catch {
                // They stay listed, and can be put back or discarded as before.
                logger.warning("what was put back can't be told", metadata: ["cause": "\(error)"])
            }
            finishUnfiledOfBefore()
        }
    }

    private func finishUnfiledOfBefore() {
        var numbers: [UInt64] = []
        do throws(StorageError) {
            numbers = try desk.record.read()
            writtenDown = numbers
        } catch {
            // What stands there isn't replaced before there is something to be written.
            writtenDown = []
            logger.warning("what could not be moved before can't be read", metadata: ["cause": "\(error)"])
        }
        for number in numbers { unfiled.add(archive.entries(ofCommitFrom: number), isWrittenDown: true) }
        var seen: Set<SourceRef> = []
        for entry in archive.lastBatch where seen.insert(entry.claim).inserted && !numbers.contains(entry.sequence) {
            unfiled.add(archive.entries(ofCommitFrom: entry.sequence))
        }
        for drop in unfiled.all where !isLeft(to: drop) {
            // Under another name since, perhaps: then it comes up there, and is known by what it is.
            if drop.isWrittenDown, !desk.holds(drop) {
                hasAbsent = true
            } else {
                unfiled.remove(drop.number)
            }
        }
        writeDownStuck()
    }

    /// Forgets what an earlier run could not move and what hasn't come up, now that all that lay there was looked at.
    func forgetAbsent() {
        hasAbsent = false
        for drop in unfiled.all where drop.isWrittenDown && drop.stuck == nil { unfiled.remove(drop.number) }
        writeDownStuck()
    }

    /// Finishes the filing of a file that doesn't stand where it stood; true where it stands there still.
    private func isLeft(to drop: UnfiledDrops.Drop) -> Bool {
        do throws(InboxError) {
            let root = try inbox.open()
            if case .arrival(let arrival) = try Scanner().look(at: drop.claim.path, beneath: root),
                arrival.identity == FileIdentity(device: drop.claim.device, inode: drop.claim.inode)
            {
                return true
            }
            let sidecar = archive.sidecar(of: drop.entries)
            guard sidecar != nil else { return false }
            try desk.fileAway(drop.item(sidecar: sidecar), entries: drop.entries, inbox: root)
            return false
        } catch {
            logger.warning(
                "the last filing can't be finished",
                metadata: ["file": "\(EscapedName.text(drop.claim.path))", "cause": "\(error)"])
            return true
        }
    }
}
