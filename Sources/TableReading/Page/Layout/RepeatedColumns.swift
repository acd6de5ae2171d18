import Annals

/// Columns that say again what stands elsewhere in the row: its number at the end, or another column.
extension PageLayout {
    /// Takes the label off every column that repeats the row's code, or one of the same heading; what is left has none.
    mutating func dropRepeatedColumns() {
        var end = 0
        for index in headings.indices {
            let start = end
            while end < self.rows.count, self.rows[end].heading == index { end += 1 }
            let rows = self.rows[start..<end]
            guard rows.count > 1 else { continue }
            if let last = headings[index].labels.indices.last, Self.namesNumber(headings[index].labels[last]),
                headings[index].labels.count > 1,
                rows.allSatisfy({ repeatsCode($0.label, field: $0.fields.upperBound - 1) })
            {
                drop(last, of: index)
            }
            var places: [String: Int] = [:]
            for (place, label) in headings[index].labels.enumerated() where !label.isEmpty {
                guard let first = places[label] else {
                    places[label] = place
                    continue
                }
                if rows.allSatisfy({ areEqual($0.fields.lowerBound + first, $0.fields.lowerBound + place) }) {
                    drop(place, of: index)
                }
            }
        }
    }

    private mutating func drop(_ place: Int, of heading: Int) {
        let label = headings[heading].labels[place]
        headings[heading].labels[place] = ""
        headings[heading].repeated.insert(place)
        noteRepeated("The column `\(label)` repeats what stands elsewhere in its rows", line: headings[heading].line)
    }

    /// Whether a field is the code of its row, with or without zeros in front.
    func repeatsCode(_ label: String, field: Int) -> Bool {
        guard let code = CodedLabel(LabelText.normalized(label))?.code else { return false }
        let text = text.string(text.fields[field])
        return text == code || !text.isEmpty && text.drop { $0 == "0" } == code.drop { $0 == "0" }
    }

    private func areEqual(_ first: Int, _ second: Int) -> Bool {
        text.string(text.fields[first]) == text.string(text.fields[second])
    }

    private static func namesNumber(_ label: String) -> Bool {
        label.isEmpty || ["nr", "no", "number", "code", "kode", "nummer"].contains(Slug.make(label))
    }
}
