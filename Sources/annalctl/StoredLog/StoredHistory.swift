import Archive
import ControlAPI
import ArchiveAnswers

/// The commits of a log that is read where it lies, one by one.
struct StoredHistory {
    private var history: History
    /// A handful that was read, without those that were given already.
    private var read: ArraySlice<HistoryEntry> = []

    init(_ history: History) { self.history = history }

    /// - Returns: The next one; nil after the last.
    /// - Throws: `.damaged` where the log can't be read at all.
    mutating func next() throws(ControlProblem) -> ChainReport? {
        do throws(ArchiveError) {
            if read.isEmpty { read = try history.entries()[...] }
        } catch {
            throw ControlProblem(.damaged, error.description)
        }
        return read.popFirst().map { ChainReport($0) }
    }
}
