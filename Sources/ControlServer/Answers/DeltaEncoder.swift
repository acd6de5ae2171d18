import Annals
import Archive
import Comparison
import ControlAPI

/// Writes the rows of a delta one after another as CSV, JSON objects, or lines of them.
struct DeltaEncoder: Sendable {
    private let delta: Delta
    private let key: KeyText
    private let isCSV: Bool
    /// Whether rows are parted by commas, as the elements of a JSON array are.
    private let isArray: Bool
    /// `,"from":` and so on; commas in CSV.
    private let leads: (from: [UInt8], to: [UInt8], change: [UInt8], relative: [UInt8])
    /// Instead of a figure where there is none.
    private let none: [UInt8]
    /// From the first status to the end of a row of JSON, or from the comparison to the flags of CSV.
    private let tails: DeltaTails
    /// What ends a row; in CSV with the unit.
    ///
    /// *Shape:* one a measure.
    private let ends: PackedTexts
    private let measures: MeasurePlace
    /// Nil where rows say nothing besides.
    private let additions: DeltaAdditions?
    /// Nil between versions of a year.
    private let breaks: SeriesBreaks?
    /// Fields of CSV with year and version of the earlier side, each with its comma.
    private let earlier: [UInt8]

    init(_ compared: ComparedTables, of question: DeltaQuestion, as format: AnswerFormat) {
        let measures = compared.measures
        delta = compared.delta
        additions = compared.additions.isEmpty ? nil : compared.additions
        breaks = compared.breaks
        isCSV = format == .csv
        isArray = format == .json
        self.measures = MeasurePlace(delta.keySpace, measureCount: measures.count)
        if format == .csv {
            var start = CSVWriter()
            start.text(question.dataset.slug)
            start.integer(question.to.year)
            start.integer(question.to.version)
            key = .csv(delta.keySpace, after: start.bytes)
            leads = ([], [0x2C], [0x2C], [0x2C])
            none = []
            var earlier = CSVWriter()
            earlier.empty()
            earlier.integer(question.from.year)
            earlier.integer(question.from.version)
            self.earlier = earlier.bytes
            let end = additions == nil ? earlier.bytes : []
            ends = PackedTexts(measures.map { CSVWriter.field($0.printedUnit ?? "") + end })
        } else {
            key = .json(delta.keySpace, before: "from")
            leads = ([], Array(#","to":"#.utf8), Array(#","change":"#.utf8), Array(#","relative":"#.utf8))
            none = Array("null".utf8)
            earlier = []
            let end = Array((format == .ndjson ? "}\n" : "}").utf8)
            ends = PackedTexts(measures.map { _ in end })
        }
        tails = DeltaTails(isCSV: format == .csv)
    }

    /// The names of the CSV columns, as a row.
    var columns: [UInt8] {
        var csv = CSVWriter()
        csv.row(
            ["dataset", "year", "version"] + delta.keySpace.dimensions.map(\.id) + [
                "from", "to", "change", "relative", "comparison", "status", "flags", "unit",
            ] + (additions?.csvColumns ?? []) + ["from_year", "from_version", "from_flags", "across_break"])
        return csv.bytes
    }

    /// Adds all rows to an answer.
    func addRows(to body: inout AnswerBody) {
        body.append(rows: delta.count) { append(rows: $0, to: &$1) }
    }

    private func append(rows: Range<Int>, to buffer: inout TextBuffer) {
        var cursor = KeyText.Cursor()
        for index in rows {
            let row = delta.row(index)
            if isArray, index > 0 { buffer.append(0x2C) }
            key.append(ordinal: row.ordinal, to: &buffer, &cursor)
            append(leads.from, row.from, row.decimals, to: &buffer)
            append(leads.to, row.to, row.decimals, to: &buffer)
            append(change: row, to: &buffer)
            append(leads.relative, row.relativeMicros, DeltaRow.relativeDecimals, to: &buffer)
            tails.append(row, to: &buffer)
            let isAcrossBreak = breaks?.isAcross(row) ?? false
            if isCSV {
                buffer.append(ends, at: measures.index(at: row.ordinal))
                if let additions {
                    additions.appendCSV(index, row, to: &buffer)
                    buffer.append(earlier)
                }
                DeltaTails.append(fromFlags: row.fromFlags, isAcrossBreak: isAcrossBreak, to: &buffer)
            } else {
                if isAcrossBreak { buffer.append(Self.acrossBreak) }
                additions?.appendJSON(index, row, to: &buffer)
                buffer.append(ends, at: measures.index(at: row.ordinal))
            }
        }
    }

    private static let acrossBreak = Array(#","across_break":true"#.utf8)

    @inline(__always)
    private func append(change row: DeltaRow, to buffer: inout TextBuffer) {
        buffer.append(leads.change)
        if let change = row.change {
            buffer.append(difference: change, decimals: row.decimals)
        } else {
            buffer.append(none)
        }
    }

    @inline(__always)
    private func append(_ lead: [UInt8], _ value: Int64?, _ decimals: Int, to buffer: inout TextBuffer) {
        buffer.append(lead)
        if let value { buffer.append(figure: value, decimals: decimals) } else { buffer.append(none) }
    }
}

/// What stands behind the figures of a row: how the two sides relate, and what they are where they are no figures.
private struct DeltaTails {
    /// Of both sides in JSON, of the later one in CSV.
    private let texts: PackedTexts
    private let isCSV: Bool
    /// How many statuses there are, and none.
    private let statusCount: Int

    init(isCSV: Bool) {
        self.isCSV = isCSV
        let statuses = [nil] + (CellStatus.allCases + [.incomplete]).map(Optional.some)
        statusCount = statuses.count
        let comparisons = DeltaRow.Comparison.allCases
        if isCSV {
            texts = PackedTexts(
                comparisons.flatMap { comparison in
                    statuses.map { Array(",\(comparison.rawValue),\($0?.code ?? ""),".utf8) }
                })
        } else {
            texts = PackedTexts(
                comparisons.flatMap { comparison in
                    statuses.flatMap { from in
                        statuses.map { to in Self.json(comparison, from, to) }
                    }
                })
        }
    }

    private static func json(
        _ comparison: DeltaRow.Comparison, _ from: CellStatus?, _ to: CellStatus?
    ) -> [UInt8] {
        let (from, to) = (from.map { "\"\($0.code)\"" } ?? "null", to.map { "\"\($0.code)\"" } ?? "null")
        return Array(#","from_status":\#(from),"to_status":\#(to),"comparison":"\#(comparison.rawValue)""#.utf8)
    }

    @inline(__always)
    func append(_ row: DeltaRow, to buffer: inout TextBuffer) {
        let count = statusCount
        let comparison = Self.index(of: row.comparison)
        guard isCSV else {
            let place = (comparison * count + Self.index(of: row.fromStatus)) * count + Self.index(of: row.toStatus)
            buffer.append(texts, at: place)
            Self.append(#","from_flags":["#, row.fromFlags, to: &buffer)
            return Self.append(#","to_flags":["#, row.toFlags, to: &buffer)
        }
        buffer.append(texts, at: comparison * count + Self.index(of: row.toStatus ?? row.fromStatus))
        let flags = row.toStatus == nil ? row.fromFlags : row.toFlags
        if flags.rawValue != 0 { buffer.append(flags.codes.joined(separator: " ")) }
        buffer.append(0x2C)
    }

    /// A field of JSON; nothing where there are none.
    @inline(__always)
    private static func append(_ lead: String, _ flags: CellFlags, to buffer: inout TextBuffer) {
        guard flags.rawValue != 0 else { return }
        buffer.append(lead + flags.codes.map { "\"\($0)\"" }.joined(separator: ",") + "]")
    }

    /// The last columns of CSV, each with its comma, and the end of the row.
    @inline(__always)
    static func append(fromFlags: CellFlags, isAcrossBreak: Bool, to buffer: inout TextBuffer) {
        buffer.append(0x2C)
        if fromFlags.rawValue != 0 { buffer.append(fromFlags.codes.joined(separator: " ")) }
        buffer.append(isAcrossBreak ? isAcross : isNotAcross)
    }

    private static let isAcross = Array(",true\r\n".utf8)
    private static let isNotAcross = Array(",false\r\n".utf8)

    /// 0 for none, else its place among all of them plus one: raw values are 0, 1, 2 and so on; that of sums comes last.
    @inline(__always)
    private static func index(of status: CellStatus?) -> Int {
        status.map { $0 == .incomplete ? CellStatus.allCases.count + 1 : Int($0.rawValue) + 1 } ?? 0
    }

    @inline(__always)
    private static func index(of comparison: DeltaRow.Comparison) -> Int {
        switch comparison {
        case .compared: 0
        case .appeared: 1
        case .vanished: 2
        case .transition: 3
        case .sameReason: 4
        }
    }
}
