import Annals
import Definitions

/// Whole numbers in front of the words of a table with one row a place: `AGS;Gemeinde;Einwohner`, `№;Район;Число`.
///
/// Figures stand behind words. Numbers in front of them count the rows, or are codes where they go up and have one length;
/// what they are otherwise, a person says.
enum CodesInFront {
    /// Whether the first column holds codes of the words beside it, by what stands in it.
    static func areCodes(_ column: Int, _ table: RoleTable) -> Bool {
        guard let texts = numbers(column, table) else { return false }
        let numbers = texts.strings
        guard let length = numbers.first?.utf8.count, length > 1, numbers.allSatisfy({ $0.utf8.count == length }) else {
            return false
        }
        // As texts, since codes may have more digits than a number.
        return zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    }

    /// Leaves out the first column where it counts the rows from 1 on.
    static func leaveOutCounter(_ table: inout RoleTable) {
        guard let column = table.open.first, let texts = numbers(column, table), !table.columns[column].heading.isKey,
            !table.columns[column].heading.isBareNumber,
            texts.strings.enumerated().allSatisfy({ Int($1) == $0 + 1 })
        else { return }
        table.assign(column, .index, "counts the rows")
        table.note("index-column", "The column `\(table.columns[column].title)` counts the rows, and is left out")
    }

    /// - Throws: Where the first column may hold codes or figures.
    static func refuse(_ column: Int, _ table: RoleTable) throws(Reason) {
        guard numbers(column, table) != nil else { return }
        let (title, words) = (table.columns[column].title, table.columns[column + 1].title)
        let figures = table.columns.indices.filter { $0 != column && table.mayBeMeasure($0) }.map {
            table.columns[$0].title
        }
        throw Reason(
            "`\(title)` may hold codes of `\(words)`, or figures: it stands in front of the words",
            line: table.headingLine,
            column: table.columns[column].place + 1, found: title,
            expected: "figures behind the words that they are of",
            remedy:
                "Say which in a definition: `\(DatasetDefinition.Columns(keys: [.init(columns: [title])]).line)` or "
                + "`\(DatasetDefinition.Columns(values: [title] + figures).line)`")
    }

    /// The numbers of the first column, each another, where words stand behind it, as many, and figures behind those.
    private static func numbers(_ column: Int, _ table: RoleTable) -> KeyDictionary? {
        guard column == 0, table.rowCount > 2, table.columns.count > 2, let texts = table.columns[0].texts,
            texts.count == table.rowCount, table.columns[0].profile.isOfWholeNumbers,
            !table.columns[0].name.isEmpty, let words = table.columns[1].texts, words.count == table.rowCount,
            !table.columns[1].profile.isOfFigures, table.columns[1].profile.figures == 0, table.places(.year).isEmpty,
            table.columns[0].heading.year == nil, !table.columns[0].heading.isValue,
            table.columns.indices.dropFirst(2).contains(where: table.mayBeMeasure)
        else { return nil }
        return texts
    }
}
