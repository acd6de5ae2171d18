import Annals

/// All rows of a selection, in key order, with the rule on which of them count.
struct CountedRows {
    let delta: Delta
    let filter: RowFilter

    /// Whether the summary counts a row.
    func counts(_ row: Int) -> Bool { filter.takesAll || filter.takes(row) }
}
