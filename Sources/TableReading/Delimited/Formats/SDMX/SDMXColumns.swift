import Annals
import Definitions

/// The columns of an SDMX-CSV file, and the roles that its heading gives them.
///
/// Dimensions are keys, those that have one category too: the format says that they are dimensions, and next year's file
/// may have more. The frequency is none, as long as all figures are yearly. What stands behind the figures says something of
/// them: status, unit, power of ten, decimals, or a text that is kept where it holds for a category or for all.
struct SDMXColumns: ColumnFormat {
    let heading: SDMXHeading

    /// `GEO: Geopolitical entity` above `FR: France` is a column of codes and one of labels.
    func unpacked(_ columns: [PlanColumn], reader: (Int) -> FigureReader) -> [PlanColumn] {
        columns.flatMap { column -> [PlanColumn] in
            let stated = heading.columns[column.place]
            guard let texts = column.texts, mayHoldLabels(stated), stated.kind != .value else { return [column] }
            var parts = texts.strings.map(SDMXLabel.parts)
            if stated.kind == .time { parts = parts.map { (Self.wholeYear($0.code), $0.label) } }
            let count = parts.count { $0.label != nil }
            // Where no heading speaks of labels, all texts must have one.
            guard stated.kind == .time || stated.text != stated.id ? count > 0 : count > 0 && count == parts.count,
                stated.kind != .attribute || parts.allSatisfy({ Self.isCode($0.code) })
            else {
                return stated.kind == .time ? [renamed(column, texts.replacing(parts.map(\.code)), reader)] : [column]
            }
            let codes = renamed(column, texts.replacing(parts.map(\.code)), reader)
            guard stated.kind != .time else { return [codes] }
            let labels = PlanColumn(
                place: column.place, name: stated.id + ": " + (stated.name ?? "label"),
                heading: ColumnName(stated.name ?? "label"),
                content: .texts(texts.replacing(parts.map { $0.label ?? $0.code })), reader: reader(column.place))
            return [codes, labels]
        }
    }

    private func renamed(
        _ column: PlanColumn, _ texts: KeyDictionary, _ reader: (Int) -> FigureReader
    ) -> PlanColumn {
        PlanColumn(
            place: column.place, name: column.name, heading: column.heading, content: .texts(texts),
            reader: reader(column.place))
    }

    private func mayHoldLabels(_ column: SDMXHeading.Column) -> Bool {
        switch column.kind {
        case .dimension, .frequency, .time: true
        case .attribute, .open: column.text != column.id
        case .structure, .action, .seriesKey, .updated, .value, .label: false
        }
    }

    /// Texts of comments may hold a colon, too.
    private static func isCode(_ text: String) -> Bool { text.utf8.count <= 64 && !text.contains(" ") }

    /// `2010` of `2010-A1`, the year as SDMX writes reporting years.
    private static func wholeYear(_ text: String) -> String {
        text.utf8.count == 7 && text.hasSuffix("-A1") ? String(text.prefix(4)) : text
    }

    // MARK: Roles

    func assign(_ table: inout RoleTable, _ context: ColumnFormatContext) throws(Reason) {
        guard heading.hasValue || context.definition?.columns.values.isEmpty == false else {
            throw SDMXRefusals.noValue(table)
        }
        try SDMXRefusals.check(table, heading)
        for column in table.open where !isLabelPart(column, table) {
            try assign(column, &table, context)
        }
        for column in table.open {
            if isLabelPart(column, table) {
                assignLabel(column, of: column - 1, &table)
            } else if case .label(let code) = stated(column, table).kind,
                let owner = table.columns.firstIndex(where: { $0.place == code })
            {
                assignLabel(column, of: owner, &table)
            }
        }
        for column in table.open where stated(column, table).kind == .attribute { assignAttribute(column, &table) }
        try SDMXRefusals.checkKeys(table, heading)
    }

    private func stated(_ column: Int, _ table: RoleTable) -> SDMXHeading.Column {
        heading.columns[table.columns[column].place]
    }

    /// Whether a column is the labels of the one before it, out of the same fields.
    private func isLabelPart(_ column: Int, _ table: RoleTable) -> Bool {
        column > 0 && table.columns[column - 1].place == table.columns[column].place
    }

    private func assign(
        _ column: Int, _ table: inout RoleTable, _ context: ColumnFormatContext
    ) throws(Reason) {
        let entry = table.columns[column]
        switch stated(column, table).kind {
        case .structure: table.assign(column, .attribute, "says which data the file holds")
        case .action: table.assign(column, .attribute, "says what is to be done with the figures")
        case .seriesKey: table.assign(column, .attribute, "repeats the codes of the dimensions")
        case .updated: table.assign(column, .attribute, "says when the figures were published")
        case .time: if entry.texts != nil { table.assign(column, .year, "is the time of an SDMX file") }
        case .value: table.assign(column, .measure, "holds the figures of an SDMX file")
        case .frequency where entry.profile.filled > 0: try context.assignFrequency(column, &table)
        case .dimension, .frequency:
            guard entry.profile.filled > 0 || entry.texts == nil else {
                table.assign(column, .attribute, FlagChoice.emptyThroughout)
                return
            }
            // Where a column of words isn't the label of the one before it, it is a dimension of its own.
            context.assignKey(column, &table, "is a dimension of an SDMX file")
        case .attribute where entry.heading.isFlag:
            if entry.profile.filled > 0 { table.assign(column, .flag, "holds status or flags of the figures") }
        case .attribute, .label, .open: break
        }
    }

