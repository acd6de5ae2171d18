import Annals

// Which of two columns that say the same is the code, and which its label.
extension RoleTable {
    /// How much a column looks like one of codes, by its name and its texts.
    func codeScore(_ column: Int) -> Int {
        let entry = columns[column]
        var score = 0
        if entry.heading.isCode { score += 4 }
        if entry.heading.isLabel { score -= 4 }
        // The year in which a town was founded names no town, nor does the unit of its figures.
        if entry.heading.isOtherYear || entry.heading.isUnit { score -= 8 }
        if entry.profile.isOfCodes { score += 3 }
        if entry.profile.isOfWholeNumbers { score += 1 }
        if entry.profile.leadingZeros > 0 { score += 2 }
        return score
    }

    /// Whether a column of words, wherever it stands, is called after what the numbers are codes of, and says it in words:
    /// `y2_countyname` of `y2_countyfips`.
    func isNamedElsewhere(_ column: Int) -> Bool {
        guard columns[column].heading.isCode, let subject = columns[column].heading.subject,
            let codes = columns[column].texts
        else { return false }
        return open.contains { other in
            let entry = columns[other]
            guard other != column, entry.heading.isLabel, !entry.profile.isOfFigures, entry.heading.subject == subject,
                let words = entry.texts
            else { return false }
            return words.count > 1 && ColumnRelations.determines(codes, words)
        }
    }

    /// Whether of two columns the second is more likely the code; the earlier one, where nothing tells.
    func isLessCodeLike(_ left: Int, _ right: Int) -> Bool {
        (codeScore(left), -left) < (codeScore(right), -right)
    }

    /// Of columns that say the same, the one that is the code: not one that leaves some categories without.
    func mostCodeLike(_ same: [Int]) -> Int? {
        let whole = same.filter { !leavesOutOften($0) }
        return (whole.isEmpty ? same : whole).max(by: isLessCodeLike)
    }

    /// Whether a column is empty in more rows than a slip would be.
    func leavesOutOften(_ column: Int) -> Bool {
        guard columns[column].profile.hasBlanks, let texts = columns[column].texts else { return false }
        let rows = texts.rows.reduce(0) { LabelText.isEmpty(texts.bytes(Int($1))) ? $0 + 1 : $0 }
        return rows > max(1, rowCount / 50)
    }

    /// Whether of two columns the second is more likely the label.
    func isLessLabelLike(_ left: Int, _ right: Int) -> Bool {
        func score(_ column: Int) -> (Int, Int, Int) {
            let entry = columns[column]
            return (entry.heading.isLabel ? 1 : 0, entry.profile.isOfCodes ? 0 : 1, -column)
        }
        return score(left) < score(right)
    }

    /// Whether a column, or what it has for a label, is called after something that offices number, as no identifier is.
    func isOfOffices(_ column: Int) -> Bool {
        columns[column].heading.isClassification
            || places(.label).contains { owner($0) == column && columns[$0].heading.isClassification }
    }

    /// Why a column is a key, as the rest of a sentence that begins with its name.
    func whyKey(_ column: Int) -> String {
        let entry = columns[column]
        if entry.profile.leadingZeros > 0 { return "holds codes, with leading zeros" }
        if entry.heading.isKey, entry.profile.isOfWholeNumbers { return "is called `\(entry.name)`" }
        if entry.profile.isOfWholeNumbers { return "holds whole numbers that the rows are told apart by" }
        return "holds words that the rows are told apart by"
    }
}
