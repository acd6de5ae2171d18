import Annals
import Auditing
import ControlAPI
import TableReading

/// One year's table of an inspected file, in the shape of `show` without version and times.
struct InspectedYear {
    let dataset: DatasetID
    let examined: AuditedTable
    /// About the file as a whole.
    let fileFindings: [Finding]
    let detail: InspectedFile.Detail
    /// The table as printed, where places are wanted.
    let printed: TableReading.SourceTable?

    /// Adds it to an answer as a value of JSON.
    func write(to json: inout JSONWriter, of body: inout AnswerBody) {
        let table = examined.table
        json.beginObject()
        heading.writeFields(of: table, to: &json, of: &body)
        json.field("cell_count", table.cells.count)
        if let cells {
            json.key("cells")
            json.beginArray()
            body.append(json.take())
            CellEncoder(cells, as: .json, dataset: dataset, version: nil, place: place).addRows(to: &body)
            json.endArray()
        }
        heading.writeTail(to: &json)
        json.endObject()
    }

    /// Adds it to an answer for people.
    func layOut(in body: inout AnswerBody) {
        let table = examined.table
        body.append(TableLayout(table, heading, cells: cells, place: place).body())
        let shape = table.keySpace.dimensions.map { "\($0.categories.count) \($0.id)" }.joined(separator: " × ")
        body.append(TerminalText.sanitised("\(table.cells.count) cells: \(shape)") + "\n")
    }

    private var heading: TableHeading {
        TableHeading(dataset: dataset, audits: examined.audits, findings: fileFindings + examined.findings)
    }

    private var cells: ChosenCells? { detail == .shape ? nil : ChosenCells(examined.table) }

    /// Where the cell of a combination was printed; one that follows from others was not.
    private var place: CellPlace.Finder? {
        guard detail == .places, let printed else { return nil }
        let table = examined.table
        return { ordinal in
            guard let cell = table.cell(atOrdinal: ordinal), !table.cells.mark(at: cell).flags.contains(.derived),
                let origin = printed.origin(at: table.keySpace.codes(at: ordinal))
            else { return nil }
            return CellPlace(line: origin.line, column: origin.column, text: origin.text)
        }
    }
}
