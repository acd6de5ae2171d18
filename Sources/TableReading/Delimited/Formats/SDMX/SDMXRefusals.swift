import Annals
import Definitions

/// What an SDMX-CSV file may hold and a yearly table can't.
enum SDMXRefusals {
    static func noValue(_ table: RoleTable) -> Reason {
        Reason(
            "The file has no column `OBS_VALUE`, and nothing says which columns hold its figures",
            line: table.headingLine,
            found: table.columns.map(\.name).joined(separator: ", "), expected: "OBS_VALUE",
            remedy: "Export the file with its figures; where they stand under other names, list these in a definition "
                + "by `values` in `columns`")
    }

    /// - Throws: Several dataflows, rows that delete, and rows whose action isn't known.
    static func check(_ table: RoleTable, _ heading: SDMXHeading) throws(Reason) {
        for column in table.columns {
            guard let texts = column.texts else { continue }
            let stated = heading.columns[column.place]
            if stated.kind == .action { try checkAction(texts, column, table) }
            guard heading.dataflow == column.place, texts.count > 1 else { continue }
            throw Reason(
                "The file holds the data of more than one dataflow: `\(texts.string(0))` and `\(texts.string(1))`",
                line: table.lineOfRow(texts.firstRow(1)), column: column.place + 1, found: texts.string(1),
                expected: texts.string(0), remedy: "Drop the data of each dataflow as a file of its own")
        }
    }

    private static let actions: Set<String> = ["", "I", "A", "R", "M"]

    private static func checkAction(_ texts: KeyDictionary, _ column: PlanColumn, _ table: RoleTable) throws(Reason) {
        for (entry, text) in texts.strings.enumerated() {
            let line = table.lineOfRow(texts.firstRow(entry))
            if let reason = action(text, line: line, column: column.place + 1) { throw reason }
        }
    }

    /// Why a row with some action can't be read; nil where it can.
    static func action(_ text: String, line: Int, column: Int) -> Reason? {
        let code = SDMXLabel.parts(of: LabelText.normalized(text)).code.uppercased()
        guard !actions.contains(code) else { return nil }
        return Reason(
            code == "D"
                ? "The row says that figures are to be deleted (ACTION D): the file changes another one, and is no table"
                : "`\(text)` is no action that a row of an SDMX file has",
            line: line, column: column, found: text, expected: "I, A, R or M: figures that are there",
            remedy: "Export the whole table as it is after the change, and drop that")
    }

    /// - Throws: A row that leaves a dimension empty: it says something of many figures, and has none.
    static func checkKeys(_ table: RoleTable, _ heading: SDMXHeading) throws(Reason) {
        for place in table.places(.key) + table.places(.year) {
            let column = table.columns[place]
            guard let texts = column.texts, texts.count > 1 else { continue }
            guard let empty = (0..<texts.count).first(where: { LabelText.isEmpty(texts.bytes($0)) }) else { continue }
            throw Reason(
                "The row leaves the dimension `\(column.title)` empty: it says something of many figures",
                line: table.lineOfRow(texts.firstRow(empty)), column: column.place + 1, found: "",
                expected: "a code of each dimension in each row",
                remedy: "Export the file with attributes repeated at each figure, without rows of their own")
        }
    }
}
