import Annals

/// The heading of a page parted by spaces, and the rows below it.
struct SpacedBlock {
    /// One row, or the label of one that has no figures in this block.
    struct Row {
        /// Index of the line.
        var line: Int
        var label: PageText.Piece
        /// What names it on the other side of a matrix: its code, else its label.
        var name: String
    }

    /// Index of the line.
    var line: Int
    var stub: PageText.Piece?
    /// The heading of a column in front of the others, which adds them up.
    var total: PageText.Piece? = nil
    /// The total's heading, or the rest of it, on a line of its own: index of the line.
    var secondLine: Int? = nil
    var labels: [PageText.Piece]
    /// *Shape:* one a label; as ``Row/name``.
    var names: [String]
    var rows: [Row] = []
    /// Further lines of the heading: index, and a piece for each label, empty where it says nothing of it.
    var further: [(line: Int, pieces: [PageText.Piece])] = []
    /// Whether gaps alone part the fields of the rows, so that each row has all of them.
    var isOfGaps = false
    /// Whether each row ends in its own number once more.
    var repeatsNumber = false

    /// The same heading on another line.
    func again(line: Int) -> SpacedBlock {
        var again = self
        (again.line, again.rows, again.further) = (line, [], [])
        return again
    }

    var hasTotal: Bool { total != nil || secondLine != nil }

    /// Fields right of the stub.
    var width: Int { labels.count + (hasTotal ? 1 : 0) }
}

/// How much of its rows a page prints.
enum SpacedExtent: CaseIterable {
    /// Up to the diagonal, where a symbol or a zero stands.
    case toDiagonal
    /// Up to the diagonal, which is blank.
    case beforeDiagonal
    case full

    /// The figures of a row in a block; 0 is always one of the answers for a row without any.
    func count(_ row: SpacedBlock.Row, in block: SpacedBlock) -> Int {
        guard self != .full, let place = block.names.firstIndex(of: row.name) else { return block.width }
        return place + (block.hasTotal ? 1 : 0) + (self == .toDiagonal ? 1 : 0)
    }
}
