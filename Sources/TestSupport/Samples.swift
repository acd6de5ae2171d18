package import Annals

/// Small tables for tests.
package enum Samples {
    /// A dimension of so many categories.
    package static func dimension(_ id: String, _ count: Int, isMeasure: Bool = false) -> Dimension {
        Dimension(
            id: id, label: id.uppercased(),
            categories: (0..<count).map { Category(code: "\(id)\($0)", label: "Label of \($0)") }, isMeasure: isMeasure)
    }

    /// A dense table of so many cells that count up from `first`.
    package static func table(year: Int = 2011, cells count: Int = 6, first: Int64 = 1, notes: [String] = []) -> Table {
        let keySpace = KeySpace([dimension("region", count)])!
        var builder = CellsBuilder()
        for index in 0..<count { _ = builder.append(first + Int64(index), .plain) }
        return Table(
            title: "Net migration \(year)", period: Period(year: year), notes: notes,
            measures: [Measure(code: "persons", unit: "persons", kind: .net, isAdditive: true)], keySpace: keySpace,
            presence: .dense, cells: builder.finish())
    }

    /// A sparse table with two measures, all sorts of marks, and labels that differ from their codes or don't.
    package static func mixed(year: Int = 2011) -> Table {
        var region = dimension("region", 40)
        region.categories[3].label = region.categories[3].code
        region.categories[4].aliases = ["Østfold", "Ostfold"]
        region.totalCode = "region0"
        let keySpace = KeySpace([region, dimension("measure", 2, isMeasure: true)])!
        let ordinals = (0..<UInt64(80)).filter { $0 % 7 != 3 }
        var builder = CellsBuilder()
        for ordinal in ordinals {
            switch ordinal % 5 {
            case 0: _ = builder.append(0, Mark(.nilFigure, glyph: "-"))
            case 1: _ = builder.append(Int64.max - Int64(ordinal), Mark(.value, flags: [.provisional, .derived]))
            case 2: _ = builder.append(Int64.min + Int64(ordinal), .plain)
            case 3: _ = builder.append(0, Mark(.confidential, glyph: ":"))
            default: _ = builder.append(Int64(ordinal) - 40, Mark(.value, flags: .revised, glyph: "r"))
            }
        }
        return Table(
            title: "Mixed", period: Period(year: year, label: "\(year)-12", kind: .flow), notes: ["1) A note.", ""],
            measures: [
                Measure(code: "measure0", label: "Persons", unit: "persons", multiplier: 3, kind: .count),
                Measure(code: "measure1", multiplier: -2, decimals: 2, kind: .rate, isAdditive: false),
            ], keySpace: keySpace, presence: .sparse(ordinals), cells: builder.finish())
    }

    /// One of each kind of identity, origin and result.
    package static func audits() -> [Audit] {
        [
            Audit(
                identity: .total(dimension: "region", code: "region0"), origin: .inferred, result: .holds, checked: 19),
            Audit(
                identity: .zeroSum(over: "region", dimension: "sex", code: "total"), origin: .declared,
                result: .failed, checked: 3, unchecked: 2, failed: 1,
                imbalances: [.init(at: ["region1", "total"], expected: -5, found: 7, decimals: 2)],
                findings: ["consistent with region1 being 96, not 69"]),
            Audit(
                identity: .antisymmetric(row: "region", column: "counterpart"), origin: .bound,
                result: .withinRounding, checked: 171),
        ]
    }
}

extension Table {
    /// The same table with its palette sorted, unused marks gone: what decoding a table and making it have in common.
    package var canonical: Table {
        let used = Set(cells.marks).map { cells.palette[Int($0)] }
        let palette = Set(used).sorted()
        let places = cells.palette.map { mark in UInt16(palette.firstIndex(of: mark) ?? 0) }
        var table = self
        table.cells = Cells(values: cells.values, marks: cells.marks.map { places[Int($0)] }, palette: palette)
        return table
    }
}
