import Annals

/// The figures of one measure as far as they may be sentinels: what is negative, what is made of nines, and the rest.
struct SentinelTally {
    /// Decimals of the measure, 0…18.
    private let decimals: Int
    private let power: Int64
    private let signs: Signs
    private var suspects: [Int64: SentinelCheck.Suspect] = [:]
    /// Distinct negative values beyond the limit: many of them are no signs, they are figures.
    private var hasManyNegatives = false
    private var negativeCount = 0
    private var figureCount = 0
    /// The largest of what is no suspect, and whether all of that is whole.
    private var largestOther: Int64 = 0
    private var othersAreWhole = true

    private static let maximumNegatives = 64

    init(decimals: Int) {
        self.decimals = min(18, max(0, decimals))
        power = ScaledDecimal.powerOfTen(self.decimals)
        signs = Signs.byDecimals[self.decimals]
    }

    /// The figures that are signs, scaled by a measure's decimals: worked out once for each number of them.
    private struct Signs {
        /// `9999`, `99999`, … and `999.9`.
        let nines: Set<Int64>
        let ascendingNines: [Int64]
        let smallestNines: Int64
        let annotations: Set<Int64>
        let greatestAnnotation: Int64

        /// *Shape:* one a number of decimals, 0…18.
        static let byDecimals = (0...18).map(Signs.init)

        private init(decimals: Int) {
            var nines: Set<Int64> = []
            // 9999 and more, and figures of four nines and more with a point among them: (10^k − 1) · 10^j, scaled.
            for shift in 0...decimals {
                // Three nines in front of the point at least.
                for digits in stride(from: max(4, decimals - shift + 3), through: 18 - shift, by: 1) {
                    nines.insert((ScaledDecimal.powerOfTen(digits) - 1) * ScaledDecimal.powerOfTen(shift))
                }
            }
            self.nines = nines
            ascendingNines = nines.sorted()
            smallestNines = nines.min() ?? .max
            let power = ScaledDecimal.powerOfTen(decimals)
            annotations = Set(
                [222_222_222, 333_333_333, 555_555_555, 666_666_666, 888_888_888, 999_999_999].compactMap {
                    let (product, overflow) = (-Int64($0)).multipliedReportingOverflow(by: power)
                    return overflow ? nil : product
                })
            greatestAnnotation = annotations.max() ?? .min
        }
    }

    /// Whether any figure of some columns is one of the values that ``isAnnotation(_:)`` knows.
    static func haveAnnotations(_ columns: TableColumns, in places: [Int], decimals: Int) -> Bool {
        let signs = Signs.byDecimals[min(18, max(0, decimals))]
        return places.contains { place in
            columns.figures[place].values.contains {
                $0 <= signs.greatestAnnotation && signs.annotations.contains($0)
            }
        }
    }

    /// Adds a column.
    ///
    /// - Parameters:
    ///   - values: Scaled by the measure's decimals.
    ///   - column: Index of the column, for its marks too.
    ///   - columns: What the column is of.
    mutating func add(_ values: [Int64], column: Int, palette columns: TableColumns) {
        for start in stride(from: 0, to: values.count, by: Self.blockLength) {
            let rows = start..<min(start + Self.blockLength, values.count)
            if !addPlain(values[rows]) { add(values, rows, column: column, palette: columns) }
        }
    }

    private static let blockLength = 1024

    /// Adds figures of which none is a suspect or zero, all at once; false where one may be, and nothing is added.
    private mutating func addPlain(_ values: ArraySlice<Int64>) -> Bool {
        guard decimals == 0 || !othersAreWhole else { return false }
        var (least, greatest) = (Int64.max, Int64.min)
        for value in values { (least, greatest) = (min(least, value), max(greatest, value)) }
        guard least > 0, !signs.ascendingNines.contains(where: { $0 <= greatest && values.contains($0) }) else {
            return false
        }
        figureCount += values.count
        largestOther = max(largestOther, greatest)
        return true
    }

    private mutating func add(_ values: [Int64], _ rows: Range<Int>, column: Int, palette columns: TableColumns) {
        let marks = columns.figures[column].marks
        for row in rows {
            let value = values[row]
            if value > 0, value < signs.smallestNines || value % 9 != 0 || !signs.nines.contains(value) {
                figureCount += 1
                if value > largestOther { largestOther = value }
                if decimals > 0, othersAreWhole, value % power != 0 { othersAreWhole = false }
                continue
            }
            if value == 0 {
                // Symbols have a zero in their place.
                let index = row < marks.count ? Int(marks[row]) : 0
                if index == 0 || index < columns.palette.count && columns.palette[index].status == .value {
                    figureCount += 1
                }
                continue
            }
            addSuspect(value, row: row, column: column)
        }
    }

