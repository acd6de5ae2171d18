import Annals
import Definitions

/// Years among the labels of rows, in a file that has its year from elsewhere: the rows below each may be of that year.
enum YearLabels {
    private static let recent = 1900...2100

    /// The row of the first such label; nil where there are none, or most labels are numbers.
    static func first(_ columns: TableColumns) -> (row: Int, label: String)? {
        for key in columns.keys {
            let labels = key.dimension.categories.map(\.label)
            let years = labels.indices.filter { isYear(labels[$0]) }
            let words = labels.count { $0.contains(where: \.isLetter) }
            guard years.count > 1, words > years.count,
                let row = key.indices.firstIndex(where: { years.contains(Int($0)) })
            else { continue }
            return (row, labels[Int(key.indices[row])])
        }
        return nil
    }

    /// The row of the first category that names another year than the file has, where most categories of its key name one.
    ///
    /// `Population 2010` beside `Population 2011`: the same words above figures would be years.
    static func named(_ columns: TableColumns) -> (row: Int, label: String)? {
        guard let year = columns.periods.first?.year, columns.periods.count == 1 else { return nil }
        for key in columns.keys {
            let categories = key.dimension.categories
            guard (2...comparedAtMost).contains(categories.count), !ColumnName(key.dimension.label).isOtherYear else {
                continue
            }
            let years = categories.map { namedYear($0.label) }
            guard years.count(where: { $0 != nil }) * 2 > categories.count,
                let odd = years.firstIndex(where: { $0 != nil && $0 != year }),
                let row = key.indices.firstIndex(of: UInt32(odd))
            else { continue }
            return (row, categories[odd].label)
        }
        return nil
    }

    private static let comparedAtMost = 1000

    /// The year of `Population 2010`; nil for a year alone, and for codes such as `K2010`.
    private static func namedYear(_ text: String) -> Int? {
        guard text.utf8.contains(UInt8(ascii: " ")), let heading = YearHeading.parse(text).year else { return nil }
        return heading.remainder.contains(where: \.isLetter) ? heading.mention.year : nil
    }

    /// - Parameters:
    ///   - odd: The category, and the first row with it.
    ///   - keys: Headings of the columns that tell rows apart.
    ///   - year: The file's.
    ///   - line: Of the row.
    /// - Returns: The refusal.
    static func reason(_ odd: (row: Int, label: String), keys: [String], of year: String, line: Int) -> Reason {
        let asKeys = DatasetDefinition.Columns(keys: keys.map { .init(columns: [$0]) }).line
        return Reason(
            "`\(odd.label)` names a year, as the other categories do, and the file is said to be of \(year)",
            line: line, found: odd.label, expected: "a year in each row, or in no category",
            remedy: "Give each row its year in a column of its own, called `year`; where the years are parts of names, "
                + "say so in a definition: `\(asKeys)`")
    }

    private static func isYear(_ text: String) -> Bool {
        text.utf8.count == 4 && Int(text).map(recent.contains) == true
    }

    static func reason(_ label: String, line: Int) -> Reason {
        Reason(
            "`\(label)` stands among the labels, as other years do: the rows below it may be of that year", line: line,
            found: label, expected: "a year in each row, or in no label",
            remedy:
                "Give each row its year in a column of its own, called `year`; or drop each year as a file of its own")
    }
}
