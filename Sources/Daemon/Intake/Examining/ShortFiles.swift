import Inbox

/// Puts short files together that arrived one behind another, where many wait.
///
/// Reading one takes less than handing it from process to process does; a reader that has several before it goes through
/// them at one stretch. One file alone, and one of a few, goes by itself, so that nobody waits for others.
enum ShortFiles {
    /// The longest file that goes with others: nothing that is said of it takes long.
    static let mostBytes: Int64 = 64 << 10
    /// Most files that go together.
    static let mostTogether = 8

    /// Files in their order, cut into groups.
    ///
    /// - Parameters:
    ///   - files: In the order of their arrival.
    ///   - threadCount: How many groups are examined at once; each is to have one.
    /// - Returns: All of them, at least one a group.
    static func groups(_ files: [SettleBook.Ready], threadCount: Int) -> [ArraySlice<SettleBook.Ready>] {
        let most = min(mostTogether, files.count / max(1, threadCount))
        var groups: [ArraySlice<SettleBook.Ready>] = []
        var start = files.startIndex
        while start < files.endIndex {
            let end = min(start + max(1, most), files.endIndex)
            let short = files[start..<end].prefix { $0.arrival.size <= mostBytes }
            groups.append(short.isEmpty ? files[start...start] : short)
            start = groups[groups.count - 1].endIndex
        }
        return groups
    }
}
