import Annals
import Definitions
import TestSupport
import Testing

@testable import TableReading

/// The founding table as a web page, in three shapes.
@Suite struct HTMLFoundingTests {
    private static let path = "Config/samples/net-migration-between-counties-2011.txt"
    private static let note = "¹ Refers to net in-migration/out-migration for the county in the text column."

    @Test(arguments: ["scopes", "layout", "spreadsheet"]) func sameCells(shape: String) throws {
        let bytes = try #require(RepositoryFiles.bytes(Self.path))
        let text = try TableReading.read(
            SourceDocument(name: "net-migration-2011.txt", bytes: bytes), definitions: .builtIn)
        let table = text.tables[0]
        let html = try TableReading.read(
            SourceDocument(name: "saved.html", bytes: Array(Self.page(of: table, shape).utf8)), definitions: .builtIn)
        #expect(html.facts.dataset == text.facts.dataset)
        #expect(html.tables.count == 1)
        #expect(html.tables[0].period == table.period)
        #expect(
            html.tables[0].keySpace.dimensions.map { $0.categories.map(\.code) }
                == table.keySpace.dimensions.map { $0.categories.map(\.code) })
        #expect(html.tables[0].cells.values == table.cells.values)
        #expect(
            (0..<table.cells.count).allSatisfy {
                html.tables[0].cells.mark(at: $0).status == table.cells.mark(at: $0).status
            })
    }

    private static func page(of table: Table, _ shape: String) -> String {
        let dimensions = table.keySpace.dimensions
        let (rows, columns) = (dimensions[0].categories, dimensions[1].categories)
        func label(_ category: Annals.Category) -> String {
            category.code.first?.isNumber == true ? "\(category.code) \(category.label)" : category.label
        }
        func cell(_ row: Annals.Category, _ column: Annals.Category) -> String {
            guard let cell = table.cell(at: [row.code, column.code]) else { return "" }
            let mark = table.cells.mark(at: cell)
            guard mark.status == .value else { return mark.glyph }
            return "\(table.cells.values[cell])".replacing("-", with: "&minus;")
        }
        let isSpreadsheet = shape == "spreadsheet"
        let (head, side) = isSpreadsheet ? ("td", "td") : ("th", "th scope=\"row\"")
        let heading = "<tr><\(head)></\(head)>" + columns.map { "<\(head)>\(label($0))</\(head)>" }.joined() + "</tr>"
        let body = rows.map { row in
            "<tr><\(side)>\(label(row))</\(head)>"
                + columns.map { column in
                    let text = cell(row, column)
                    let number = text.replacing("&minus;", with: "-")
                    return isSpreadsheet && Int(number) != nil
                        ? "<td x:num=\"\(number)\">\(text)</td>" : "<td>\(text)</td>"
                }.joined() + "</tr>"
        }.joined(separator: "\n")
        let title = "6 Net migration<sup>1</sup> between counties. 2011"
        let below = "<p><sup>1</sup> \(note.dropFirst(2))</p>"
        switch shape {
        case "scopes":
            return
                "<!DOCTYPE html><html><body><table><caption>\(title)</caption><thead>\(heading)</thead><tbody>\(body)</tbody></table>\(below)</body></html>"
        case "layout":
            return
                "<html><body><table><tr><td><a href=\"/\">Migration, internal</a></td></tr><tr><td><h2>\(title)</h2><table>\(heading)\(body)</table>\(below)</td></tr></table></body></html>"
        default:
            return
                "<html xmlns:x=\"urn:x\"><body><table><tr><td colspan=\"\(columns.count + 1)\">\(title)</td></tr>\(heading)\(body)</table>\(below)</body></html>"
        }
    }
}
