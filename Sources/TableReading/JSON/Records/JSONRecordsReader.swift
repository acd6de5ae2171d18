import Annals
import Definitions

/// Reads flat records in JSON, by the plan of every delimited table.
package struct JSONRecordsReader: TableReader {
    package let name = "json"

    package init() {}

    package func open(_ input: ReaderInput) -> Opening {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        guard Self.looksLikeJSON(text, name: input.document.name) else {
            return .declines("the text begins with neither an object nor an array")
        }
        return .accepts(RecordsFile(text: text, input: input))
    }

    /// Whether a text begins as JSON does: with an object or an array, and in it what they may begin with.
    ///
    /// A page may begin with a bracket as well; where the name says JSON a file that does is refused at its place.
    static func looksLikeJSON(_ text: DecodedText, name: String) -> Bool {
        let isNamed = suffixes.contains { name.lowercased().hasSuffix($0) }
        let visible = text.bytes[text.start...].lazy.filter { !JSONDocument.isSpace($0) }.prefix(2)
        guard let first = visible.first else { return false }
        let second = visible.dropFirst().first
        switch first {
        case 0x7B: return isNamed || second == 0x22 || second == 0x7D
        case 0x5B: return isNamed || second == 0x7B || second == 0x5B || second == 0x5D
        default: return false
        }
    }

    private static let suffixes = [".json", ".jsonl", ".ndjson", ".geojson"]
}

/// A JSON file that isn't JSON-stat.
private struct RecordsFile: OpenedFile {
    let text: DecodedText
    let input: ReaderInput

    func read() throws(Reason) -> Reading {
        let identity = try TableIdentity(input, title: nil)
        let isDeclared = input.document.sidecar?.encoding != nil || identity.definition?.encoding != nil
        let document = try JSONDocument(text, isEncodingDeclared: isDeclared, takesLines: true, limits: input.limits)
        let table = try JSONRecordTable(document)
        guard table.names.count > 1 else {
            throw document.roots[0].reason(
                "The records have one name each", expected: "the names of rows, and figures",
                remedy: JSONRecordTable.remedy)
        }
        var records = JSONRecordText(table, decimalMark: identity.dialect.decimalMark == .comma ? 0x2C : 0x2E)
        let delimited = try records.delimited()
        let findings = records.rounded.map { [JSONDecimal.finding(first: $0.first, count: $0.count)] } ?? []
        let places = JSONRecordPlaces(table)
        var asStored = input
        // As in all JSON, where no dialect says another mark.
        if records.hasFractions { asStored.decimalMark = .point }
        do throws(Reason) {
            let file = try DelimitedFile(
                rows: DecodedText(bytes: delimited, start: 0, encoding: text.encoding),
                delimiter: JSONRecordText.delimiter, asStored)
            var reading = try file.read()
            reading.findings = table.findings + findings + reading.findings.map(places.mapped)
            if input.wantsOrigins {
                let positions = JSONPositions(document)
                reading.origins = reading.origins.map { $0.mapped { places.mapped($0, positions) } }
            }
            return reading
        } catch {
            throw places.mapped(error)
        }
    }
}
