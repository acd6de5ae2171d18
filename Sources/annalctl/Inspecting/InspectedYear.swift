import Annals
import Auditing
import ControlAPI
import TableReading

/// One year's table of an inspected file, in the shape of `show` without version and times.
struct InspectedYear: JSONWritable {
    let dataset: DatasetID
    let examined: AuditedTable
    /// About the file as a whole.
    let fileFindings: [Finding]
    let detail: InspectedFile.Detail
    /// The table as printed, where places are wanted.
    let printed: TableReading.SourceTable?

    func write(to json: inout JSONWriter) {
        let table = examined.table
        let heading = TableHeading(
            dataset: dataset, audits: examined.audits, findings: fileFindings + examined.findings)
        json.object { json in
            heading.writeFields(of: table, to: &json)
            json.field("cell_count", table.cells.count)
            if detail != .shape { writeCells(of: table, to: &json) }
            heading.writeTail(to: &json)
        }
    }

    private func writeCells(of table: Table, to json: inout JSONWriter) {
        let encoder = CellEncoder(table, as: .json, dataset: dataset, version: nil, place: place)
        json.key("cells")
        json.beginArray()
        for cell in 0..<table.cells.count {
            var bytes: [UInt8] = []
            encoder.append(cell: cell, to: &bytes)
            json.raw(bytes)
        }
        json.endArray()
    }

    /// Where the cell of a combination was printed; one that follows from others was not.
    private var place: CellEncoder.Place? {
        guard detail == .places, let printed else { return nil }
        let table = examined.table
        return { ordinal in
            guard let cell = table.cell(atOrdinal: ordinal), !table.cells.mark(at: cell).flags.contains(.derived),
                let origin = printed.origin(at: table.keySpace.codes(at: ordinal))
            else { return nil }
            return TableReport.Place(line: origin.line, column: origin.column, text: origin.text)
        }
    }
}
