import Annals
import TableReading

/// Holds what we read of a file against what an independent reader made of it, cell by cell and both ways round.
struct CellComparison {
    private(set) var compared = 0
    /// What isn't the same, in words.
    private(set) var differences: [String] = []
    private var tables: [IndexedTable]
    /// *Shape:* tables × cells: whether the other reader has it.
    private var isSeen: [[Bool]]

    init(_ document: ReadDocument, _ cells: [IndependentReader.Cell]) {
        tables = document.tables.map(IndexedTable.init)
        isSeen = document.tables.map { [Bool](repeating: false, count: $0.cells.count) }
        for cell in cells { compare(cell) }
        for (table, seen) in zip(tables, isSeen) {
            for cell in seen.indices where !seen[cell] {
                let codes = table.table.keySpace.codes(at: table.table.ordinal(ofCell: cell))
                differences.append("\(table.table.period.label) \(codes): the other reader has no such cell")
            }
        }
    }

    private mutating func compare(_ cell: IndependentReader.Cell) {
        let name = "\(cell.year) \(cell.codes.map { "\($0.dimension)=\($0.code)" }) \(cell.measure)"
        let place =
            cell.year.isEmpty
            ? (tables.count == 1 ? 0 : nil)
            : tables.firstIndex { $0.table.period.label == cell.year }
                ?? tables.firstIndex { cell.year.hasPrefix(String($0.table.period.year)) }
        guard let place else { return differences.append("\(name): we have no such year") }
        guard let found = tables[place].cell(cell) else { return differences.append("\(name): we have no such cell") }
        if isSeen[place][found] { return differences.append("\(name): twice") }
        isSeen[place][found] = true
        compared += 1
        let shown = tables[place].shown(found)
        if !Self.areSame(cell.text, shown) {
            differences.append("\(name): \(shown.symbol ?? shown.number), and the other reader has \(cell.text)")
        }
    }

    private static func areSame(_ text: String, _ shown: (number: String, symbol: String?)) -> Bool {
        guard let other = plainNumber(text) else { return shown.symbol == text }
        return shown.symbol == nil && plainNumber(shown.number) == other
    }

    /// A number without zeros that say nothing: `3.10` as `3.1`, `-0` as `0`; nil for anything else.
    static func plainNumber(_ text: String) -> String? {
        var digits = Substring(text)
        let isNegative = digits.first == "-"
        if isNegative || digits.first == "+" { digits = digits.dropFirst() }
        let halves = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), digits.contains(where: \.isNumber),
            halves.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let whole = halves[0].drop { $0 == "0" }
        var fraction = halves.count == 2 ? halves[1] : ""
        while fraction.last == "0" { fraction = fraction.dropLast() }
        let plain = (whole.isEmpty ? "0" : String(whole)) + (fraction.isEmpty ? "" : "." + fraction)
        return isNegative && plain != "0" ? "-" + plain : plain
    }
}

/// A table in which cells are found by what another reader calls them.
private struct IndexedTable {
    let table: Table
    /// Places of dimensions by id and by label, as slugs.
    private var dimensions: [String: Int] = [:]
    /// *Shape:* one a dimension: places of categories by code, by label, and by both.
    private var categories: [[String: Int]] = []

    init(_ table: Table) {
        self.table = table
        for (place, dimension) in table.keySpace.dimensions.enumerated() {
            for name in [dimension.label, dimension.id] { dimensions[Slug.make(name)] = place }
            var places: [String: Int] = [:]
            for (index, category) in dimension.categories.enumerated() {
                places["\(category.code) \(category.label)"] = index
            }
            for (index, category) in dimension.categories.enumerated() { places[category.label] = index }
            for (index, category) in dimension.categories.enumerated() { places[category.code] = index }
            categories.append(places)
        }
    }

    /// The cell that the other reader means; nil where we have none.
    func cell(_ cell: IndependentReader.Cell) -> Int? {
        var indices = [Int?](repeating: nil, count: categories.count)
        for (dimension, code) in cell.codes {
            guard let place = dimensions[Slug.make(dimension)], let index = categories[place][code] else { return nil }
            indices[place] = index
        }
        if let measure = table.keySpace.measureDimension { indices[measure] = categories[measure][cell.measure] }
        // What stands above columns may be a dimension, and for the other reader what is counted.
        let unknown = indices.indices.filter { indices[$0] == nil }
        if unknown.count == 1, let place = unknown.first { indices[place] = categories[place][cell.measure] }
        let known = indices.compactMap(\.self)
        return known.count == indices.count ? table.cell(atOrdinal: table.keySpace.ordinal(known)) : nil
    }

    /// The figure, and the symbol in its place where there is none.
    func shown(_ cell: Int) -> (number: String, symbol: String?) {
        let mark = table.cells.mark(at: cell)
        let decimals = table.measure(atOrdinal: table.ordinal(ofCell: cell)).decimals
        return (
            ScaledDecimal.text(table.cells.values[cell], decimals: decimals), mark.status == .value ? nil : mark.glyph
        )
    }
}
