/// What an editor needs to know on the day of a release: sections, each with the commands that give its numbers.
///
/// Texts are raw; whoever lays the report out makes them safe.
struct ReleaseReport: Encodable {
    /// Rows under headings.
    struct Table: Encodable {
        struct Column: Encodable {
            var heading: String
            /// Set to the right.
            var isFigure: Bool

            init(_ heading: String, isFigure: Bool = false) {
                self.heading = heading
                self.isFigure = isFigure
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(heading)
            }
        }

        var columns: [Column]
        var rows: [[String]] = []
    }

    struct Section: Encodable {
        var title: String
        /// A sentence each.
        var lines: [String] = []
        var table: Table?
        /// As they are typed.
        var commands: [String] = []
    }

    var dataset: String
    var year: Int
    var title: String
    /// Where the log ended when it was asked, `SEQ:HEX`.
    var head: String
    var sections: [Section]
}
