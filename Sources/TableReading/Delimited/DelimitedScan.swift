import Annals
import Definitions

/// A delimited file with its columns filled.
struct DelimitedScan {
    let roles: DelimitedRoles
    let reader: FigureReader
    let glyphs: GlyphRefusal
    let scan: ColumnScan
    /// *Shape:* one a column of the file.
    let targets: [ColumnScan.Target]

    /// Rows that are looked at before the pass over all of them.
    private static let sampleRows = 1000

    /// Looks at a sample, then scans; where the sample was not like the rest, looks at all rows and scans again.
    ///
    /// So a regular file is gone through once, and any other three times at most.
    ///
    /// - Throws: Why the file can't be taken.
    static func run(
        _ text: UnsafeBufferPointer<UInt8>, form: DelimitedForm, identity: TableIdentity, input: ReaderInput
    ) throws(Reason) -> DelimitedScan {
        let sample = try ColumnSurvey(
            text, form: form, dialect: identity.dialect, limits: input.limits, sampleRows: sampleRows)
        let isClear = sample.columns.allSatisfy { $0.kind != nil }
        if !sample.isComplete, isClear {
            do throws(ColumnScan.Interruption) {
                return try scan(text, form: form, survey: sample, identity: identity, input: input)
            } catch {
                if case .refused(let reason) = error { throw reason }
            }
        }
        let whole =
            sample.isComplete
            ? sample
            : try ColumnSurvey(text, form: form, dialect: identity.dialect, limits: input.limits, sampleRows: nil)
        do throws(ColumnScan.Interruption) {
            return try scan(text, form: form, survey: whole, identity: identity, input: input)
        } catch {
            if case .refused(let reason) = error { throw reason }
            throw Reason("The columns change their kind in the middle of the file")
        }
    }

    private static func scan(
        _ text: UnsafeBufferPointer<UInt8>, form: DelimitedForm, survey: ColumnSurvey, identity: TableIdentity,
        input: ReaderInput
    ) throws(ColumnScan.Interruption) -> DelimitedScan {
        let glyphs = GlyphRefusal(definitions: input.definitions, dialect: identity.dialect.name)
        let roles: DelimitedRoles
        let style: NumberStyle
        do throws(Reason) {
            roles = try DelimitedRoles(form, survey: survey, definition: identity.definition)
            style = try survey.style(of: roles.figures, dialect: identity.dialect)
        } catch {
            throw survey.isComplete ? .refused(error) : .surprise
        }
        let reader = FigureReader(dialect: identity.dialect, style: style)
        var targets = [ColumnScan.Target](repeating: .skip, count: form.header.count)
        for column in roles.figures { targets[column] = .figure(FigureColumnBuilder()) }
        for column in roles.keys + (roles.year.map { [$0] } ?? []) {
            targets[column] = .key(KeyDictionary(delimiter: form.delimiter))
        }
        var scan = ColumnScan(
            text, form: form, targets: targets, reader: reader, glyphs: glyphs, limits: input.limits,
            isFinal: survey.isComplete, keepsOffsets: input.wantsOrigins)
        try scan.run()
        guard scan.rowCount > 0 else {
            throw .refused(
                Reason("The file has a header and no rows", line: form.headerLine, expected: "rows below the header"))
        }
        if !survey.isComplete, roles.keys.contains(where: { isMostlyNumbers(targets[$0], survey.columns[$0]) }) {
            throw .surprise
        }
        return DelimitedScan(roles: roles, reader: reader, glyphs: glyphs, scan: scan, targets: targets)
    }

    /// Whether a column in whose sample no number stood turned out to be one of numbers.
    private static func isMostlyNumbers(_ target: ColumnScan.Target, _ sample: ColumnSurvey.Column) -> Bool {
        guard case .key(let dictionary) = target, sample.numbers == 0 else { return false }
        let numbers = (0..<dictionary.count).reduce(0) { FieldText.looksLikeFigure(dictionary.bytes($1)) ? $0 + 1 : $0 }
        return numbers * 2 > dictionary.count
    }

    func dictionary(_ column: Int) -> KeyDictionary? {
        if case .key(let dictionary) = targets[column] { dictionary } else { nil }
    }

    func builder(_ column: Int) -> FigureColumnBuilder? {
        if case .figure(let builder) = targets[column] { builder } else { nil }
    }
}
