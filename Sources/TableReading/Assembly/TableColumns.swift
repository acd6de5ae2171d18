import Annals

/// One dimension of what was read, and each row's category in it.
struct KeyColumn {
    var dimension: Dimension
    /// *Shape:* one a row; index into the dimension's categories.
    var indices: EntryRows
}

/// One column of figures, and what its heading says that its rows don't.
struct FigureColumn {
    /// *Shape:* one a row; scaled by ``decimals``.
    var values: [Int64]
    /// *Shape:* one a row; index into the palette of ``TableColumns``.
    var marks: [UInt16]
    var decimals: Int
    /// Index into the measures.
    var measure = 0
    /// Index into the periods; nil where the rows say.
    var period: Int?
    /// Index into the categories of ``TableColumns/extra``.
    var extra = 0
}

/// What every reader makes of a file before it becomes tables: rows of keys and columns of figures.
struct TableColumns {
    var rowCount: Int
    var keys: [KeyColumn]
    var periods: [Period]
    /// *Shape:* one a row; nil where headings or the file give the period.
    var rowPeriods: [UInt32]?
    /// The dimension above the columns: measures, or the other side of a matrix; varies fastest.
    var extra: Dimension?
    var figures: [FigureColumn]
    var measures: [Measure]
    var palette: [Mark]
    var title: String
    /// What the title says of all figures of a year, by the year's label: `2016p`.
    var titleFlags: [String: CellFlags] = [:]
    var notes: [String]
}

/// Why columns don't become a table.
enum AssemblyError: Error {
    /// Two rows with the same keys in the same year.
    case duplicate(first: Int, second: Int)
    /// More combinations than can be numbered.
    case tooManyCombinations
}

extension TableColumns {
    /// Gives all measures a unit, where none has one of its own.
    mutating func take(_ unit: UnitText) {
        guard measures.allSatisfy({ $0.unit == nil && $0.multiplier == 0 }) else { return }
        for measure in measures.indices {
            measures[measure].unit = unit.unit
            measures[measure].multiplier = unit.multiplier
            measures[measure].kind = measures[measure].kind ?? unit.kind
        }
    }

    /// Brings all columns of a measure to the decimals of the one that has most.
    ///
    /// - Returns: The first row whose figure doesn't fit any more, with its column; nil where all fit.
    mutating func alignDecimals() -> (row: Int, column: Int)? {
        for figure in figures {
            measures[figure.measure].decimals = max(measures[figure.measure].decimals, figure.decimals)
        }
        for column in figures.indices {
            let wanted = measures[figures[column].measure].decimals
            let shift = wanted - figures[column].decimals
            guard shift > 0 else { continue }
            let factor = ScaledDecimal.powerOfTen(min(18, shift))
            for row in figures[column].values.indices {
                let (product, overflow) = figures[column].values[row].multipliedReportingOverflow(by: factor)
                if overflow { return (row, column) }
                figures[column].values[row] = product
            }
            figures[column].decimals = wanted
        }
        return nil
    }
}
