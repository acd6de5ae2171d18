import Annals
import Definitions

/// Reads SDMX-CSV, versions 1.0 and 2.0, with ids, names or both, comma or semicolon between the fields.
///
/// It is delimited text whose heading says what each column is for; ``SDMXColumns`` has the rules.
package struct SDMXReader: TableReader {
    package let name = "sdmx-csv"

    package init() {}

    package func open(_ input: ReaderInput) -> Opening {
        FormatReader.open(input, otherwise: "the heading names no `OBS_VALUE` beside `DATAFLOW` or `TIME_PERIOD`") {
            bytes, _ in
            let line = FormatReader.firstLine(bytes)
            guard let delimiter = Self.delimiter(line) else { return nil }
            var heading: SDMXHeading?
            let form = DelimitedForm(exactly: bytes, delimiter: delimiter, lineLimit: input.limits.lineBytes) {
                header in
                heading = SDMXHeading(header)
                return heading?.columns.map(\.id)
            }
            guard let form, let heading else { return nil }
            let dataflow = Self.dataflow(form, heading, bytes)
            let isEurostat = dataflow?.agency == "ESTAT" || heading.columns.contains { $0.id == "OBS_FLAG" }
            return FormatReader.Found(
                form: form, format: SDMXColumns(heading: heading),
                title: dataflow.map { TitleLine($0.name ?? $0.id, marks: [], agencyID: $0.id) },
                dialect: isEurostat ? "eurostat" : "sdmx", refusal: Self.deletion(form, heading, bytes))
        }
    }

    /// What parts the fields of the heading, which is what follows its first name; nil where it holds none of the names that
    /// every such file has.
    private static func delimiter(_ line: UnsafeBufferPointer<UInt8>) -> UInt8? {
        guard line.count <= longestHeading,
            ["TIME_PERIOD", "DATAFLOW", "STRUCTURE_ID"].contains(where: { ByteSearch.holds($0, line) })
        else { return nil }
        var isQuoted = false
        var isInBrackets = false
        for byte in line {
            switch byte {
            case 0x22: isQuoted.toggle()
            case 0x5B: isInBrackets = true
            case 0x5D: isInBrackets = false
            case 0x2C, 0x3B, 0x09: if !isQuoted, !isInBrackets { return byte }
            default: continue
            }
        }
        return nil
    }

    private static let longestHeading = 1 << 20

    /// Why rows that delete figures can't be read, as far as the first rows tell: what else they hold are no figures.
    private static func deletion(
        _ form: DelimitedForm, _ heading: SDMXHeading, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Reason? {
        guard let place = heading.columns.firstIndex(where: { $0.kind == .action }) else { return nil }
        let scanner = FieldScanner(text: bytes, delimiter: form.delimiter)
        return form.sample.records.dropFirst().lazy.compactMap { record -> Reason? in
            guard record.fields.count == heading.columns.count else { return nil }
            let text = scanner.string(form.sample.fields[record.fields.lowerBound + place])
            return SDMXRefusals.action(text, line: record.line, column: place + 1)
        }.first
    }

    /// What the first row says that it is of.
    private static func dataflow(
        _ form: DelimitedForm, _ heading: SDMXHeading, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> SDMXDataflow? {
        guard let place = heading.dataflow, form.sample.records.count > 1 else { return nil }
        let fields = form.sample.fields[form.sample.records[1].fields]
        guard fields.count == heading.columns.count else { return nil }
        let scanner = FieldScanner(text: bytes, delimiter: form.delimiter)
        func text(_ place: Int) -> String { scanner.string(fields[fields.startIndex + place]) }
        return SDMXDataflow(text(place), name: heading.dataflowName.map(text))
    }
}
