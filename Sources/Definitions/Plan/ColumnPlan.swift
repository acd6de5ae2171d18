extension DatasetDefinition {
    /// What the columns of a file are for, as far as a definition says it; names as printed.
    ///
    /// What is left out is found from the columns themselves. A column stands in one role only.
    package struct Columns: Hashable, Sendable {
        /// The column of the reference period.
        package struct Year: Hashable, Sendable {
            package var column: String
            /// The day of a stock, month and day, `12-31`; nil where the column or the definition's period says it.
            package var day: String?

            package init(column: String, day: String? = nil) {
                self.column = column
                self.day = day
            }
        }

        /// The columns that name the category of one dimension.
        package struct Key: Hashable, Sendable {
            /// The dimension's id; nil where it is made of the column's name.
            ///
            /// Never nil for several columns.
            package var id: String?
            /// In the order in which their codes are joined; at least one.
            package var columns: [String]
            /// The column that says the joined code in words.
            package var label: String?
            /// What stands between the codes of several columns.
            package var join: String

            package init(id: String? = nil, columns: [String], label: String? = nil, join: String = "") {
                self.id = id
                self.columns = columns
                self.label = label
                self.join = join
            }
        }

        /// A column of codes, and the column that says them in words.
        package struct Label: Hashable, Sendable {
            package var code: String
            package var label: String

            package init(code: String, label: String) {
                self.code = code
                self.label = label
            }
        }

        /// The columns that hold status and flags of a measure's cells.
        package struct Flags: Hashable, Sendable {
            /// The heading of the figures; nil: they are of all measures.
            package var value: String?
            /// At least one.
            package var columns: [String]

            package init(value: String? = nil, columns: [String]) {
                self.value = value
                self.columns = columns
            }
        }

        package var year: Year?
        package var keys: [Key]
        package var labels: [Label]
        /// Said of a category, or of the whole table; kept and answered, no dimension.
        package var attributes: [String]
        /// Headings of columns of figures, with or without the year before or behind them.
        package var values: [String]
        package var flags: [Flags]
        package var ignored: [String]

        package init(
            year: Year? = nil, keys: [Key] = [], labels: [Label] = [], attributes: [String] = [],
            values: [String] = [], flags: [Flags] = [], ignored: [String] = []
        ) {
            self.year = year
            self.keys = keys
            self.labels = labels
            self.attributes = attributes
            self.values = values
            self.flags = flags
            self.ignored = ignored
        }

        /// The year column's name.
        package var yearName: String? { year?.column }
        /// The heading of the figures where there is exactly one.
        package var valueName: String? { values.count == 1 ? values[0] : nil }
        /// The columns of all keys, in order.
        package var keyNames: [String] { keys.flatMap(\.columns) }
    }
}
