import Annals
import Definitions

/// A year that stands in one row and is far from all others, which come in several: `1011` among 2010 and 2011.
///
/// It is a slip where another digit, or two that change places, make one of the others' years of it. A century in a sorted
/// file may be meant.
struct YearSlip {
    let year: Int
    /// Counts from 0.
    let row: Int
    /// The nearest of the other years.
    let nearest: Int
    /// Whether the rows are sorted by their years all the same.
    let isInOrder: Bool

    private static let fewestRows = 4
    private static let fewestYearsApart = 50

    /// - Parameters:
    ///   - years: Of a column, each once.
    ///   - rows: *Shape:* one a row; index into the years.
    /// - Returns: Nil where there is none.
    static func first(_ years: [Int], rows: [UInt32]) -> YearSlip? {
        guard years.count > 1, years.count <= 1000, rows.count >= fewestRows else { return nil }
        let sorted = years.sorted()
        for (odd, others) in [
            (sorted[sorted.count - 1], sorted.dropLast()), (sorted[0], sorted.dropFirst()),
        ] {
            guard let least = others.first, let greatest = others.last else { continue }
            let nearest = odd < least ? least : greatest
            let distance = abs(odd - nearest)
            guard distance >= fewestYearsApart, distance > 2 * (greatest - least),
                isNear(odd, least - 1...greatest + 1), let index = years.firstIndex(of: odd),
                let row = rows.firstIndex(of: UInt32(index)), rows[(row + 1)...].allSatisfy({ $0 != UInt32(index) })
            else { continue }
            return YearSlip(year: odd, row: row, nearest: nearest, isInOrder: isSorted(rows.map { years[Int($0)] }))
        }
        return nil
    }

    /// Whether one digit, or two neighbours that change places, lead into a range.
    private static func isNear(_ year: Int, _ range: ClosedRange<Int>) -> Bool {
        let digits = String(year).utf8.map { Int($0) - 0x30 }
        func number(_ digits: [Int]) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
        for place in digits.indices {
            var other = digits
            for digit in 0...9 {
                other[place] = digit
                if range.contains(number(other)) { return true }
            }
            guard place + 1 < digits.count else { continue }
            other = digits
            other.swapAt(place, place + 1)
            if range.contains(number(other)) { return true }
        }
        return false
    }

    private static func isSorted(_ years: [Int]) -> Bool {
        zip(years, years.dropFirst()).allSatisfy { $0 <= $1 } || zip(years, years.dropFirst()).allSatisfy { $0 >= $1 }
    }

    private func message(_ name: String) -> String {
        "`\(year)` stands in one row of `\(name)`, far from the other years, of which \(nearest) is the nearest"
    }

    func finding(name: String, line: Int) -> Finding { Finding("year-apart", message(name), line: line) }

    func reason(name: String, line: Int, column: Int) -> Reason {
        Reason(
            message(name), line: line, column: column, found: String(year), expected: "a year near the others",
            remedy: "Correct the row; where it is right, say so in a definition: "
                + "`\(DatasetDefinition.Columns(year: .init(column: name)).line)`")
    }
}
