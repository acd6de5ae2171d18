import Annals

/// A table as JSON-stat 2.0, values and statuses by their place, so that what a selection leaves out is left out.
///
/// Source: json-stat.org/full, version 2.0, read 2026-11.
package enum JSONStat {
    /// The dimension that holds the one year of the table.
    private static let time = "time"

    /// The document of some cells of a table.
    ///
    /// - Throws: `.refused` where the table has a dimension of that name already.
    package static func body(_ cells: ChosenCells, _ heading: TableHeading) throws(ControlProblem) -> AnswerBody {
        let table = cells.table
        let dimensions = table.keySpace.dimensions
        guard !dimensions.contains(where: { $0.id == time }) else {
            throw ControlProblem(.refused, "The table has a dimension “\(time)” of its own.", remedy: "Ask for JSON.")
        }
        var json = JSONWriter()
        json.beginObject()
        json.field("version", "2.0")
        json.field("class", "dataset")
        json.field("label", table.title)
        json.field("source", heading.record?.source.file)
        json.field("updated", heading.record?.published)
        if !table.notes.isEmpty { json.field("note", table.notes) }
        json.field("id", [time] + dimensions.map(\.id))
        json.field("size", [1] + dimensions.map(\.categories.count))
        json.key("role")
        json.object { json in
            json.field("time", [time])
            let metrics = dimensions.filter(\.isMeasure).map(\.id)
            if !metrics.isEmpty { json.field("metric", metrics) }
        }
        json.key("dimension")
        json.object { writeDimensions(of: table, to: &$0) }
        json.key("value")
        json.beginObject()
        var body = AnswerBody()
        body.append(json.take())
        appendValues(of: cells, to: &body)
        json.endObject()
        json.key("status")
        json.beginObject()
        body.append(json.take())
        appendStatuses(of: cells, to: &body)
        json.endObject()
        json.endObject()
        body.append(json.take() + [0x0A])
        return body
    }

    // MARK: Dimensions

    private static func writeDimensions(of table: Table, to json: inout JSONWriter) {
        write(
            id: time, label: time, categories: [Category(code: String(table.period.year), label: table.period.label)],
            measures: [], to: &json)
        for dimension in table.keySpace.dimensions {
            write(
                id: dimension.id, label: dimension.label, categories: dimension.categories,
                measures: dimension.isMeasure ? table.measures : [], to: &json)
        }
    }

    private static func write(
        id: String, label: String, categories: [Category], measures: [Measure], to json: inout JSONWriter
    ) {
        json.key(id)
        json.object { json in
            json.field("label", label)
            json.key("category")
            json.object { json in
                json.field("index", categories.map(\.code))
                json.key("label")
                json.object { json in
                    for category in categories { json.field(category.code, category.label) }
                }
                if !measures.isEmpty { writeUnits(measures, to: &json) }
            }
        }
    }

    private static func writeUnits(_ measures: [Measure], to json: inout JSONWriter) {
        json.key("unit")
        json.object { json in
            for measure in measures {
                json.key(measure.code)
                json.object { json in
                    json.field("base", measure.unit)
                    json.field("decimals", measure.decimals)
                    if measure.multiplier != 0 { json.field("multiplier", measure.multiplier) }
                }
            }
        }
    }

    // MARK: Cells, by place

    private static func appendValues(of cells: ChosenCells, to body: inout AnswerBody) {
        let first = (0..<cells.count).first { cells.isNumber[Int(cells.marks[cells.cell(at: $0)])] }
        body.append(rows: cells.count) { rows, buffer in
            for row in rows {
                let cell = cells.cell(at: row)
                guard cells.isNumber[Int(cells.marks[cell])] else { continue }
                let ordinal = cells.ordinal(ofCell: cell)
                append(place: ordinal, isFirst: row == first, to: &buffer)
                buffer.append(figure: cells.values[cell], decimals: cells.decimals(at: ordinal))
            }
        }
    }

    /// Of the cells that are no plain figure.
    private static func appendStatuses(of cells: ChosenCells, to body: inout AnswerBody) {
        let palette = cells.table.cells.palette
        let isPlain = palette.map { $0.status == .value && $0.flags.isEmpty }
        let statuses = PackedTexts(
            palette.map { mark in Array("\"\(([mark.status.code] + mark.flags.codes).joined(separator: " "))\"".utf8) })
        let first = (0..<cells.count).first { !isPlain[Int(cells.marks[cells.cell(at: $0)])] }
        body.append(rows: first == nil ? 0 : cells.count) { rows, buffer in
            for row in rows {
                let cell = cells.cell(at: row)
                let mark = Int(cells.marks[cell])
                guard !isPlain[mark] else { continue }
                append(place: cells.ordinal(ofCell: cell), isFirst: row == first, to: &buffer)
                buffer.append(statuses, at: mark)
            }
        }
    }

    @inline(__always)
    private static func append(place: Int, isFirst: Bool, to buffer: inout TextBuffer) {
        if !isFirst { buffer.append(0x2C) }
        buffer.append(0x22)
        buffer.append(number: place)
        buffer.append(0x22)
        buffer.append(0x3A)
    }
}
