import Annals
import Definitions

/// A delimited file gone through: its columns filled, and each column's role decided.
struct DelimitedScan {
    let table: RoleTable
    let glyphs: GlyphRefusal
    let scan: ColumnScan
    /// Figures of the measures, by their place in ``table``.
    let figures: [Int: FigureColumnBuilder]
    let palette: MarkPalette
    /// *Shape:* one a column of the file.
    let readers: [FigureReader]
    /// *Shape:* one a column of the file: whether all its figures have a percent sign.
    let isPercent: [Bool]

    /// Rows that are looked at before the pass over all of them.
    private static let sampleRows = 1000

    /// Looks at a sample, then scans; where the sample was not like the rest, looks at all rows and scans again.
    ///
    /// So a regular file is gone through once, and any other three times at most. The roles come from the scanned
    /// columns, never from the sample.
    ///
    /// - Throws: Why the file can't be taken.
    static func run(
        _ text: UnsafeBufferPointer<UInt8>, form: DelimitedForm, identity: TableIdentity, input: ReaderInput
    ) throws(Reason) -> DelimitedScan {
        let tail = TableTail(text, form: form)
        let rows = UnsafeBufferPointer(rebasing: text[..<tail.start])
        let sample = try ColumnSurvey(
            rows, form: form, dialect: identity.dialect, limits: input.limits, sampleRows: sampleRows)
        if !sample.isComplete {
            do throws(ColumnScan.Interruption) {
                return try scan(text, tail: tail, form: form, survey: sample, identity: identity, input: input)
            } catch {
                if case .refused(let reason) = error { throw reason }
            }
        }
        let whole =
            sample.isComplete
            ? sample
            : try ColumnSurvey(rows, form: form, dialect: identity.dialect, limits: input.limits, sampleRows: nil)
        do throws(ColumnScan.Interruption) {
            return try scan(text, tail: tail, form: form, survey: whole, identity: identity, input: input)
        } catch {
            if case .refused(let reason) = error { throw reason }
            throw Reason("The columns change their kind in the middle of the file")
        }
    }

    private static func scan(
        _ text: UnsafeBufferPointer<UInt8>, tail: TableTail, form: DelimitedForm, survey: ColumnSurvey,
        identity: TableIdentity, input: ReaderInput
    ) throws(ColumnScan.Interruption) -> DelimitedScan {
        let glyphs = GlyphRefusal(definitions: input.definitions, dialect: identity.dialect.name)
        let stores = ColumnStore.choose(
            form.header, survey, definition: identity.definition, bound: input.bound)
        let readers: [FigureReader]
        do throws(Reason) {
            readers = try Self.readers(survey, identity.dialect, delimiter: form.delimiter)
        } catch {
            throw survey.isComplete ? .refused(error) : .surprise
        }
        let targets = stores.map { store in
            switch store {
            case .figures: ColumnScan.Target.figure(FigureColumnBuilder())
            case .texts: ColumnScan.Target.key(KeyDictionary(delimiter: form.delimiter))
            }
        }
        var scan = ColumnScan(
            text, form: form, tail: tail, targets: targets, readers: readers, glyphs: glyphs, limits: input.limits,
            isFinal: survey.isComplete, keepsOffsets: input.wantsOrigins)
        try scan.run()
        guard scan.rowCount > 0 else {
            throw .refused(
                Reason("The file has a header and no rows", line: form.headerLine, expected: "rows below the header"))
        }
        let places = scan.places
        let columns: [PlanColumn]
        let table: RoleTable
        do throws(Reason) {
            columns = try PackedColumn.unpacked(
                form.header, targets, readers: readers, delimiter: form.delimiter, lineOfRow: places.line(ofRow:))
            table = try ColumnPlanning.decide(
                columns, rowCount: scan.rowCount, headingLine: form.headerLine, lineOfRow: places.line(ofRow:),
                definition: identity.definition, bound: input.bound)
        } catch {
            throw survey.isComplete ? .refused(error) : .surprise
        }
        var palette = scan.palette
        var figures: [Int: FigureColumnBuilder] = [:]
        for column in table.places(.measure) {
            let place = columns[column].place
            if case .figure(let builder) = targets[place] {
                figures[column] = builder
            } else if let texts = columns[column].texts {
                let conversion = FigureConversion(
                    reader: readers[place], glyphs: glyphs, column: place + 1, lineOfRow: places.line(ofRow:))
                do throws(Reason) {
                    figures[column] = try conversion.figures(texts, palette: &palette)
                } catch {
                    throw survey.isComplete ? .refused(error) : .surprise
                }
            }
        }
        return DelimitedScan(
            table: table, glyphs: glyphs, scan: scan, figures: figures, palette: palette, readers: readers,
            isPercent: survey.columns.map(\.isOfPercentages))
    }

    /// How each column writes numbers; codes with leading zeros say nothing about it.
    private static func readers(
        _ survey: ColumnSurvey, _ dialect: Dialect, delimiter: UInt8
    ) throws(Reason) -> [FigureReader] {
        let speaking = survey.columns.indices.filter {
            survey.columns[$0].isMostlyFigures && survey.columns[$0].leadingZeros == 0
        }
        let styles = try NumberStyleSurvey.styles(
            of: speaking.map { survey.columns[$0].style }, dialect: dialect,
            delimiter: delimiter)
        let plain = FigureReader(dialect: dialect, style: try NumberStyleSurvey().style(dialect))
        var readers = [FigureReader](repeating: plain, count: survey.columns.count)
        for (place, style) in zip(speaking, styles) {
            let isPercent = survey.columns[place].isOfPercentages
            guard isPercent || style != plain.style else { continue }
            readers[place] = FigureReader(dialect: dialect, style: style, isPercent: isPercent)
        }
        return readers
    }
}
