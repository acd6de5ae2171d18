extension DatasetDefinition {
    /// Where a file's columns begin: its header, and for fixed width the characters of each column.
    package struct Layout: Hashable, Sendable {
        /// Which lines name the columns.
        package enum Header: Hashable, Sendable {
            /// As the reader finds it.
            case found
            /// No line does; ``Layout/names`` or ``Layout/positions`` may.
            case none
            /// So many lines together, each a level of headings.
            case lines(Int)
            /// The line of that number, counted from 1 through the whole file.
            case line(Int)
        }

        /// One column of a file of fixed width; characters count from 1, both ends belong to it.
        package struct Position: Hashable, Sendable {
            package var name: String
            package var first: Int
            package var last: Int

            package init(name: String, first: Int, last: Int) {
                self.name = name
                self.first = first
                self.last = last
            }
        }

        package var header: Header
        /// Names of the columns from left to right, where no line gives them.
        package var names: [String]
        /// Lines before the header that are no part of the table.
        package var skip: Int
        /// From left to right, never overlapping; empty where the file isn't of fixed width.
        package var positions: [Position]
        /// The sheet of a workbook that holds the table; nil for the one that does.
        package var sheet: String?
        /// Which table of a web page is meant: its number in the page, or its caption; nil for the one that it has.
        package var table: String?

        package init(
            header: Header = .found, names: [String] = [], skip: Int = 0, positions: [Position] = [],
            sheet: String? = nil, table: String? = nil
        ) {
            self.sheet = sheet
            self.table = table
            self.header = header
            self.names = names
            self.skip = skip
            self.positions = positions
        }

        /// The names that the definition itself gives the columns; empty where the file does.
        package var givenNames: [String] { positions.isEmpty ? names : positions.map(\.name) }
    }
}
