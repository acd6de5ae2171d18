extension PageText {
    /// Removes the columns in which no line of a block has anything: cells that only pad a printed page.
    ///
    /// A block is a run of lines of fields with nothing but rules between them; only lines as wide as most of them count,
    /// and only these are narrowed, so that a line that lost a cell doesn't pass for a whole one.
    mutating func dropPadding() {
        var start = 0
        while start < lines.count {
            var end = start
            while end < lines.count, lines[end].isOfFieldsOrRule { end += 1 }
            if end > start { dropPadding(start..<end) }
            start = max(end, start + 1)
        }
    }

    private mutating func dropPadding(_ block: Range<Int>) {
        var counts: [Int: Int] = [:]
        for index in block {
            if case .fields(let fields) = lines[index].form { counts[fields.count, default: 0] += 1 }
        }
        guard let width = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { return }
        var isFilled = [Bool](repeating: false, count: width)
        // The stub has no heading mostly, and is no padding.
        isFilled[0] = true
        for index in block {
            guard case .fields(let fields) = lines[index].form, fields.count == width else { continue }
            for (place, field) in fields.enumerated() where !self.fields[field].isEmpty { isFilled[place] = true }
        }
        guard isFilled.contains(false) else { return }
        for index in block {
            guard case .fields(let fields) = lines[index].form, fields.count == width else { continue }
            let kept = fields.enumerated().filter { isFilled[$0.offset] }.map { self.fields[$0.element] }
            replace(line: index, fields: kept)
        }
    }
}

extension PageLine {
    fileprivate var isOfFieldsOrRule: Bool {
        switch form {
        case .fields, .furniture: true
        case .blank, .text: false
        }
    }
}
