/// The table "What may import what" of docs/ARCHITECTURE.md: the import graph as people read it.
struct ImportTable {
    struct Row {
        var target: String
        /// Our own targets that it may import.
        var own: [String]
        /// Modules of packages, of the toolchain and of Debian that it may import.
        var outside: [String]
        /// Counts from 1.
        var line: Int
    }

    static let heading = "## What may import what"

    /// Comes with every toolchain and pulls nothing in: any target may import it.
    static let everywhere: Set = ["Swift", "Glibc", "Synchronization"]

    /// From the ground upward.
    var rows: [Row] = []
    let path: String

    /// Reads the rows below the heading: target, what it is, own targets, modules from outside.
    init(_ file: TextFile) {
        path = file.path
        var isInside = false
        for (index, line) in file.lines.enumerated() {
            if line.hasPrefix("## ") { isInside = line == Self.heading }
            let columns = line.split(separator: "|", omittingEmptySubsequences: false)
            guard isInside, columns.count == 6, let target = Self.quoted(columns[1]).first else { continue }
            rows.append(
                Row(target: target, own: Self.quoted(columns[3]), outside: Self.quoted(columns[4]), line: index + 1))
        }
    }

    func row(_ target: String) -> Row? { rows.first { $0.target == target } }

    /// Rows that name what does not stand above them; so an import can only point downward, and never in a circle.
    func offences() -> [Offence] {
        guard !rows.isEmpty else { return [Offence(path: path, message: "no table under “\(Self.heading)”")] }
        var above: Set<String> = []
        var found: [Offence] = []
        for row in rows {
            for name in row.own where !above.contains(name) {
                found.append(
                    Offence(path: path, line: row.line, message: "\(row.target) imports \(name), which is not above it")
                )
            }
            if !above.insert(row.target).inserted {
                found.append(Offence(path: path, line: row.line, message: "\(row.target) stands twice"))
            }
        }
        return found
    }

    /// What stands between backticks.
    private static func quoted(_ cell: Substring) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }
}
