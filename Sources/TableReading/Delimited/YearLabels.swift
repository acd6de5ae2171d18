import Annals

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
