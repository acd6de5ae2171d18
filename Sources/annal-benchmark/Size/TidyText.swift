import Annals

/// Tables as tidy CSV, for programs that read nothing else: a line a cell, status and flags spelled out.
struct TidyText {
    let text: String

    init(_ tables: [Table]) {
        var lines: [String] = []
        for table in tables {
            lines.append((table.keySpace.dimensions.map(\.id) + ["value", "status", "flags"]).joined(separator: ","))
            for cell in 0..<table.cells.count {
                let mark = table.cells.mark(at: cell)
                let flags = mark.flags.codes.joined(separator: " ")
                let codes = table.keySpace.codes(at: table.ordinal(ofCell: cell))
                lines.append((codes + ["\(table.cells.values[cell])", mark.status.code, flags]).joined(separator: ","))
            }
        }
        text = lines.joined(separator: "\n") + "\n"
    }
}
