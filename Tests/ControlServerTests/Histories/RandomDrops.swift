import Annals
import TestSupport

/// A dataset made up from a seed: its dimensions and measures, a classification that may change, and the files that arrive.
struct RandomDrops {
    enum Shape {
        case list, netMatrix, grossMatrix
    }

    private var generator: SeededNumbers
    let shape: Shape
    private(set) var concordance: PlainConcordance?
    /// In some years a code that the classification has is missing, or one that it hasn't stands there with nothing but zeros.
    private var codesOfYear: [Int: [String]] = [:]
    /// Of all tables; each has some of the codes.
    private var dimensions: [PlainTable.Dimension] = []
    private var measures: [PlainTable.Measure] = []
    private var measureDimension: String?
    let decimalsAreDeclared: Bool
    let years: [Int]

    /// Dimensions that a concordance is for, or that a matrix has.
    static let regions = ["region", "counterpart"]

    init(_ generator: SeededNumbers) {
        var generator = generator
        let isConcorded = Int.random(in: 0..<3, using: &generator) == 0
        shape = [.list, .list, .netMatrix, .grossMatrix].randomElement(using: &generator)!
        decimalsAreDeclared = Int.random(in: 0..<3, using: &generator) == 0
        let first = isConcorded ? RandomCodes.firstYear : 2010
        years = (first..<first + (isConcorded ? 6 : 4)).shuffled(using: &generator)
            .prefix(Int.random(in: 2...4, using: &generator)).sorted()
        self.generator = generator
        drawDimensions(isConcorded: isConcorded)
        drawMeasures()
    }

    // MARK: The dataset

    private mutating func drawDimensions(isConcorded: Bool) {
        var regions = PlainTable.Dimension(
            id: "region", codes: ["r1", "r2", "r3", "r4"], total: chance(2) ? "all" : nil)
        if isConcorded {
            let codes = RandomCodes(years: 6, using: &generator)
            let byYear = Dictionary(
                uniqueKeysWithValues: codes.codesByYear.enumerated().map { (RandomCodes.firstYear + $0, $1) })
            let ids = shape == .list ? ["region"] : Self.regions
            concordance = PlainConcordance(links: codes.links, dimensions: ids, codesByYear: byYear)
            drawUses(codes.links, byYear)
        }
        if shape != .list { regions.total = nil }
        dimensions = [regions]
        if shape != .list {
            regions.id = "counterpart"
            dimensions.append(regions)
        }
        let more =
            shape == .list ? Int.random(in: 0...2, using: &generator) : Int.random(in: 0...2, using: &generator) / 2
        let ages = PlainTable.Dimension(id: "age", codes: ["y", "o", "y,o"], total: chance(2) ? "0-" : nil)
        let sexes = PlainTable.Dimension(id: "sex", codes: ["f", "m"], total: chance(2) ? "both" : nil)
        dimensions += [ages, sexes].prefix(more)
        if shape == .list, concordance == nil { dimensions.shuffle(using: &generator) }
        for place in dimensions.indices { dimensions[place].total.map { dimensions[place].codes.append($0) } }
    }

    /// Which codes the tables of each year have.
    private mutating func drawUses(_ links: [Concordance.Link], _ byYear: [Int: [String]]) {
        // Whether a code was there before something came into it, its table alone can tell: then none may be missing.
        let canTell = byYear[RandomCodes.firstYear]!.allSatisfy { code in
            links.first { $0.from == code || $0.to == code }.map { first in
                links.contains { $0.validFrom == first.validFrom && $0.from == code }
            } ?? true
        }
        let all = Set(byYear.values.flatMap(\.self)).sorted()
        for year in years {
            var codes = byYear[year]!
            if canTell, chance(3) { codes.remove(at: Int.random(in: codes.indices, using: &generator)) }
            if chance(3), let idle = all.filter({ !byYear[year]!.contains($0) }).randomElement(using: &generator) {
                codes.append(idle)
            }
            codesOfYear[year] = codes
        }
    }

