import Annals
import Archive
import ControlAPI
import Inbox

/// Where a file goes once its commit is durable, by what the commit says.
struct FilingDesk {
    /// The state directory.
    let state: Descriptor

    /// Opens the state directory.
    ///
    /// - Throws: `InboxError` where it isn't there.
    init(statePath: String) throws(InboxError) { state = try .directory(at: statePath) }

    /// Files one drop away.
    ///
    /// - Parameters:
    ///   - item: What was claimed, now or before a restart.
    ///   - entries: All entries of its commit.
    ///   - inbox: The inbox, where it is there.
    /// - Returns: Where it stands now, or that something else stood at its name.
    /// - Throws: `InboxError`; the file is then still in the inbox and can be filed again.
    func fileAway(
        _ item: FilingItem, entries: [DropEntry], inbox: Descriptor?
    ) throws(InboxError) -> FilingOutcome {
        let filing = Filing(inbox: inbox, state: state)
        // A commit that says nothing of where its file goes, which none does, leaves it where it is.
        guard let first = entries.first else { return .alreadyFiled(at: item.path) }
        if let id = first.quarantineID {
            return try filing.quarantine(item, id: id, reason: Self.reasonDocument(of: first, id: id))
        }
        guard let dataset = first.dataset else { return .alreadyFiled(at: item.path) }
        return try filing.fileDone(item, dataset: dataset, years: Filing.yearsName(entries.compactMap(\.year)))
    }

    /// The text of `reason.json`.
    private static func reasonDocument(of entry: DropEntry, id: String) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("id", id)
            json.field("seq", Int(clamping: entry.sequence))
            json.field("file", entry.file)
            json.field("recorded", entry.recorded.description)
            json.field("sha256", entry.claim.sha256.hex)
            json.field("reason", entry.reason)
        }
        return json.bytes + [0x0A]
    }
}
