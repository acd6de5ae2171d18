internal import Annals

/// What is noticed about a drop's date of publication when it is recorded; its figures have nothing to do with it.
enum ArrivalFindings {
    /// How far ahead of the clock a date may lie: offices prepare a release the day before, in any time zone.
    static let leadMicroseconds: Int64 = 86_400_000_000

    static let publishedInFuture = "published-in-future"
    static let notCurrent = "not-current"
    static let publishedOutOfRange = "published-out-of-range"

    /// Whether a finding is one of these.
    static func isOne(_ finding: Finding) -> Bool {
        [publishedOutOfRange, publishedInFuture, notCurrent].contains(finding.code)
    }

    /// What an earlier version took and recorded, and this one reads otherwise.
    ///
    /// - Parameter published: What it counts as.
    /// - Returns: What the drop is marked with.
    static func outOfDomain(_ published: Instant) -> Finding {
        Finding(
            publishedOutOfRange,
            "Its date of publication lies outside of the years 1 to 9999, as an earlier version let it; it counts as "
                + "\(published)")
    }

    /// - Parameters:
    ///   - published: When the drop says that it was published.
    ///   - recorded: Now, as the log tells it.
    ///   - version: The vintage that it becomes; nil where it only confirms one.
    ///   - current: The vintage that counted until now.
    /// - Returns: In the order of their codes above.
    static func findings(published: Instant, recorded: Instant, version: Int?, current: Vintage?) -> [Finding] {
        var findings: [Finding] = []
        let lead = published.microseconds.subtractingReportingOverflow(recorded.microseconds)
        if published > recorded, lead.overflow || lead.partialValue > leadMicroseconds {
            findings.append(
                Finding(
                    publishedInFuture,
                    "Its date of publication, \(published), lies in the future; no version that is published before "
                        + "then becomes the current one"))
        }
        if version != nil, let current, published < current.published {
            findings.append(
                Finding(
                    notCurrent,
                    "It isn't the current version: version \(current.version) was published later, \(current.published)"
                ))
        }
        return findings
    }
}
