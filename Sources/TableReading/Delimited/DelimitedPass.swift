import Annals
import Definitions

/// Goes through a delimited file: fills its columns, decides their roles, makes figures of the measures.
///
/// How figures are written is decided twice. What is kept of a column has to be known before the roles are, so all columns
/// of numbers are asked first; but codes such as `1.1`, and remarks, prove nothing about figures: the columns that turn out
/// to hold figures have the last word.
struct DelimitedPass {
    let text: UnsafeBufferPointer<UInt8>
    let form: DelimitedForm
    /// Where the file is of a format of its own.
    let format: (any ColumnFormat)?
    let tail: TableTail
    /// *Shape:* one a column of the file.
    let headings: [ColumnName]
    let identity: TableIdentity
    let input: ReaderInput

    private typealias Interruption = ColumnScan.Interruption

    init(
        _ text: UnsafeBufferPointer<UInt8>, form: DelimitedForm, format: (any ColumnFormat)? = nil,
        identity: TableIdentity, input: ReaderInput
    ) {
        self.text = text
        self.form = form
        self.format = format
        self.identity = identity
        self.input = input
        tail = TableTail(text, form: form)
        headings = form.header.map(ColumnName.init)
    }

    /// Looks at a sample, then scans; where the sample was not like the rest, looks at all rows and scans again.
    ///
    /// So a regular file is gone through once, and any other a few times. The roles come from the scanned columns, never
    /// from the sample.
    ///
    /// - Throws: Why the file can't be taken.
    func run() throws(Reason) -> DelimitedScan {
        let sample = try survey(rows: sampleRows)
        if !sample.isComplete, let scan = try attempt(sample) { return scan }
        let whole = sample.isComplete ? sample : try survey(rows: nil)
        if let scan = try attempt(whole) { return scan }
        // Figures were read in a way that only other columns proved: with texts of all kept, they are read afterwards.
        if let scan = try attempt(whole, keepsTexts: true) { return scan }
        throw Reason("The columns change their kind in the middle of the file")
    }

    /// Nil where the columns aren't what they seemed.
    private func attempt(_ survey: ColumnSurvey, keepsTexts: Bool = false) throws(Reason) -> DelimitedScan? {
        do throws(Interruption) {
            return try scan(survey, keepsTexts: keepsTexts)
        } catch {
            if case .refused(let reason) = error { throw reason }
            return nil
        }
    }

    /// Rows that are looked at before the pass over all of them; fewer of a wide file.
    private var sampleRows: Int { max(100, min(1000, 200_000 / max(1, form.header.count))) }

    private func survey(rows: Int?) throws(Reason) -> ColumnSurvey {
        try ColumnSurvey(
            UnsafeBufferPointer(rebasing: text[..<tail.start]), form: form, dialect: identity.dialect,
            limits: input.limits, sampleRows: rows)
    }

    /// - Parameters:
    ///   - survey: Of a sample, or of all rows.
    ///   - keepsTexts: Whether texts are kept of every column.
    /// - Returns: The columns, their roles and the figures.
    /// - Throws: A surprise, where the columns aren't what they seemed.
    private func scan(_ survey: ColumnSurvey, keepsTexts: Bool) throws(Interruption) -> DelimitedScan {
        let styles = ColumnStyles(survey, dialect: identity.dialect, delimiter: form.delimiter)
        let proven = styles.readers
        guard proven != nil || survey.isComplete else { throw .surprise }
        let readers = proven ?? styles.plainReaders
        let stores =
            keepsTexts || proven == nil
            ? form.header.map { _ in ColumnStore.texts }
            : ColumnStore.choose(form.header, headings, survey, definition: identity.definition, bound: input.bound)
        let scan = try filled(stores, readers, isFinal: survey.isComplete)
        let columns = try certain(survey) { () throws(Reason) -> [PlanColumn] in try self.columns(scan, readers) }
        let table = try certain(survey) { () throws(Reason) -> RoleTable in try decided(columns, scan) }
        let own = try certain(survey) { () throws(Reason) -> [FigureReader] in
            try styles.readers(ofFigures: table.figureColumns.map { columns[$0].place }, besides: readers)
        }
        // A column of figures that were read in another way is gone through again.
        let readOtherwise = table.places(.measure).filter { columns[$0].texts == nil }.map { columns[$0].place }
            .contains {
                own[$0].style != readers[$0].style && (!survey.isComplete || survey.columns[$0].style.hasMarks)
            }
        guard !readOtherwise else { throw .surprise }
        var palette = scan.palette
        let figures = try certain(survey) { () throws(Reason) -> [Int: FigureColumnBuilder] in
            try self.figures(scan, table, own, &palette)
        }
        return DelimitedScan(
            table: table, format: format, glyphs: glyphs, scan: scan, figures: figures, palette: palette, readers: own,
            isPercent: survey.columns.map(\.isOfPercentages))
    }