    private mutating func addSuspect(_ value: Int64, row: Int, column: Int) {
        figureCount += 1
        if value < 0 { negativeCount += 1 }
        if suspects[value] == nil {
            guard value > 0 || signs.annotations.contains(value) || suspects.count < Self.maximumNegatives else {
                hasManyNegatives = true
                return
            }
            suspects[value] = SentinelCheck.Suspect(number: text(value), count: 0, row: row, column: column)
        }
        suspects[value]?.count += 1
    }

    /// `-9` and `999.9`, without zeros behind the last decimal.
    private func text(_ value: Int64) -> String {
        var (value, decimals) = (value, decimals)
        while decimals > 0, value % 10 == 0 {
            value /= 10
            decimals -= 1
        }
        return ScaledDecimal.text(value, decimals: decimals)
    }

    /// Leaves out what the dialect calls an honest figure.
    mutating func removeHonest(_ reader: FigureReader) {
        suspects = suspects.filter { !reader.isHonest($0.value.number) }
        negativeCount = hasManyNegatives ? negativeCount : negativeSuspects.reduce(0) { $0 + $1.count }
    }

    /// The suspect that stands first of those that satisfy a condition.
    func first(where condition: (Int64) -> Bool) -> SentinelCheck.Suspect? {
        suspects.filter { condition($0.key) }.map(\.value).min { ($0.row, $0.column) < ($1.row, $1.column) }
    }

    /// The negative figures, in the order of the file.
    var negativeSuspects: [SentinelCheck.Suspect] {
        suspects.filter { $0.key < 0 }.map(\.value).sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    }

    /// How many different negative figures there are.
    var distinctNegatives: Int { hasManyNegatives ? .max : negativeSuspects.count }

    // MARK: Judging

    /// Values that statistical offices print for estimates that can't be made; no measure has them.
    ///
    /// Source: census.gov, American Community Survey, notes on estimate and annotation values, seen 2025-11.
    func isAnnotation(_ value: Int64) -> Bool { signs.annotations.contains(value) }

    /// Whether a repeated value is a sign rather than a figure.
    func isSentinel(_ value: Int64, sign: MeasureSign) -> Bool {
        guard let suspect = suspects[value], suspect.count > 1 else { return false }
        if value > 0 {
            if sign == .net, negativeCount > 0 { return isFar(value) }
            // 999.9 among whole figures; else far above all others, or a good part of all figures.
            if value % power != 0 { return othersAreWhole || isFar(value) }
            return isFar(value) || suspect.count * 50 >= figureCount
        }
        switch sign {
        case .count: return true
        case .net: return isNegativeNines(value, from: 999) && isFar(value)
        case .unknown:
            guard value == -power || isNegativeNines(value, from: 9) else { return false }
            // Other negative figures prove that this may be one.
            return suspect.count == negativeCount || isNegativeNines(value, from: 999) && isFar(value)
        }
    }

    /// Whether negative figures are taken, but named.
    func hasDoubtfulNegatives(_ sign: MeasureSign) -> Bool {
        guard negativeCount > 0, !hasManyNegatives else { return false }
        switch sign {
        case .net: return false
        case .count: return true
        case .unknown where negativeCount == 1: return false
        case .unknown:
            // A few small whole numbers that come again and again, beside figures that aren't below zero.
            return suspects.filter { $0.key < 0 }.allSatisfy { $0.key % power == 0 && $0.key / power >= -99 }
                && negativeSuspects.count <= 3 && negativeSuspects.count < negativeCount
                && negativeCount * 2 <= figureCount
        }
    }

    /// Ten times as far from zero as any other figure.
    private func isFar(_ value: Int64) -> Bool {
        let others = suspects.keys.filter { $0 != value && !signs.nines.contains($0.magnitudeClamped) }
        let largest = others.reduce(largestOther) { max($0, $1.magnitudeClamped) }
        return value.magnitudeClamped / 10 >= largest
    }

    /// `-9`, `-99`, …, from a magnitude on.
    private func isNegativeNines(_ value: Int64, from least: Int64) -> Bool {
        guard value % power == 0 else { return false }
        let magnitude = (value / power).magnitudeClamped
        return magnitude >= least && ScaledDecimal.text(magnitude, decimals: 0).allSatisfy { $0 == "9" }
    }
}

extension Int64 {
    /// The magnitude; that of the smallest number, which has none, is one less.
    fileprivate var magnitudeClamped: Int64 { self == .min ? .max : abs(self) }
}
