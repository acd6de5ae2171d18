import Annals
import Definitions
import TableReading
import TestSupport
import Testing

/// Workbooks beside openpyxl and odfpy: each figure at the place that it was read from, and no figure of the table left out.
@Suite struct WorkbookCrossCheckTests {
    private struct Place: Hashable {
        var sheet: String
        var row: Int
        var column: Int
    }

    @Test func everyCell() async throws {
        let read = Self.read()
        let paths = read.keys.sorted()
        let outcomes = try await IndependentReader.read("workbook", paths.map { RepositoryFiles.root + "/" + $0 })
        guard let outcomes else { return }
        var compared = 0
        for path in paths {
            guard let tables = read[path], let outcome = outcomes[RepositoryFiles.root + "/" + path] else { continue }
            switch outcome {
            case .unreadable(let why): Issue.record("\(path): \(why)")
            case .cells(let cells): compared += Self.compare(tables, with: cells, path)
            }
        }
        print("workbook: \(paths.count) files read, \(compared) cells compared")
        #expect(compared > 0)
    }

    /// The corpus' workbooks that we read, by their paths.
    private static func read() -> [String: [TableReading.SourceTable]] {
        var read: [String: [TableReading.SourceTable]] = [:]
        for folder in CrossCheck.corpus {
            for path in RepositoryFiles.paths(below: folder) {
                guard [".xlsx", ".xlsm", ".xls", ".ods"].contains(where: path.hasSuffix),
                    let bytes = RepositoryFiles.bytes(path), bytes.starts(with: [0x50, 0x4B])
                else { continue }
                let name = String(path.split(separator: "/").last ?? "")
                var sidecar: Sidecar?
                if let text = RepositoryFiles.text(path + Sidecar.fileSuffix) {
                    // One that can't be read is a case of its own.
                    sidecar = try? Sidecar.parse(text, file: name)
                }
                let document = SourceDocument(name: name, bytes: bytes, sidecar: sidecar)
                // Refused ones are nobody's to compare.
                read[path] = try? TableReading.sourceTables(document, definitions: .builtIn)
            }
        }
        return read
    }

    private static func compare(
        _ tables: [TableReading.SourceTable], with cells: [IndependentReader.Cell], _ path: String
    ) -> Int {
        var others: [Place: String] = [:]
        for cell in cells {
            let place = Place(
                sheet: cell.codes[0].code, row: Int(cell.codes[1].code) ?? 0, column: Int(cell.codes[2].code) ?? 0)
            others[place] = cell.text
        }
        var seen: Set<Place> = []
        var compared = 0
        for source in tables {
            for cell in 0..<source.table.cells.count {
                let origin = source.origins.origin(ofCell: cell)
                let place = Place(sheet: origin.sheet ?? "", row: origin.line, column: origin.column)
                #expect(seen.insert(place).inserted, "\(path): \(place) twice")
                let decimals = source.table.measure(atOrdinal: source.table.ordinal(ofCell: cell)).decimals
                let own = CellComparison.plainNumber(
                    ScaledDecimal.text(source.table.cells.values[cell], decimals: decimals))
                if let other = others[place] {
                    #expect(own == CellComparison.plainNumber(other), "\(path): \(place)")
                    compared += 1
                } else if source.table.cells.mark(at: cell).status == .value {
                    // A figure that is stored as text.
                    #expect(
                        own == CellComparison.plainNumber(origin.text.replacing(",", with: ".")), "\(path): \(place)")
                }
            }
        }
        // Every number that stands in a column of figures, in a row of the table, is one of ours.
        let rows = Set(seen.map { Place(sheet: $0.sheet, row: $0.row, column: 0) })
        let columns = Set(seen.map { Place(sheet: $0.sheet, row: 0, column: $0.column) })
        for place in others.keys where !seen.contains(place) {
            let isOfTable =
                rows.contains(Place(sheet: place.sheet, row: place.row, column: 0))
                && columns.contains(Place(sheet: place.sheet, row: 0, column: place.column))
            #expect(!isOfTable, "\(path): \(place) was left out")
        }
        return compared
    }
}
