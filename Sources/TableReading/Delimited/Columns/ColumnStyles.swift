import Annals
import Definitions

/// How each column of a file writes numbers, from what was seen of them.
struct ColumnStyles {
    private let survey: ColumnSurvey
    private let dialect: Dialect
    private let delimiter: UInt8

    init(_ survey: ColumnSurvey, dialect: Dialect, delimiter: UInt8) {
        self.survey = survey
        self.dialect = dialect
        self.delimiter = delimiter
    }

    /// *Shape:* one a column; where nothing is known of point and comma.
    var plainReaders: [FigureReader] {
        let plain = FigureReader(dialect: dialect, style: NumberStyleSurvey.plainStyle(dialect))
        return survey.columns.map { _ in plain }
    }

    /// What all columns of numbers prove, those of codes with leading zeros aside.
    ///
    /// *Shape:* one a column; nil where they contradict one another, or nothing decides.
    var readers: [FigureReader]? {
        let speaking = survey.columns.indices.filter {
            survey.columns[$0].isMostlyFigures && survey.columns[$0].leadingZeros * 3 <= survey.columns[$0].numbers
        }
        // Why is said once the roles are known: codes may be to blame.
        return try? readers(ofFigures: speaking, besides: plainReaders)
    }

    /// - Parameters:
    ///   - places: The columns that hold figures.
    ///   - others: *Shape:* one a column; for the others.
    /// - Returns: *Shape:* one a column.
    /// - Throws: Where figures contradict one another, or none of them tells what `1,234` is.
    func readers(ofFigures places: [Int], besides others: [FigureReader]) throws(Reason) -> [FigureReader] {
        let styles = try NumberStyleSurvey.styles(
            of: places.map { survey.columns[$0].style }, dialect: dialect, delimiter: delimiter)
        var readers = others
        for (place, style) in zip(places, styles) {
            let isPercent = survey.columns[place].isOfPercentages
            guard isPercent != readers[place].isPercent || style != readers[place].style else { continue }
            readers[place] = FigureReader(dialect: dialect, style: style, isPercent: isPercent)
        }
        return readers
    }
}
