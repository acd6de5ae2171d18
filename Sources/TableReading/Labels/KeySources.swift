import Annals
import Definitions

/// The dimensions of a file, from the roles of its columns.
enum KeySources {
    /// In the order of the file; a dimension of several columns stands where its first one does.
    ///
    /// - Throws: Where the codes of two combinations, joined, are one.
    static func all(
        _ table: RoleTable, definition: DatasetDefinition?, delimiter: UInt8
    ) throws(Reason) -> [KeyColumns.Source] {
        let declared = definition?.columns.keys ?? []
        var labels: [Int: Int] = [:]
        for label in table.places(.label) {
            if let owner = table.owner(label), labels[owner] == nil { labels[owner] = label }
        }
        var sources: [KeyColumns.Source] = []
        for place in table.places(.key) {
            let column = table.columns[place]
            guard let texts = column.texts else { continue }
            let key = declared.first { key in key.columns.contains { table.place(named: $0) == place } }
            guard let key, key.columns.count > 1 else {
                sources.append(
                    KeyColumns.Source(
                        column: column.place, name: column.name, texts: texts,
                        labels: labels[place].flatMap { table.columns[$0].texts },
                        attributes: attributes(of: [place], texts, table, definition), id: key?.id))
                continue
            }
            let parts = key.columns.compactMap(table.place(named:))
            guard parts.min() == place else { continue }
            // A label of one part says nothing of the whole.
            let label = key.label.flatMap(table.place(named:))
            let whole = try joined(parts, table, key, delimiter: delimiter)
            sources.append(
                KeyColumns.Source(
                    column: column.place, name: key.id ?? key.columns.joined(separator: " "), texts: whole,
                    labels: label.flatMap { table.columns[$0].texts },
                    attributes: attributes(of: parts, whole, table, definition), id: key.id))
        }
        return sources
    }

    /// The columns that say something of the categories of some key columns: those that were found to follow from one of
    /// them, and those of a definition that do.
    private static func attributes(
        of keys: [Int], _ texts: KeyDictionary, _ table: RoleTable, _ definition: DatasetDefinition?
    ) -> [(name: String, texts: KeyDictionary)] {
        let declared = Set((definition?.columns.attributes ?? []).compactMap(table.place(named:)))
        return table.places(.attribute).compactMap { place in
            guard let said = table.columns[place].texts, said.count > 1 else { return nil }
            let follows =
                table.owner(place).map(keys.contains)
                ?? (declared.contains(place) && ColumnRelations.determines(texts, said))
            return follows ? (table.columns[place].title, said) : nil
        }
    }

    /// The texts of several columns as one.
    private static func joined(
        _ places: [Int], _ table: RoleTable, _ key: DatasetDefinition.Columns.Key, delimiter: UInt8
    ) throws(Reason) -> KeyDictionary {
        let parts = places.compactMap { table.columns[$0].texts }
        let joined = KeyDictionary(delimiter: delimiter)
        let count = parts.map(\.rows.count).min() ?? 0
        // Shape: one an entry: the parts that it was made of.
        var madeOf: [[Int]] = []
        for row in 0..<count {
            let entries = parts.map { $0.index(ofRow: row) }
            var text = zip(parts, entries).map { $0.string($1) }.joined(separator: key.join)
            let entry = Int(text.withUTF8 { joined.append($0) })
            if entry == madeOf.count {
                madeOf.append(entries)
            } else if madeOf[entry] != entries {
                throw twice(text, parts, table, key, rows: (joined.firstRow(entry), row))
            }
        }
        return joined
    }

    /// `1` and `11`, `11` and `1`: joined they are one code.
    private static func twice(
        _ code: String, _ parts: [KeyDictionary], _ table: RoleTable, _ key: DatasetDefinition.Columns.Key,
        rows: (first: Int, second: Int)
    ) -> Reason {
        func texts(_ row: Int) -> String { parts.map { $0.string($0.index(ofRow: row)) }.joined(separator: ", ") }
        var apart = key
        apart.join = key.join == "-" ? "/" : "-"
        return Reason(
            "Two combinations of \(key.columns.joined(separator: ", ")) make one code, \(code): \(texts(rows.first)), "
                + "and \(texts(rows.second))", line: table.lineOfRow(rows.second), found: code,
            expected: "a code for each combination",
            remedy: "Part the codes in the definition: `\(DatasetDefinition.Columns(keys: [apart]).line)`")
    }
}
