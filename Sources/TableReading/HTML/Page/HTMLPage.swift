import Annals

/// What a page holds: its tables, and the texts around them.
struct HTMLPage: Sendable {
    /// A heading or a paragraph.
    struct Block: Sendable {
        var place: HTMLPlace
        /// 1 to 6 for a heading, 0 for any other text.
        var level: Int
        var text: String
    }

    /// Of `<title>`.
    var title: String?
    /// In the order of the page, what stands in a table's cells aside.
    var blocks: [Block] = []
    /// In the order in which they begin.
    var tables: [HTMLTable] = []
    /// Where the page ends in the middle of a tag, a comment or a script.
    var cutOff: HTMLPlace?
    /// Whether it consists of frames, as a workbook does that was saved as pages.
    var hasFrames = false
    /// Whether it asks for a password.
    var asksForPassword = false
}

/// A table as it stands in the page: rows of cells with their spans.
struct HTMLTable: Sendable {
    enum Section: Int, Sendable {
        case head, body, foot
    }

    struct Row: Sendable {
        var place: HTMLPlace
        var section: Section
        /// Counts the row groups; a span ends where its group does.
        var group: Int
        var isHidden: Bool
        var cells: [HTMLCell] = []
    }

    let place: HTMLPlace
    /// Counts the tables of the page from 1.
    let number: Int
    var end = 0
    var caption: String?
    var rows: [Row] = []
    var isHidden = false
    /// Whether it says of itself that it is no table, but a layout.
    var isPresentation = false
    /// Whether a table stands in one of its cells.
    var holdsTable = false
    /// Whether its own end tag closed it.
    var isClosed = false
    /// Whether a column is hidden as such.
    var hidesColumn = false
    /// The first text in it that stands in no cell.
    var stray: (text: String, place: HTMLPlace)?

    init(place: HTMLPlace, number: Int) {
        self.place = place
        self.number = number
    }
}

/// A cell of a table.
struct HTMLCell: Sendable {
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8

        /// `<th>`.
        static let heading = Traits(rawValue: 1 << 0)
        /// `<th scope="row">`.
        static let ofRow = Traits(rawValue: 1 << 1)
        static let hidden = Traits(rawValue: 1 << 2)
        /// Digits in it may be two figures.
        static let doubtful = Traits(rawValue: 1 << 3)
        /// Something that isn't text stands in it alone: a field of a form, a drawing.
        static let withoutText = Traits(rawValue: 1 << 4)
        /// Its text is shown and not read aloud, or the other way round.
        static let halfHidden = Traits(rawValue: 1 << 5)
        static let holdsTable = Traits(rawValue: 1 << 6)
        static let struck = Traits(rawValue: 1 << 7)
    }

    /// A raised mark.
    struct Mark: Sendable {
        var text: String
        var isLink: Bool
    }

    var place: HTMLPlace
    /// As it is read: raised digits as such.
    var text: String
    /// Without what is raised; nil where nothing is.
    var bare: String?
    var marks: [Mark] = []
    var traits: Traits
    /// 1 at least.
    var columns: Int
    /// 0 for all rows that follow in the group.
    var rows: Int
    /// The number that a spreadsheet program stored with the cell (`x:num`, `sdval`).
    var stored: String?
    /// The number by which the page sorts the cell.
    var sortKey: String?
    /// 1 to 6 where a heading stands in it.
    var level = 0

    /// What stands in it, marks aside.
    var plain: String { bare ?? text }
}
