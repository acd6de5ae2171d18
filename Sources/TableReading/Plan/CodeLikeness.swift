// Which of two columns that say the same is the code, and which its label.
extension RoleTable {
    /// How much a column looks like one of codes, by its name and its texts.
    func codeScore(_ column: Int) -> Int {
        let entry = columns[column]
        var score = 0
        if entry.heading.isCode { score += 4 }
        if entry.heading.isLabel { score -= 4 }
        // The year in which a town was founded names no town.
        if entry.heading.isOtherYear { score -= 8 }
        if entry.profile.isOfCodes { score += 3 }
        if entry.profile.isOfWholeNumbers { score += 1 }
        if entry.profile.leadingZeros > 0 { score += 2 }
        return score
    }

    /// Whether of two columns the second is more likely the code; the earlier one, where nothing tells.
    func isLessCodeLike(_ left: Int, _ right: Int) -> Bool {
        (codeScore(left), -left) < (codeScore(right), -right)
    }

    /// Whether of two columns the second is more likely the label.
    func isLessLabelLike(_ left: Int, _ right: Int) -> Bool {
        func score(_ column: Int) -> (Int, Int, Int) {
            let entry = columns[column]
            return (entry.heading.isLabel ? 1 : 0, entry.profile.isOfCodes ? 0 : 1, -column)
        }
        return score(left) < score(right)
    }
}
