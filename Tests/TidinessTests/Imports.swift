/// The check that files import what the table allows, and that folders, table and package agree.
struct Imports {
    /// One `import` line.
    struct Use {
        var target: String
        var module: String
        var path: String
        /// Counts from 1.
        var line: Int
    }

    /// Synchronous, and free of what would make them large or asynchronous.
    static let core: Set = [
        "Annals", "Archive", "Auditing", "Comparison", "Inbox", "RecordLog", "StableStorage", "TableReading",
    ]

    let table: ImportTable
    let uses: [Use]

    /// Finds the imports of files below Sources.
    init(table: ImportTable, files: [SwiftFile]) {
        self.table = table
        uses = files.flatMap(Self.uses)
    }

    /// Imports that the table does not allow, and entries of the table that nobody makes use of.
    func offences() -> [Offence] {
        let forbidden = uses.compactMap { use -> Offence? in
            guard let row = table.row(use.target) else {
                return Offence(path: use.path, line: use.line, message: "\(use.target) is not in \(table.path)")
            }
            guard !(row.own + row.outside).contains(use.module), !ImportTable.everywhere.contains(use.module) else {
                return nil
            }
            return Offence(
                path: use.path, line: use.line,
                message: "\(use.target) may not import \(use.module) (\(table.path):\(row.line))")
        }
        let unused = table.rows.flatMap { row in
            let used = Set(uses.lazy.filter { $0.target == row.target }.map(\.module))
            return (row.own + row.outside).filter { !used.contains($0) }.map {
                Offence(path: table.path, line: row.line, message: "\(row.target) never imports \($0)")
            }
        }
        return forbidden + unused
    }

    /// Imports of Foundation, of NIO or of logging in the synchronous core.
    func coreOffences() -> [Offence] {
        uses.compactMap { use in
            let isHeavy =
                ["Foundation", "FoundationNetworking", "FoundationXML", "Dispatch", "Logging"].contains(use.module)
                || use.module.hasPrefix("NIO") || use.module.hasPrefix("_NIO")
            guard isHeavy, Self.core.contains(use.target) else { return nil }
            return Offence(
                path: use.path, line: use.line, message: "\(use.target) is of the core and imports \(use.module)")
        }
    }

    /// Folders without a row, and rows without a folder.
    func folderOffences(_ folders: [String]) -> [Offence] {
        let rows = Set(table.rows.map(\.target))
        let missing = folders.filter { !rows.contains($0) }
            .map { Offence(path: "Sources/\($0)", message: "has no row in \(table.path)") }
        let left = table.rows.filter { !folders.contains($0.target) }
            .map { Offence(path: table.path, line: $0.line, message: "there is no Sources/\($0.target)") }
        return missing + left
    }

    private static func uses(in file: SwiftFile) -> [Use] {
        let folders = file.path.split(separator: "/")
        guard folders.count > 2 else { return [] }
        return file.text.lines.enumerated().compactMap { index, line -> Use? in
            guard line.code.contains("import") else { return nil }
            let words = line.code.split(separator: " ")
            guard let place = words.firstIndex(of: "import"),
                words[..<place].allSatisfy({ $0.hasPrefix("@") || ["package", "public", "internal"].contains($0) }),
                place + 1 < words.count
            else { return nil }
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "typealias", "let", "var"]
            let name = kinds.contains(words[place + 1]) && place + 2 < words.count ? words[place + 2] : words[place + 1]
            let module = name.prefix { $0 != "." }
            return Use(target: String(folders[1]), module: String(module), path: file.path, line: index + 1)
        }
    }
}
