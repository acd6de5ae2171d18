import Annals

/// When a PX file says that its figures were last updated: `20240215 08:00`, of all contents or of each.
///
/// The format has no time zone. The agency's own clock is meant; it is taken for UTC, which can be some hours off.
struct PXUpdates {
    /// The latest; nil where the file doesn't say, or says it in another way.
    private(set) var latest: Instant?
    private(set) var findings: [Finding] = []

    init(_ metadata: PXMetadata) {
        for statement in metadata.all("LAST-UPDATED") where !statement.value.isEmpty {
            guard let instant = Self.instant(statement.value) else {
                if findings.isEmpty {
                    findings.append(
                        Finding(
                            "update-unreadable",
                            "LAST-UPDATED is no day, and no day and time: `\(statement.value)`", line: statement.line))
                }
                continue
            }
            latest = max(latest ?? instant, instant)
        }
    }

    /// `20240215`, `20240215 08:00`, `20240215 08:00:30`.
    static func instant(_ text: String) -> Instant? {
        let parts = text.split(separator: " ")
        guard let day = parts.first, day.utf8.count == 8, day.utf8.allSatisfy(NumberShape.isDigit), parts.count <= 2
        else { return nil }
        let date = "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))"
        return Instant(iso8601: parts.count == 2 ? "\(date)T\(parts[1])Z" : date)
    }
}
