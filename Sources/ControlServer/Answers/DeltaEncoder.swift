import Annals
import Archive
import Comparison
import ControlAPI

/// Writes the rows of a delta one after another in one of the formats.
struct DeltaEncoder: Sendable {
    private let delta: Delta
    private let format: AnswerFormat
    private let key: KeyText
    /// What stands before a CSV row's key: dataset, year and version of the later side.
    private let rowStart: [UInt8]
    /// By category of the measure dimension, or the only measure's; as CSV cells.
    private let units: [[UInt8]]

    init(_ delta: Delta, of question: DeltaQuestion, measures: [Measure], as format: AnswerFormat) {
        self.delta = delta
        self.format = format
        key = format == .csv ? .csv(delta.keySpace) : .json(delta.keySpace)
        var start = CSVWriter()
        start.text(question.to.dataset.slug)
        start.integer(question.to.year)
        start.integer(question.to.version)
        rowStart = start.bytes + (delta.keySpace.dimensions.isEmpty ? [] : [0x2C])
        units = measures.map { CSVWriter.field($0.printedUnit ?? "") }
    }

    /// The names of the CSV columns, as a row.
    static func columns(of keySpace: KeySpace) -> [UInt8] {
        var csv = CSVWriter()
        csv.row(
            ["dataset", "year", "version"] + keySpace.dimensions.map(\.id) + [
                "from", "to", "change", "relative", "comparison", "status", "flags", "unit",
            ])
        return csv.bytes
    }

    func append(row index: Int, to bytes: inout [UInt8]) {
        let row = delta.row(index)
        switch format {
        case .json: appendObject(row, to: &bytes)
        case .ndjson:
            appendObject(row, to: &bytes)
            bytes.append(0x0A)
        case .csv: appendLine(row, to: &bytes)
        }
    }

    private func appendObject(_ row: DeltaRow, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: #"{"at":["#.utf8)
        key.append(ordinal: row.ordinal, to: &bytes)
        bytes.append(0x5D)
        Self.append(#","from":"#, row.from, row.decimals, orElse: "null", to: &bytes)
        Self.append(#","to":"#, row.to, row.decimals, orElse: "null", to: &bytes)
        Self.append(#","change":"#, row.change, row.decimals, orElse: "null", to: &bytes)
        Self.append(#","relative":"#, row.relativeMicros, DeltaRow.relativeDecimals, orElse: "null", to: &bytes)
        Self.append(#","from_status":"#, row.fromStatus, to: &bytes)
        Self.append(#","to_status":"#, row.toStatus, to: &bytes)
        bytes.append(contentsOf: #","comparison":""#.utf8)
        bytes.append(contentsOf: row.comparison.rawValue.utf8)
        bytes.append(contentsOf: #""}"#.utf8)
    }

    private func appendLine(_ row: DeltaRow, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: rowStart)
        key.append(ordinal: row.ordinal, to: &bytes)
        Self.append(",", row.from, row.decimals, orElse: "", to: &bytes)
        Self.append(",", row.to, row.decimals, orElse: "", to: &bytes)
        Self.append(",", row.change, row.decimals, orElse: "", to: &bytes)
        Self.append(",", row.relativeMicros, DeltaRow.relativeDecimals, orElse: "", to: &bytes)
        let status = row.toStatus ?? row.fromStatus
        let flags = row.toStatus == nil ? row.fromFlags : row.toFlags
        bytes.append(contentsOf: ",\(row.comparison.rawValue),\(status?.code ?? ""),".utf8)
        bytes.append(contentsOf: flags.codes.joined(separator: " ").utf8)
        bytes.append(0x2C)
        let measure = delta.keySpace.measureDimension.map { delta.keySpace.index(ofDimension: $0, at: row.ordinal) }
        bytes.append(contentsOf: units[measure ?? 0])
        bytes.append(contentsOf: [0x0D, 0x0A])
    }

    private static func append(
        _ lead: String, _ value: Int64?, _ decimals: Int, orElse none: String, to bytes: inout [UInt8]
    ) {
        bytes.append(contentsOf: lead.utf8)
        if let value {
            ScaledDecimal.append(value, decimals: decimals, to: &bytes)
        } else {
            bytes.append(contentsOf: none.utf8)
        }
    }

    private static func append(_ lead: String, _ status: CellStatus?, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: lead.utf8)
        guard let status else { return bytes.append(contentsOf: "null".utf8) }
        bytes.append(0x22)
        bytes.append(contentsOf: status.code.utf8)
        bytes.append(0x22)
    }
}
