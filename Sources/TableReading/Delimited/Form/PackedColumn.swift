import Annals

/// A first column that packs several: `freq,sex,geo\TIME_PERIOD` above `A,F,AT`.
///
/// What stands behind the backslash names the headings.
///
/// Source: Eurostat's TSV files, before and after the change of 2025-01-27.
enum PackedColumn {
    /// The columns of a file, a packed one taken apart.
    ///
    /// - Throws: The first row that packs another number of texts than most.
    static func unpacked(
        _ header: [String], _ headings: [ColumnName], _ targets: [ColumnScan.Target], readers: [FigureReader],
        delimiter: UInt8,
        lineOfRow: (Int) -> Int
    ) throws(Reason) -> [PlanColumn] {
        var columns: [PlanColumn] = []
        for (place, target) in targets.enumerated() {
            guard case .key(let texts) = target else {
                columns.append(
                    PlanColumn(
                        place: place, name: header[place], heading: headings[place], content: .figures,
                        reader: readers[place]))
                continue
            }
            let parts = try parts(header[place], texts, isFirst: place == 0, delimiter: delimiter, lineOfRow)
            for (name, part) in parts {
                let heading = name == header[place] ? headings[place] : ColumnName(name)
                columns.append(
                    PlanColumn(
                        place: place, name: name, heading: heading, content: .texts(part), reader: readers[place]))
            }
        }
        return columns
    }

    private static func parts(
        _ name: String, _ texts: KeyDictionary, isFirst: Bool, delimiter: UInt8, _ lineOfRow: (Int) -> Int
    ) throws(Reason) -> [(name: String, texts: KeyDictionary)] {
        guard isFirst, let backslash = name.lastIndex(of: "\\") else { return [(name, texts)] }
        let names = name[..<backslash].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let entries = texts.strings.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let whole = entries.count { $0.count == names.count }
        guard names.count > 1, whole * 2 > entries.count else { return [(String(name[..<backslash]), texts)] }
        if let odd = entries.firstIndex(where: { $0.count != names.count }) {
            throw Reason(
                "The first column packs \(names.count) texts, and here \(entries[odd].count)",
                line: lineOfRow(texts.firstRow(odd)), column: 1, found: texts.string(odd),
                expected: names.joined(separator: ","), remedy: "Correct the row")
        }
        return names.enumerated().map { place, name in
            (FieldText.collapsed(name), texts.replacing(entries.map { String($0[place]) }))
        }
    }
}
