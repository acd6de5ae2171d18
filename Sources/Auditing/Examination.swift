import Annals

/// One table on its way through completion, inference and audit.
struct Examination {
    let table: Table
    let expectations: Expectations
    private var figures: Figures
    /// What the table is held against: expected first, then inferred.
    private var held: [ExpectedIdentity]
    private var findings: [Finding] = []
    /// Whether what was filled in belongs to the answer; not where sums that should have proved it are broken.
    private var keepsCompletion = true

    init(_ table: Table, _ expectations: Expectations) {
        self.table = table
        self.expectations = expectations
        figures = Figures(table)
        held = expectations.identities(of: table)
        for expected in held {
            guard case .sum(let dimension, let code, _) = expected.identity,
                ResolvedIdentity(expected.identity, in: figures) != nil
                    || OutdatedSum(expected.identity, in: figures.keySpace)?.hasParts == true
            else { continue }
            figures.sumCodes[dimension, default: []].insert(code)
        }
    }

    mutating func run() -> AuditedTable {
        markExpectedTotals()
        let expectedMirrors = completeExpectedMatrices()
        if figures.hasSums {
            for mirror in expectedMirrors { inferExtraTotals(of: mirror) }
            if expectedMirrors.isEmpty { inferHalfMatrices() }
            inferTotals()
            if !held.contains(where: \.isAntisymmetric) { inferAntisymmetries() }
            inferHierarchies()
            addZeroSums()
            findings += NearHolds(figures, held).findings
            findings += CalledTotals(figures, held, leavingOut: expectations.withoutTotal).findings
        }
        return answer()
    }

    // MARK: Expected

    private mutating func markExpectedTotals() {
        for expected in held {
            guard case .total(let id, let code) = expected.identity, let index = figures.keySpace.dimensionIndex(id),
                figures.keySpace.dimensions[index].totalCode == nil,
                figures.keySpace.dimensions[index].index(of: code) != nil
            else { continue }
            figures.setTotal(code, ofDimension: index)
        }
    }

    private mutating func completeExpectedMatrices() -> [CodeMirror] {
        let mirrors = held.compactMap { ResolvedIdentity($0.identity, in: figures)?.mirror }
        for mirror in mirrors { complete(mirror) }
        return mirrors
    }

    private mutating func complete(_ mirror: CodeMirror) {
        let before = figures.filledCount
        HalfMatrix.complete(&figures, mirror)
        let filled = figures.filledCount - before
        guard filled > 0 else { return }
        findings.append(
            Finding(
                "derived-cells",
                "\(filled) cells of \(naming(mirror)) that are not printed follow from their mirrors; flagged derived"))
    }

    // MARK: Inferred

    /// A total that nothing declares, beside a matrix that is declared antisymmetric or bound to be.
    ///
    /// Here a few broken sums are a failure: the completion is not in question, so the figures are.
    private mutating func inferExtraTotals(of mirror: CodeMirror) {
        for (dimension, category) in extraTotals(of: mirror) {
            let tally = figures.tally(figures.total(at: category, of: dimension))
            if case .unproved = CompletionVerdict([tally]) { continue }
            hold(totalAt: category, of: dimension)
        }
    }

    private mutating func inferHalfMatrices() {
        guard figures.summedMeasures == nil else { return }
        for mirror in figures.squares(leavingOutNamedTotals: true) where HalfMatrix.isHalfPrinted(figures, mirror) {
            var completed = self
            completed.complete(mirror)
            let totals = extraTotals(of: mirror)
            let tallies = totals.map { total in
                completed.figures.tally(completed.figures.total(at: total.category, of: total.dimension))
            }
            let verdict = CompletionVerdict(tallies)
            if case .unproved = verdict {
                findings.append(halfPrinted(mirror))
                continue
            }
            if case .suspicious = verdict { completed.keepsCompletion = false }
            self = completed
            for (dimension, category) in totals { hold(totalAt: category, of: dimension) }
            hold(antisymmetryOf: mirror)
        }
    }

    private func halfPrinted(_ mirror: CodeMirror) -> Finding {
        Finding(
            "half-printed",
            "one triangle of \(naming(mirror)) is blank, and no totals prove what stands there; "
                + "where it is the other with opposite signs, declare the dataset antisymmetric")
    }

    /// The categories that a square leaves over and that may be totals, none for a dimension whose total is known.
    private func extraTotals(of mirror: CodeMirror) -> [(dimension: Int, category: Int)] {
        let extras =
            mirror.extraRows.map { (dimension: mirror.row, category: $0) }
            + mirror.extraColumns.map { (dimension: mirror.column, category: $0) }
        return extras.filter { figures.keySpace.dimensions[$0.dimension].totalIndex ?? $0.category == $0.category }
    }

    private mutating func inferTotals() {
        for (index, dimension) in figures.keySpace.dimensions.enumerated()
        where !dimension.isMeasure && dimension.totalCode == nil && !expectations.withoutTotal.contains(dimension.id) {
            guard let total = figures.inferTotal(of: index) else { continue }
            hold(totalAt: total, of: index)
        }
    }

    private mutating func inferAntisymmetries() {
        for mirror in figures.squares(leavingOutNamedTotals: false) where figures.provesAntisymmetric(mirror) {
            hold(antisymmetryOf: mirror)
        }
    }

