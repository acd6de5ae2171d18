import Annals
import Definitions

/// The years that headings, row labels or a column of a file name, each once.
struct PeriodList {
    private(set) var periods: [Period] = []
    private var indexByYear: [Int: Int] = [:]

    /// - Parameters:
    ///   - mentions: In the order of the file.
    ///   - input: For the sidecar, which may not contradict them, and the limit.
    /// - Throws: Where years and split years stand side by side, or the sidecar says another year.
    init(_ mentions: [YearMention], input: ReaderInput) throws(Reason) {
        for mention in mentions where indexByYear[mention.year] == nil {
            indexByYear[mention.year] = periods.count
            periods.append(Period(year: mention.year, label: mention.label))
        }
        if let split = mentions.first(where: \.isSplit), let whole = mentions.first(where: { !$0.isSplit }) {
            throw Reason(
                "Years and split years stand side by side: \(whole.label) and \(split.label)", found: split.label,
                expected: "all years, or all split years", remedy: "Drop them as two files")
        }
        guard periods.count <= input.limits.years else {
            throw Reason(
                "More years than the limit", found: "\(periods.count) years",
                expected: "at most \(input.limits.years)", remedy: "Look whether the column is one of years at all")
        }
        if let year = input.document.sidecar?.year, periods.contains(where: { $0.year != year }) {
            let names = periods.map(\.label).joined(separator: ", ")
            throw Reason(
                "The sidecar says \(year), the file has \(names)", found: names, expected: String(year),
                remedy: "Remove `year:` from the sidecar; the file says it itself")
        }
    }

    func index(of year: Int) -> Int { indexByYear[year] ?? 0 }
}
