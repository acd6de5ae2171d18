internal import RecordLog
internal import Synchronization
package import TableCoding

// What adds to the log.
extension Archive {
    /// Records a drop, durably, and gives its entries: one a year, or one for a file that is taken aside.
    ///
    /// - Throws: ``ArchiveError/log(_:)`` where the log takes nothing, ``ArchiveError/damaged(_:)``,
    ///   ``ArchiveError/tooLarge(_:)``, ``ArchiveError/contended(attempts:)``. Nothing is recorded then, except that
    ///   after a failed write the log may turn out to have the drop when it is opened again.
    package func commit(_ drop: Examined) throws(ArchiveError) -> [DropEntry] {
        try commit([drop]).first ?? []
    }

    /// Records drops in order as one batch with one sync: all or none.
    ///
    /// - Throws: As `commit(_:)` for one.
    package func commit(_ drops: [Examined]) throws(ArchiveError) -> [[DropEntry]] {
        if drops.isEmpty { return [] }
        return try append { (draft) throws(ArchiveError) in
            var entries: [[DropEntry]] = []
            for drop in drops { entries.append(try draft.add(drop, now: clock())) }
            return entries
        }
    }

    /// Begins a batch on what the archive holds now.
    ///
    /// - Parameter translation: What counts as the same code under another name.
    /// - Returns: The batch, empty.
    /// - Throws: ``ArchiveError/damaged(_:)`` where nothing can be added.
    package func begin(translating translation: CodeTranslation = .none) throws(ArchiveError) -> Committer {
        try Committer(self, translation)
    }

    /// What would become of an examined file that was dropped now; nothing is recorded.
    ///
    /// - Throws: What reading the nearest year's table throws.
    package func decision(
        on examined: Examined, translating translation: CodeTranslation = .none
    ) throws(ArchiveError) -> Decision {
        try Decider(catalog: catalog, library: library, translation: translation).decide(examined)
    }

    /// Forgets an entry of the quarantine; its line in the log of arrivals stays.
    ///
    /// - Throws: ``ArchiveError/notQuarantined(_:)``, and as `commit(_:)`.
    package func discard(quarantineID id: String) throws(ArchiveError) {
        try release(quarantineID: id, as: .discarded)
    }

    /// Takes an entry out of the quarantine, saying why; its line in the log of arrivals stays.
    ///
    /// - Throws: ``ArchiveError/notQuarantined(_:)``, and as `commit(_:)`.
    package func release(quarantineID id: String, as release: QuarantineRelease) throws(ArchiveError) {
        try append { (draft) throws(ArchiveError) in try draft.add(release, id: id, now: clock()) }
    }

    /// A draft on what is there now, and the log's head that it is to be appended at.
    func draft() throws(ArchiveError) -> (CommitDraft, expectedHead: UInt64) {
        let (catalog, head, problem) = replay.withLock { ($0.catalog, $0.frameHead, $0.problems.first) }
        if let problem { throw .damaged(problem) }
        return (CommitDraft(catalog: catalog, stored: stored, cache: cache), head)
    }

    /// Appends what a draft decides.
    ///
    /// Where another writer of the same log was faster, its frames are taken in and everything is decided anew, since
    /// what would have been new may be identical by now.
    private func append<Answer>(
        _ decide: (inout CommitDraft) throws(ArchiveError) -> Answer
    ) throws(ArchiveError) -> Answer {
        var answer: Answer?
        try turn.withLock { (_) throws(ArchiveError) in
            for _ in 0..<options.commitAttempts {
                var (draft, head) = try draft()
                let decided = try decide(&draft)
                if try appendInTurn(draft, expectedHead: head) {
                    answer = decided
                    return
                }
            }
        }
        guard let answer else { throw .contended(attempts: options.commitAttempts) }
        return answer
    }

    /// Appends a draft; false where the log ends elsewhere: what was appended there is then taken in.
    func append(_ draft: CommitDraft, expectedHead: UInt64) throws(ArchiveError) -> Bool {
        var isAppended = false
        try turn.withLock { (_) throws(ArchiveError) in
            isAppended = try appendInTurn(draft, expectedHead: expectedHead)
        }
        return isAppended
    }

    private func appendInTurn(_ draft: CommitDraft, expectedHead: UInt64) throws(ArchiveError) -> Bool {
        let outcome: AppendOutcome
        do { outcome = try log.append(draft.frames, expectedHead: expectedHead) } catch { throw .log(error) }
        switch outcome {
        case .appended(let first, let last):
            replay.withLock { $0.take(draft, first: first, last: last) }
            return true
        case .conflict:
            // Only who has the turn changes the replay; readers don't wait for what is read here.
            var fresh = replay.withLock { $0 }
            try fresh.catchUp(with: log)
            replay.withLock { $0 = fresh }
            return false
        }
    }
}