    private mutating func drawMeasures() {
        let kinds: [String?] =
            switch shape {
            case .netMatrix: ["net"]
            case .grossMatrix: ["count", "amount", nil]
            case .list: ["count", "count", "amount", "net", "rate", "mean", nil]
            }
        let isSeveral = shape == .list && chance(3)
        measures = (isSeveral ? ["m0", "m1"] : ["figures"]).map { code in
            let kind = kinds.randomElement(using: &generator)!
            return PlainTable.Measure(
                code: code, unit: chance(8) ? nil : chance(4) ? "tonnes" : "persons", decimals: 1, kind: kind,
                isAdditive: ["rate", "mean"].contains(kind) && chance(2) ? true : nil)
        }
        guard isSeveral else { return }
        measureDimension = "measure"
        dimensions.insert(
            PlainTable.Dimension(id: "measure", codes: measures.map(\.code)),
            at: Int.random(in: 0...dimensions.count, using: &generator))
    }

    // MARK: Files

    /// The files in the order in which they arrive; nil for one that is taken aside.
    mutating func drops() -> [PlainHistory.Drop?] {
        var known: [PlainTable] = []
        let order =
            years.shuffled(using: &generator)
            + (0..<Int.random(in: 2...6, using: &generator)).map { _ in
                years.randomElement(using: &generator)!
            }
        return order.enumerated().map { place, year in
            if place > 0, chance(12) { return nil }
            var ofFile = [year]
            if chance(6), let other = years.filter({ $0 != year }).randomElement(using: &generator) {
                ofFile.append(other)
            }
            let tables = ofFile.sorted().map { table($0, known) }
            known += tables
            let day = Int.random(in: 1...6, using: &generator)
            return PlainHistory.Drop(
                tables: tables, published: chance(6) ? nil : PlainHistory.Moment(day: day, hour: chance(3) ? 12 : 0),
                kind: [nil, "routine", "benchmark", "correction"].randomElement(using: &generator)!,
                stage: [nil, "flash", "provisional", "final"].randomElement(using: &generator)!)
        }
    }

    private mutating func table(_ year: Int, _ known: [PlainTable]) -> PlainTable {
        guard let before = known.filter({ $0.year == year }).randomElement(using: &generator), !chance(4) else {
            return newTable(year)
        }
        var table = before
        // The same in another order, or with a zero more.
        if chance(2) {
            for place in table.dimensions.indices where chance(2) {
                let isRow = shape != .list && place < 2
                if !isRow { table.dimensions[place].codes.shuffle(using: &generator) }
            }
            if let id = measureDimension {
                let codes = table.dimension(id).codes
                table.measures.sort { codes.firstIndex(of: $0.code)! < codes.firstIndex(of: $1.code)! }
            }
        }
        if chance(4) { refine(&table) }
        if !chance(3) { revise(&table) }
        return table
    }

    private func refine(_ table: inout PlainTable) {
        for key in table.cells.keys { table.cells[key]!.value *= 10 }
        for place in table.measures.indices { table.measures[place].decimals += 1 }
    }

