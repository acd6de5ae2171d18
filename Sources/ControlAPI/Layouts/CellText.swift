import Annals

/// The text of a cell for people, as it stands to the right of a column.
struct CellText: Sendable {
    private let cells: ChosenCells
    /// What stands instead of a figure; empty where the figure stands.
    ///
    /// *Shape:* one a mark of the palette, as all below.
    private let symbols: PackedTexts
    /// Whether the figure stands.
    private let showsFigure: [Bool]
    /// Letters of flags.
    private let letters: PackedTexts
    /// Characters of symbol and letters; all of them are ASCII.
    private let markWidths: [Int]

    init(_ cells: ChosenCells) {
        self.cells = cells
        var names = FigureSymbols()
        let symbols = cells.table.cells.palette.map { names.symbol(of: $0.status.code) }
        let letters = cells.table.cells.palette.map { Array(names.letters(of: $0.flags.codes).utf8) }
        showsFigure = symbols.map { $0 == nil }
        self.symbols = PackedTexts(symbols.map { Array(($0 ?? "").utf8) })
        self.letters = PackedTexts(letters)
        markWidths = zip(symbols, letters).map { ($0 ?? "").utf8.count + $1.count }
    }

    /// What explains the symbols of these marks of the palette.
    func legendLine(of used: [Bool]) -> String? {
        var names = FigureSymbols()
        for (mark, isUsed) in zip(cells.table.cells.palette, used) where isUsed {
            _ = names.symbol(of: mark.status.code)
            _ = names.letters(of: mark.flags.codes)
        }
        return names.legendLine
    }

    @inline(__always)
    func width(ofCell cell: Int, decimals: Int) -> Int {
        let mark = Int(cells.marks[cell])
        return markWidths[mark] + (showsFigure[mark] ? FigureWidth.of(cells.values[cell], decimals: decimals) : 0)
    }

    @inline(__always)
    func append(cell: Int, decimals: Int, width: Int, to buffer: inout TextBuffer) {
        buffer.append(spaces: width - self.width(ofCell: cell, decimals: decimals))
        let mark = Int(cells.marks[cell])
        if showsFigure[mark] { buffer.append(figure: cells.values[cell], decimals: decimals) }
        buffer.append(symbols, at: mark)
        buffer.append(letters, at: mark)
    }
}
