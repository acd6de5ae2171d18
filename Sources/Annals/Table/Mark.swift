/// Everything of a cell but its figure: status, flags, and the symbol as printed.
///
/// A table has few different marks and many cells, so cells refer to a palette of them.
package struct Mark: Hashable, Sendable {
    package var status: CellStatus
    package var flags: CellFlags
    /// The symbol as printed beside or instead of the figure (`-`, `..`, `*`); empty for a plain figure or an empty field.
    package var glyph: String

    package init(_ status: CellStatus, flags: CellFlags = [], glyph: String = "") {
        self.status = status
        self.flags = flags
        self.glyph = glyph
    }

    /// A plain printed figure.
    package static let plain = Mark(.value)
}

extension Mark: Comparable {
    /// A total order, so that equal content has equal bytes in the log.
    package static func < (left: Mark, right: Mark) -> Bool {
        (left.status.rawValue, left.flags.rawValue, left.glyph) < (
            right.status.rawValue, right.flags.rawValue, right.glyph
        )
    }
}
