import Annals

/// Which columns the labels of an upper heading line cover, where the line below names the columns.
///
/// A merged cell that lost its borders leaves its text above one of its columns. Mostly that is the first, and the text
/// goes on to the right as far as the next one; a centred text stands above the middle, one set to the right above the
/// last. Which it is, the lower line tells as a whole:
///
///     Region,,2010,,,2011,                     each name stands as often as there are years:
///     ,Men,Women,Total,Men,Women,Total         2010 covers the first three, wherever it stands among them
///
/// Below one label no name stands twice, and none that a label covers stands outside of all labels as well. Where the
/// labels keep to that if they go on to the right, they do. Else each run of names has the label that stands above it,
/// if the names are the same in all runs. What fits neither is refused, and so are labels that may be either.
struct HeadingSpans {
    /// Why it can't be told what a label covers.
    struct Unclear: Error {
        /// The first label, and its place.
        var label: String
        var place: Int
        /// The first name in front of it, which it may cover or not.
        var before: String

        /// The refusal.
        ///
        /// - Parameters:
        ///   - line: Where the label stands.
        ///   - column: Counts from 1.
        ///   - declared: A further remedy, a definition's.
        /// - Returns: What says both readings.
        func reason(line: Int, column: Int, declared: String? = nil) -> Reason {
            Reason(
                "What `\(label)` covers can't be told: what stands below it to the right, or `\(before)` in front of it too",
                line: line, column: column, found: label, expected: "the label above the first of its columns",
                remedy: "Write it above each of its columns" + (declared ?? ""))
        }
    }

    private let upper: [String]
    private let lower: [String]
    /// Columns that the lower line names, in order.
    private let named: [Int]
    /// Names of the lower line as they are compared.
    private let names: [String]
    /// *Shape:* as ``named``; the place among ``named`` of the label that goes on over it; nil where none does.
    private let owners: [Int?]
    /// Places among ``named`` of those that a label stands above.
    private let labels: [Int]
    /// Places among ``named`` of those behind a label that stands alone.
    private let behindAlone: Set<Int>

    /// - Parameters:
    ///   - upper: The upper line; empty where it has no label.
    ///   - lower: The line below, of as many fields.
    ///   - goesOnAlone: Whether a label above a column without a name goes on over those behind it.
    ///   - isSetApart: Whether a column is a key, or one of its own, that no label covers.
    /// - Returns: *Shape:* one a column: the label that covers it; nil where all go on to the right.
    /// - Throws: Where that can't be told.
    static func covering(
        _ upper: [String], _ lower: [String], goesOnAlone: Bool = false, isSetApart: (Int) -> Bool = { _ in false }
    ) throws(Unclear) -> [String]? {
        guard upper.count == lower.count,
            let first = upper.indices.first(where: { !upper[$0].isEmpty && !lower[$0].isEmpty })
        else { return nil }
        // A key in front of the labels has nothing to do with them.
        let start = upper.indices.last { $0 < first && isSetApart($0) }.map { $0 + 1 } ?? 0
        let spans = HeadingSpans(upper, lower, from: start)
        guard spans.hasDoubt else { return nil }
        if let runs = spans.runs() { return runs }
        try spans.refuseUnclear(goesOnAlone: goesOnAlone)
        return nil
    }

    private init(_ upper: [String], _ lower: [String], from start: Int) {
        self.upper = upper
        self.lower = lower
        let named = (start..<lower.count).filter { !lower[$0].isEmpty }
        self.named = named
        names = named.map { LabelText.folded(lower[$0]) }
        labels = named.indices.filter { !upper[named[$0]].isEmpty }
        // A label above a column without a name stands alone, and ends what goes on over it.
        var owner: Int?
        var isBehindAlone = false
        var owners: [Int?] = []
        var behindAlone: Set<Int> = []
        for column in start..<lower.count {
            if !upper[column].isEmpty {
                owner = lower[column].isEmpty ? nil : owners.count
                isBehindAlone = owner == nil
            }
            guard !lower[column].isEmpty else { continue }
            if isBehindAlone { behindAlone.insert(owners.count) }
            owners.append(owner)
        }
        self.owners = owners
        self.behindAlone = behindAlone
    }

    /// Places of names that no label goes on over: in front of the first, mostly.
    private var uncovered: [Int] { owners.indices.filter { owners[$0] == nil } }

    private var groups: [[String]] {
        var groups: [Int: [String]] = [:]
        for (place, owner) in owners.enumerated() { if let owner { groups[owner, default: []].append(names[place]) } }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Whether the labels may cover something else than what they go on over.
    private var hasDoubt: Bool {
        let groups = groups
        let hasTwins = groups.contains { Set($0).count < $0.count }
        if uncovered.isEmpty { return hasTwins }
        let areAlike = groups.count > 1 && !hasTwins && groups.allSatisfy { Set($0) == Set(groups[0]) }
        return !areAlike
    }

    /// The labels, each over the run of names that it stands above; nil where there are no such runs.
    private func runs() -> [String]? {
        // What stands once in front of all is a column of its own.
        let skipped = owners.indices.prefix { place in owners[place] == nil && names.count { $0 == names[place] } == 1 }
            .count
        let places = Array(skipped..<named.count)
        guard labels.count > 1, places.count.isMultiple(of: labels.count) else { return nil }
        let length = places.count / labels.count
        guard length > 1 else { return nil }
        let runs = labels.indices.map { places[$0 * length..<($0 + 1) * length] }
        let wanted = Set(runs[0].map { names[$0] })
        guard wanted.count == length, runs.allSatisfy({ Set($0.map { names[$0] }) == wanted }),
            zip(runs, labels).allSatisfy({ $0.contains($1) })
        else { return nil }
        var covering = [String](repeating: "", count: upper.count)
        for (run, label) in zip(runs, labels) { for place in run { covering[named[place]] = upper[named[label]] } }
        return covering
    }

    private func refuseUnclear(goesOnAlone: Bool) throws(Unclear) {
        let uncovered = uncovered.filter { !goesOnAlone || !behindAlone.contains($0) }
        let covered = Set(names.indices.filter { owners[$0] != nil }.map { names[$0] })
        // Only a total of all stands outside of labels, and again below them.
        let isAgain = uncovered.contains { covered.contains(names[$0]) && !TotalLabel.matches(lower[named[$0]]) }
        guard isAgain || mayBeCentred, let before = uncovered.first, let last = labels.last else { return }
        let first = named[labels.first { $0 > before } ?? last]
        throw Unclear(label: upper[first], place: first, before: lower[named[before]])
    }

    /// Whether no name tells what is covered, and each label stands at the same place of an equal part of the columns.
    private var mayBeCentred: Bool {
        guard !TotalLabel.matches(lower[named[0]]), UnitText(lower[named[0]]) == nil, Set(names).count == names.count,
            let first = labels.first, named.count.isMultiple(of: labels.count)
        else { return false }
        // Years below a label, and something else in front of it.
        let areYears = named.map { YearHeading.parse(lower[$0]).year != nil }
        guard areYears[0] || areYears[first...].contains(false) else { return false }
        let length = named.count / labels.count
        guard first > 0, first < length, labels.enumerated().allSatisfy({ $1 == $0 * length + first }) else {
            return false
        }
        return labels.count > 1 || length > 2 && (first == (length - 1) / 2 || first == length / 2)
    }
}