    /// Gives the role of a label where each code has one of its own; of an attribute where it is of no key.
    private func assignLabel(_ column: Int, of owner: Int, _ table: inout RoleTable) {
        let (entry, title) = (table.columns[column], table.columns[owner].title)
        guard let words = entry.texts, entry.profile.filled > 0 else {
            table.assign(column, .attribute, FlagChoice.emptyThroughout)
            return
        }
        guard table.role(owner) == .key, let codes = table.columns[owner].texts else {
            table.assign(column, .attribute, of: owner, "says in words what `\(title)` says")
            return
        }
        guard ColumnRelations.determines(codes, words) else {
            let isSmall = ColumnRelations.exceptions(codes, words, atMost: max(1, table.rowCount / 50)) != nil
            if isLabelPart(column, table) || isSmall {
                table.assign(column, .label, of: owner, "says in words what `\(title)` says")
                table.note(
                    "label-differs",
                    "A code of `\(title)` has more than one label; the one that most rows have is taken")
            } else {
                table.assign(column, .key, "is a dimension of an SDMX file")
            }
            return
        }
        table.assign(column, .label, of: owner, "says in words what `\(title)` says")
    }

    private func assignAttribute(_ column: Int, _ table: inout RoleTable) {
        let entry = table.columns[column]
        guard let texts = entry.texts, entry.profile.filled > 0 else {
            table.assign(column, .attribute, FlagChoice.emptyThroughout)
            return
        }
        if texts.count == 1 {
            table.assign(column, .attribute, "is the same throughout")
        } else if entry.heading.isMultiplier {
            let key = measureKey(table).flatMap { follows(texts, from: $0, table) ? $0 : nil }
            table.assign(column, .attribute, of: key, "says which power of ten the figures are times")
        } else if entry.heading.isDecimals {
            table.assign(column, .attribute, "says with how many decimals figures are meant")
        } else if let key = owner(texts, table) {
            let title = table.columns[key].title
            table.assign(column, .attribute, of: key, "follows from `\(title)`")
            table.note("column-follows", "The column `\(entry.title)` follows from `\(title)` and is no key")
        } else {
            table.assign(column, .attribute, "holds remarks about figures")
            table.note("column-left-out", "The column `\(entry.title)` holds remarks about figures, and is left out")
        }
    }

    private func measureKey(_ table: RoleTable) -> Int? {
        table.places(.key).first { table.columns[$0].place == heading.measure }
    }

    private func follows(_ texts: KeyDictionary, from key: Int, _ table: RoleTable) -> Bool {
        table.columns[key].texts.map { ColumnRelations.determines($0, texts) } ?? false
    }

    /// The key from which a column follows: what is counted, else the one with the fewest codes.
    private func owner(_ texts: KeyDictionary, _ table: RoleTable) -> Int? {
        if let measure = measureKey(table), follows(texts, from: measure, table) { return measure }
        return table.places(.key).filter { (table.columns[$0].texts?.count ?? 0) > 1 }
            .sorted { (table.columns[$0].texts?.count ?? 0) < (table.columns[$1].texts?.count ?? 0) }
            .first { follows(texts, from: $0, table) }
    }

    // MARK: What is said of all

    var hasDecimals: Bool { true }

    func title(ofColumn place: Int) -> String? { heading.columns[place].name }

    func isOfMeasures(column place: Int) -> Bool { place == heading.measure }

    func isOfPublication(column place: Int) -> Bool { heading.columns[place].kind == .updated }

    func published(_ table: RoleTable) -> Instant? {
        let column = table.columns.first { isOfPublication(column: $0.place) }
        guard let texts = column?.texts else { return nil }
        return texts.strings.compactMap(SDMXTime.instant).max()
    }
}

/// A point in time as agencies write it in a column of such a file.
enum SDMXTime {
    /// Reads `2025-02-13T23:00:00+0100` and Eurostat's `13/02/25 23:00:00`, day before month, which is taken as UTC.
    static func instant(_ text: String) -> Instant? {
        if let instant = Instant(iso8601: text) { return instant }
        let parts = text.split(separator: " ")
        guard parts.count <= 2, let first = parts.first else { return nil }
        let day = first.split(separator: "/").compactMap { Int($0) }
        guard day.count == 3, first.utf8.count == 8 || first.utf8.count == 10, day[2] < 10_000 else { return nil }
        let year = day[2] < 100 ? 2000 + day[2] : day[2]
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let time = parts.count == 2 ? "T\(parts[1])Z" : ""
        return Instant(iso8601: "\(year)-\(padded(day[1]))-\(padded(day[0]))\(time)")
    }
}