    private mutating func revise(_ table: inout PlainTable) {
        for key in table.keys where !isMirror(key) && chance(3) {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: set(&table, key, cell(at: key, in: table))
            case 1 where concordance == nil && table.cells.count > 4: set(&table, key, nil)
            case 2:
                var cell = table.cells[key]!
                cell.flags.formSymmetricDifference(["revised"])
                set(&table, key, cell)
            default:
                var cell = table.cells[key]!
                guard cell.status == "value", !isIdle(key, table) else { continue }
                cell.value += Int.random(in: -30...30, using: &generator)
                if cell.value == 0 { cell.value = 7 }
                set(&table, key, cell)
            }
        }
        if chance(8) { table.notes = table.notes.isEmpty ? ["A note."] : [] }
        if chance(8), shape == .list {
            let place = Int.random(in: table.dimensions.indices, using: &generator)
            guard table.dimensions[place].id != measureDimension else { return }
            let code = table.dimensions[place].codes[0]
            table.dimensions[place].labels[code] = "Another label of \(code)"
        }
        if concordance == nil { removeUnused(&table) }
    }

    private mutating func newTable(_ year: Int) -> PlainTable {
        var table = PlainTable(
            year: year, dimensions: dimensions, measureDimension: measureDimension, measures: measures,
            isAntisymmetric: shape == .netMatrix)
        for place in table.dimensions.indices {
            let dimension = table.dimensions[place]
            let isOfRegions = Self.regions.contains(dimension.id)
            if isOfRegions, shape != .list, place == 1 {
                table.dimensions[1].codes = table.dimensions[0].codes
                continue
            }
            var codes = dimension.codes.filter { _ in !chance(6) }
            if isOfRegions, let own = codesOfYear[year] { codes = own + (dimension.total.map { [$0] } ?? []) }
            if codes.isEmpty { codes = dimension.codes }
            if chance(2) { codes.shuffle(using: &generator) }
            table.dimensions[place].codes = codes
        }
        if let id = measureDimension {
            table.measures = table.dimension(id).codes.map { code in measures.first { $0.code == code }! }
        }
        for place in table.measures.indices {
            table.measures[place].decimals = Int.random(in: 0...2, using: &generator)
            if chance(12) { table.measures[place].unit = "thousands" }
        }
        let isDense = chance(2)
        for key in PlainTable.product(table.dimensions.map(\.codes)) where !isMirror(key) && (isDense || !chance(4)) {
            set(&table, key, cell(at: key, in: table))
        }
        if concordance == nil {
            if table.cells.isEmpty { return newTable(year) }
            removeUnused(&table)
        } else {
            fillCodes(of: &table)
        }
        return table
    }

    /// A code without a figure would be one that isn't in use.
    private mutating func fillCodes(of table: inout PlainTable) {
        let region = table.place(of: "region")
        for key in PlainTable.product(table.dimensions.map(\.codes)) {
            let isThere = table.cells.contains { other, cell in
                other[region] == key[region] && !["nil", "not-applicable"].contains(cell.status)
            }
            if !isThere, shape == .list || key[0] != key[1] {
                set(&table, isMirror(key) ? [key[1], key[0]] + key.dropFirst(2) : key, cell(at: key, in: table))
            }
        }
    }

    // MARK: Cells

    private mutating func cell(at key: [String], in table: PlainTable) -> PlainTable.Cell {
        let isDiagonal = shape != .list && key[0] == key[1]
        if isIdle(key, table) {
            return PlainTable.Cell(status: ["value", "nil", "blank"].randomElement(using: &generator)!)
        }
        if isDiagonal, shape == .netMatrix || chance(2) {
            return PlainTable.Cell(status: ["nil", "not-applicable"].randomElement(using: &generator)!)
        }
        var statuses = ["value", "value", "value", "value", "value", "confidential", "not-available"]
        // Zeros in a whole code would make it one that isn't in use.
        if concordance == nil { statuses += ["nil", "below-unit", "blank", "not-applicable"] }
        var cell = PlainTable.Cell(status: statuses.randomElement(using: &generator)!)
        if cell.status == "value" {
            cell.value = Int.random(in: -60...150, using: &generator)
            if cell.value == 0, concordance != nil { cell.value = 5 }
        }
        if chance(8) { cell.flags = [chance(3) ? "break" : "provisional"] }
        return cell
    }

    /// A code that the classification doesn't have in that year.
    private func isIdle(_ key: [String], _ table: PlainTable) -> Bool {
        guard let concordance else { return false }
        return concordance.dimensions.contains { id in
            let code = key[table.place(of: id)]
            return code != table.dimension(id).total && !concordance.codesByYear[table.year]!.contains(code)
        }
    }

    /// Whether a cell follows from another one.
    private func isMirror(_ key: [String]) -> Bool { shape == .netMatrix && key[0] > key[1] }

    private func set(_ table: inout PlainTable, _ key: [String], _ cell: PlainTable.Cell?) {
        table.cells[key] = cell
        guard shape == .netMatrix, key[0] != key[1] else { return }
        var mirrored = key
        mirrored.swapAt(0, 1)
        table.cells[mirrored] = cell.map { cell in
            PlainTable.Cell(value: -cell.value, status: cell.status, flags: cell.flags.union(["derived"]))
        }
    }

    private func removeUnused(_ table: inout PlainTable) {
        for place in table.dimensions.indices {
            let used = Set(table.cells.keys.map { $0[place] })
            table.dimensions[place].codes.removeAll { !used.contains($0) }
            guard table.dimensions[place].id == measureDimension else { continue }
            table.measures.removeAll { !used.contains($0.code) }
        }
    }

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &generator) == 0 }
}
