package import Annals

/// What is noticed about a drop when it is recorded, its date of publication for example; its figures have nothing to do
/// with it.
package enum ArrivalFindings {
    /// How far ahead of the clock a date may lie: offices prepare a release the day before, in any time zone.
    private static let leadMicroseconds: Int64 = 86_400_000_000

    static let publishedInFuture = "published-in-future"
    static let notCurrent = "not-current"
    static let publishedOutOfRange = "published-out-of-range"

    private static let folderNamesNoDataset = "folder-names-no-dataset"
    private static let oldSidecar = "old-sidecar"
    private static let overtaken = "overtaken"

    /// Whether a finding is one of these.
    static func isOne(_ finding: Finding) -> Bool {
        [publishedOutOfRange, publishedInFuture, notCurrent, folderNamesNoDataset, oldSidecar, overtaken]
            .contains(finding.code)
    }

    /// A file lay in folders, and none of them is called as a dataset.
    ///
    /// - Parameter folders: The nearest first.
    /// - Returns: What its drop is marked with.
    package static func noDataset(in folders: [String]) -> Finding {
        let names = folders.map { "`\($0)`" }.joined(separator: " or ")
        return Finding(
            folderNamesNoDataset,
            "No dataset is called \(names), so that the folder says nothing about the file; a folder gives the dataset "
                + "where one of its name is recorded or defined")
    }

    /// A file took a sidecar along that had lain in the inbox since before it came.
    ///
    /// - Parameters:
    ///   - since: When the sidecar came.
    ///   - sidecar: What it says.
    /// - Returns: What the drop is marked with.
    package static func sidecarFromBefore(since: Instant, _ sidecar: Sidecar) -> Finding {
        var said: [String] = []
        if let dataset = sidecar.dataset { said.append("dataset \(dataset)") }
        if let year = sidecar.year { said.append("year \(year)") }
        if let published = sidecar.published { said.append("published \(published)") }
        let what = said.isEmpty ? "What it says counts" : "Its \(said.joined(separator: ", ")) counts"
        return Finding(
            oldSidecar,
            "Its sidecar had lain in the inbox since \(since), before the file came, and may be another one's. \(what) all "
                + "the same")
    }

    /// A file took so long to be read that files of its dataset were recorded before it, though they came after it.
    static func recordedLate(publishedAs published: Instant) -> Finding {
        Finding(
            overtaken,
            "It took so long to read that a file of the dataset that came after it was recorded first; it counts as "
                + "published before that one, \(published)")
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
