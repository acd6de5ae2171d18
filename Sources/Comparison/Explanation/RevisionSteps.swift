import Annals

/// How one side of a delta came to be what it is: its figures at the start, and what each kind of release added.
///
/// *Shape:* each column has one entry a row of the delta.
struct RevisionSteps {
    private(set) var first: [Int64]
    /// Whether there was a figure at the start.
    private(set) var hasFirst: [Bool]
    /// The last figure that there was.
    ///
    /// Empty once no more steps are taken.
    private var last: [Int64]
    /// In the order in which they were first met.
    private(set) var kinds: [String] = []
    /// The lowest 64 bits.
    ///
    /// *Shape:* `[kind][row]`.
    private var amounts: [[Int64]] = []
    /// By kind.
    private var carries: [Carries] = []

    init(count: Int) {
        first = [Int64](repeating: 0, count: count)
        last = first
        hasFirst = [Bool](repeating: false, count: count)
    }

    /// Takes the figures at the start.
    mutating func begin(_ figure: (Int) -> Int64?) {
        for row in first.indices {
            guard let figure = figure(row) else { continue }
            first[row] = figure
            last[row] = figure
            hasFirst[row] = true
        }
    }

    /// Takes the figures of the next release: a step goes from a figure to the next one there is.
    mutating func step(_ kind: Sidecar.Kind?, _ figure: (Int) -> Int64?) {
        let place = place(of: kind?.rawValue ?? Explanation.unstatedKind)
        for row in first.indices where hasFirst[row] {
            guard let figure = figure(row), figure != last[row] else { continue }
            carries[place].add(figure, to: &amounts[place][row], at: row)
            carries[place].subtract(last[row], from: &amounts[place][row], at: row)
            last[row] = figure
        }
    }

    /// What releases of a kind added to a row.
    func amount(_ kind: Int, at row: Int) -> Int128 { carries[kind].exact(amounts[kind][row], at: row) }

    /// Lets go of what only further steps need.
    mutating func end() { last = [] }

    private mutating func place(of kind: String) -> Int {
        if let known = kinds.firstIndex(of: kind) { return known }
        kinds.append(kind)
        amounts.append([Int64](repeating: 0, count: first.count))
        carries.append(Carries())
        return kinds.count - 1
    }
}
