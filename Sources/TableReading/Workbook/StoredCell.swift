import Annals

extension Grid {
    /// Adds a stored number as its format has it read: a figure, a figure in percent, or a date.
    ///
    /// - Throws: As ``append(_:_:at:isHidden:)``.
    mutating func append(
        _ number: StoredNumber, _ format: NumberFormat, at place: CellReference, isHidden: Bool, usesEpoch1904: Bool
    ) throws(Reason) {
        let (shown, words) = format.shown(number)
        if !words.isEmpty { note(words: words, at: place) }
        switch shown {
        case .general:
            try append(number.text(decimals: 0, integerDigits: 1).utf8, .number, at: place, isHidden: isHidden)
        case .number(let decimals, let integerDigits):
            let text = number.text(decimals: decimals, integerDigits: integerDigits)
            try append(text.utf8, .number, at: place, isHidden: isHidden)
        case .percent(let decimals):
            // The share 0.123 is shown as 12.3 %, and named so by the heading above it.
            let text = number.inPercent.text(decimals: decimals, integerDigits: 1) + "%"
            try append(text.utf8, .number, at: place, isHidden: isHidden)
        case .percentSign(let decimals):
            let text = number.text(decimals: decimals, integerDigits: 1) + "%"
            try append(text.utf8, .number, at: place, isHidden: isHidden)
        case .date(let parts):
            guard let date = SheetDate(number: number.double, is1904: usesEpoch1904) else {
                return try append(
                    problem: Reason(
                        "The cell is formatted as a date, and its number is none",
                        found: number.text(decimals: 0, integerDigits: 1), expected: "a day from 1900 to 9999",
                        remedy: "Correct the cell, or give it another number format"), at: place)
            }
            try append(date.text(parts).utf8, .date, at: place, isHidden: isHidden)
        case .other:
            try append(
                problem: Reason(
                    "The number format of the cell shows another figure than the cell holds",
                    found: number.text(decimals: 0, integerDigits: 1),
                    expected: "a format that shows what is stored, such as 0.0",
                    remedy:
                        "Give the cell a plain number format; where figures are shown in thousands, divide them, or "
                        + "let the heading say the unit that is stored"), at: place)
        }
    }
}
