import Annals
import Definitions

/// A delimited file gone through: its columns filled, and each column's role decided.
struct DelimitedScan {
    let table: RoleTable
    /// Where the file is of a format of its own.
    let format: (any ColumnFormat)?
    let glyphs: GlyphRefusal
    let scan: ColumnScan
    /// Figures of the measures, by their place in ``table``.
    let figures: [Int: FigureColumnBuilder]
    let palette: MarkPalette
    /// *Shape:* one a column of the file.
    let readers: [FigureReader]
    /// *Shape:* one a column of the file: whether all its figures have a percent sign.
    let isPercent: [Bool]
}