    /// What a sample leads to may be wrong: only what all rows lead to refuses a file.
    private func certain<Result>(
        _ survey: ColumnSurvey, _ body: () throws(Reason) -> Result
    ) throws(Interruption) -> Result {
        do throws(Reason) {
            return try body()
        } catch {
            throw survey.isComplete ? .refused(error) : .surprise
        }
    }

    private var glyphs: GlyphRefusal {
        GlyphRefusal(definitions: input.definitions, dialect: identity.dialect.name)
    }

    private func filled(
        _ stores: [ColumnStore], _ readers: [FigureReader], isFinal: Bool
    ) throws(Interruption) -> ColumnScan {
        let targets = stores.map { store in
            switch store {
            case .figures: ColumnScan.Target.figure(FigureColumnBuilder())
            case .texts: ColumnScan.Target.key(KeyDictionary(delimiter: form.delimiter))
            }
        }
        let setting = ColumnScan.Setting(
            text: text, form: form, tail: tail, readers: readers, glyphs: glyphs, limits: input.limits,
            isFinal: isFinal, keepsOffsets: input.wantsOrigins)
        var scan = ColumnScan(setting, targets: targets, start: form.bodyStart)
        try ScanPieces.run(&scan)
        guard scan.rowCount > 0 else {
            throw .refused(
                Reason("The file has a header and no rows", line: form.headerLine, expected: "rows below the header"))
        }
        return scan
    }

    private func columns(_ scan: ColumnScan, _ readers: [FigureReader]) throws(Reason) -> [PlanColumn] {
        let columns = try PackedColumn.unpacked(
            form.header, headings, scan.targets, readers: readers, delimiter: form.delimiter,
            lineOfRow: scan.places.line(ofRow:))
        return format?.unpacked(columns) { readers[$0] } ?? columns
    }

    private func decided(_ columns: [PlanColumn], _ scan: ColumnScan) throws(Reason) -> RoleTable {
        try ColumnPlanning.decide(
            columns, rowCount: scan.rowCount, headingLine: form.headerLine, lineOfRow: scan.places.line(ofRow:),
            format: format, definition: identity.definition, bound: input.bound, claimed: identity.claimedYears,
            mayDiffer: input.document.sidecar?.kind?.allowsOtherFigures ?? false)
    }

    /// - Returns: Figures of the measures, by their place in the table.
    private func figures(
        _ scan: ColumnScan, _ table: RoleTable, _ readers: [FigureReader], _ palette: inout MarkPalette
    ) throws(Reason) -> [Int: FigureColumnBuilder] {
        var figures: [Int: FigureColumnBuilder] = [:]
        for column in table.places(.measure) {
            let place = table.columns[column].place
            if case .figure(let builder) = scan.targets[place] {
                figures[column] = builder
            } else if let texts = table.columns[column].texts {
                let conversion = FigureConversion(
                    reader: readers[place], glyphs: glyphs, column: place + 1, lineOfRow: scan.places.line(ofRow:))
                figures[column] = try conversion.figures(texts, palette: &palette)
            }
        }
        return figures
    }
}
