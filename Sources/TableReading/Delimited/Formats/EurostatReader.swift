import Annals
import Definitions

/// Reads Eurostat's tab-separated files: `freq,unit,geo\TIME_PERIOD`, then a column a year, newest or oldest first.
///
/// The first column packs all dimensions. Marks stand behind figures: `12345 bp`, `: c`.
///
/// Source: ec.europa.eu/eurostat, bulk download facility and dissemination API, TSV; the heading of before 2023 is
/// `unit,geo\time`.
package struct EurostatReader: TableReader {
    package let name = "eurostat-tsv"

    package init() {}

    package func open(_ input: ReaderInput) -> Opening {
        FormatReader.open(input, otherwise: "the heading doesn't begin with dimensions and `\\TIME_PERIOD`") {
            bytes, _ in
            let line = FormatReader.firstLine(bytes)
            guard let tab = ByteSearch.first(0x09, in: line, from: 0),
                Self.isHeading(FieldText.withoutWhitespace(UnsafeBufferPointer(rebasing: line[..<tab]))),
                let form = DelimitedForm(
                    exactly: bytes, delimiter: 0x09, lineLimit: input.limits.lineBytes, names: { $0 })
            else { return nil }
            return FormatReader.Found(
                form: form, format: EurostatColumns(), title: Self.title(input.fileName), dialect: "eurostat")
        }
    }

    /// `sex,unit,geo\time`.
    private static func isHeading(_ text: String) -> Bool {
        guard text.utf8.count <= longestHeading, let backslash = text.lastIndex(of: "\\") else { return false }
        return ["time", "time_period"].contains(text[text.index(after: backslash)...].lowercased())
    }

    private static let longestHeading = 1000

    /// The name of the dataset without what the program of the download puts in front: `estat_demo_pjan.tsv`.
    private static func title(_ name: FileName) -> TitleLine? {
        guard let title = name.title, title.lowercased().hasPrefix("estat ") else { return nil }
        return TitleLine(String(title.dropFirst("estat ".count)), marks: [])
    }
}