    /// Codes that are the sum of others of their dimension, where no total says so.
    ///
    /// What the figures prove of a code goes before what held for it earlier: a classification has got another part.
    private mutating func inferHierarchies() {
        for (index, dimension) in figures.keySpace.dimensions.enumerated()
        where !dimension.isMeasure && dimension.totalCode == nil {
            for found in HierarchySearch(figures, along: index).identities {
                held.removeAll { $0.origin == .bound && $0.identity != found && $0.identity.isSum(ofCodeOf: found) }
                if !held.contains(where: { $0.identity.isSum(ofCodeOf: found) }) { hold(found) }
            }
        }
        dropSupersededSums()
    }

    /// Where earlier tables had different parts of one code, and those of one of them add up here, the others are of then.
    private mutating func dropSupersededSums() {
        let bound = held.filter { $0.origin == .bound }.map(\.identity)
        for identity in bound where bound.contains(where: { $0 != identity && $0.isSum(ofCodeOf: identity) }) {
            guard let resolved = ResolvedIdentity(identity, in: figures) else { continue }
            let tally = figures.tally(resolved, stopsWhenBroken: true)
            guard tally.failed == 0, tally.checked > 0 else { continue }
            held.removeAll { $0.origin == .bound && $0.identity != identity && $0.identity.isSum(ofCodeOf: identity) }
        }
    }

    /// In an antisymmetric table whatever one region gains another loses, so its totals sum to zero.
    private mutating func addZeroSums() {
        for antisymmetry in held {
            guard case .antisymmetric(let row, let column) = antisymmetry.identity else { continue }
            for (over, id) in [(row, column), (column, row)] {
                guard let dimension = figures.keySpace.dimensions.first(where: { $0.id == id }),
                    let code = dimension.totalCode
                else { continue }
                addZeroSum(.zeroSum(over: over, dimension: id, code: code), origin: antisymmetry.origin)
            }
        }
    }

    private mutating func addZeroSum(_ identity: Identity, origin: Audit.Origin) {
        guard !held.contains(where: { $0.identity == identity }),
            let resolved = ResolvedIdentity(identity, in: figures)
        else { return }
        if origin == .inferred, keepsCompletion {
            let tally = figures.tally(resolved, stopsWhenBroken: true)
            guard tally.failed == 0, tally.checked > 0 else { return }
        }
        held.append(ExpectedIdentity(identity: identity, origin: origin))
    }

    private mutating func hold(totalAt category: Int, of index: Int) {
        let dimension = figures.keySpace.dimensions[index]
        let code = dimension.categories[category].code
        if dimension.totalCode == nil { figures.setTotal(code, ofDimension: index) }
        hold(.total(dimension: dimension.id, code: code))
    }

    private mutating func hold(antisymmetryOf mirror: CodeMirror) {
        let dimensions = figures.keySpace.dimensions
        hold(.antisymmetric(row: dimensions[mirror.row].id, column: dimensions[mirror.column].id))
    }

    private mutating func hold(_ identity: Identity) {
        guard !held.contains(where: { $0.identity == identity }) else { return }
        held.append(ExpectedIdentity(identity: identity, origin: .inferred))
    }

    private func naming(_ mirror: CodeMirror) -> String {
        let dimensions = figures.keySpace.dimensions
        return "\(dimensions[mirror.row].id) × \(dimensions[mirror.column].id)"
    }

    // MARK: Answer

    private func answer() -> AuditedTable {
        var figures = figures
        figures.rounding = expectations.rounding
        var report = AuditReport(figures)
        let outgrown = expectations.isReclassified ? held.filter { $0.isOutgrown(by: figures) } : []
        for expected in held.filter({ !outgrown.contains($0) }).sorted(by: { $0.identity.rank < $1.identity.rank }) {
            report.audit(expected)
        }
        var findings = findings + NegativeCounts.findings(of: table)
        findings += outgrown.compactMap(\.reclassification)
        findings += report.outdatedSums.map { Finding("outdated-sum", "\($0.sentence): \($0.remedy)") }
        let failure = report.failure()
        if let failure, expectations.warnOnly {
            findings.append(Finding("failed-audit", failure.message))
        }
        return AuditedTable(
            table: keepsCompletion ? completedTable : table, audits: report.audits, findings: findings,
            failure: expectations.warnOnly ? nil : failure)
    }

    private var completedTable: Table {
        var completed = table
        completed.keySpace = figures.keySpace
        if figures.filledCount > 0 { completed.cells = figures.cells }
        return completed
    }
}

extension ExpectedIdentity {
    var isAntisymmetric: Bool {
        guard case .antisymmetric = identity else { return false }
        return true
    }
}

extension ExpectedIdentity {
    /// Whether it is a sum of codes that held for earlier tables and doesn't for this one.
    fileprivate func isOutgrown(by figures: Figures) -> Bool {
        guard origin == .bound, case .sum = identity, let resolved = ResolvedIdentity(identity, in: figures) else {
            return false
        }
        return figures.tally(resolved).failed > 0
    }

    /// What is said of it then.
    fileprivate var reclassification: Finding? {
        guard case .sum(let dimension, let code, let parts) = identity else { return nil }
        return Finding(
            "reclassified-sum",
            "\(code) of \(dimension) was the sum of \(parts.count) codes in earlier tables and isn't in this one, whose "
                + "sidecar says that the classification changed")
    }
}

extension Identity {
    /// Totals first, as people check them.
    fileprivate var rank: Int {
        switch self {
        case .total: 0
        case .sum: 1
        case .zeroSum: 2
        case .antisymmetric: 3
        case .nonNegative: 4
        }
    }

    /// Whether it says of the same code as another one what it is the sum of.
    func isSum(ofCodeOf other: Identity) -> Bool {
        guard case .sum(let dimension, let code, _) = self, case .sum(dimension, code, _) = other else { return false }
        return true
    }
}
