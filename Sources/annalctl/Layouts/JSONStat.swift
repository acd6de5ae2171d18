import ControlAPI

/// A table as JSON-stat 2.0.
///
/// Source: json-stat.org/full, version 2.0, read 2026-11.
enum JSONStat {
    /// The dimension that holds the one year of the table.
    private static let time = "time"

    /// - Throws: `.refused` where the table has a dimension of that name already.
    static func bytes(of report: TableReport) throws(ControlProblem) -> [UInt8] {
        guard !report.dimensions.contains(where: { $0.id == time }) else {
            throw ControlProblem(
                .refused, "The table has a dimension “\(time)” of its own.", remedy: "Use --format json.")
        }
        var json = JSONWriter()
        json.object { json in
            json.field("version", "2.0")
            json.field("class", "dataset")
            json.field("label", report.title)
            json.field("source", report.source?.file)
            json.field("updated", report.published)
            if !report.notes.isEmpty { json.field("note", report.notes) }
            json.field("id", [time] + report.dimensions.map(\.id))
            json.field("size", [1] + report.dimensions.map(\.categories.count))
            json.key("role")
            json.object { json in
                json.field("time", [time])
                let metrics = report.dimensions.filter { $0.measure == true }.map(\.id)
                if !metrics.isEmpty { json.field("metric", metrics) }
            }
            json.key("dimension")
            json.object { writeDimensions(of: report, to: &$0) }
            writeCells(of: report, to: &json)
        }
        return json.bytes + [0x0A]
    }

    private static func writeDimensions(of report: TableReport, to json: inout JSONWriter) {
        let period = report.period ?? String(report.year)
        write(id: time, label: time, categories: [(String(report.year), period)], report, to: &json)
        for dimension in report.dimensions {
            write(
                id: dimension.id, label: dimension.label, categories: dimension.categories.map { ($0.code, $0.label) },
                dimension.measure == true ? report : nil, to: &json)
        }
    }

    private static func write(
        id: String, label: String, categories: [(code: String, label: String)], _ measured: TableReport?,
        to json: inout JSONWriter
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
                if id != time, let measures = measured?.measures { writeUnits(measures, to: &json) }
            }
        }
    }

    private static func writeUnits(_ measures: [TableReport.Measure], to json: inout JSONWriter) {
        json.key("unit")
        json.object { json in
            for measure in measures {
                json.key(measure.code)
                json.object { json in
                    json.field("base", measure.unit)
                    json.field("decimals", measure.decimals)
                    if let multiplier = measure.multiplier { json.field("multiplier", multiplier) }
                }
            }
        }
    }

    /// Values and statuses by place, so that what a selection leaves out is left out here too.
    private static func writeCells(of report: TableReport, to json: inout JSONWriter) {
        let cells = (report.cells ?? []).compactMap { cell in place(of: cell, in: report).map { ($0, cell) } }
        json.key("value")
        json.object { json in
            for (place, cell) in cells {
                guard let value = cell.value else { continue }
                json.key(String(place))
                json.raw(value.text(decimals: report.decimals(at: cell.at)).utf8)
            }
        }
        json.key("status")
        json.object { json in
            for (place, cell) in cells where cell.status != "value" || !cell.flags.isEmpty {
                json.field(String(place), ([cell.status] + cell.flags).joined(separator: " "))
            }
        }
    }

    private static func place(of cell: TableReport.Cell, in report: TableReport) -> Int? {
        var place = 0
        for (code, dimension) in zip(cell.at, report.dimensions) {
            guard let index = dimension.categories.firstIndex(where: { $0.code == code }) else { return nil }
            place = place * dimension.categories.count + index
        }
        return place
    }
}
