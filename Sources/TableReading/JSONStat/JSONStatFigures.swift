import Annals
import Definitions

/// Reads the values and statuses of a dataset of JSON-stat into a cube.
///
/// A value is a number, `null`, or a text that is read as a field of delimited text is: a symbol of the dialect, or a
/// figure. A status says flags of a value, or why there is none. What the array form prints as `null` is a blank cell unless
/// its status says more; what the object form leaves out is no cell at all.
struct JSONStatFigures {
    private let dataset: JSONStatDataset
    private let document: JSONDocument
    private let reader: FigureReader
    private let glyphs: GlyphRefusal
    private let limits: ReadingLimits
    private let measures: JSONStatMeasures
    /// *Shape:* one a measure: whether its figures have no fraction but `.0`, as programs write whole numbers.
    private let areWhole: [Bool]
    private var figures: CubeFigures
    private var blank: UInt16?
    private var findings: [Finding] = []
    /// The first number that was rounded to 15 significant digits, and how many were.
    private var rounded: (first: Int, count: Int)?
    /// The first figure with more decimals than the file declares.
    private var finer: Int?
    /// Places on the tape of the statuses of cells that have no value, in the order in which they were added.
    private var statusPlaces: [Int] = []
    private var valueCount = 0

    /// - Throws: A unit that says two things.
    init(
        _ dataset: JSONStatDataset, reader: FigureReader, glyphs: GlyphRefusal, limits: ReadingLimits
    ) throws(Reason) {
        self.dataset = dataset
        document = dataset.root.document
        self.reader = reader
        self.glyphs = glyphs
        self.limits = limits
        measures = try JSONStatMeasures(dataset)
        let isSparse = dataset.values.isObject
        figures = CubeFigures(
            counts: dataset.counts, contents: dataset.contents, decimals: measures.measures.map(\.decimals),
            isSparse: isSparse, capacity: isSparse ? 0 : dataset.size)
        areWhole =
            measures.areDeclared.contains(false)
            ? Self.areWhole(dataset.values, figures, count: measures.measures.count)
            : measures.areDeclared.map { _ in false }
    }

    /// - Parameter wantsOrigins: Whether the place of every cell will be asked for.
    /// - Returns: The figures with their dimensions.
    /// - Throws: The first value that can't be taken.
    mutating func cube(wantsOrigins: Bool) throws(Reason) -> Cube {
        switch dataset.values.kind {
        case .array: try takeArray()
        case .object: try takeObject()
        default:
            throw dataset.values.reason(
                "`value` is \(dataset.values.described)", expected: "an array, or an object of places and values",
                remedy: JSONStatDataset.remedy)
        }
        valueCount = figures.count
        if let status = dataset.status {
            var statuses = JSONStatStatus(reader: reader, glyphs: glyphs)
            try take(status, &statuses)
        }
        if let figure = figures.finish() { throw overflow(place(ofFigure: figure)) }
        note()
        var cube = Cube(
            dimensions: dataset.dimensions, measures: measures.measures, figures: figures, origin: origins(wantsOrigins)
        )
        let published = dataset.published
        cube.published = published.instant
        cube.notes = dataset.notes
        cube.notesOfTime = dataset.notesOfTime
        cube.periodKind = dataset.periodKind
        cube.findings = findings + [published.finding].compactMap(\.self)
        return cube
    }

    // MARK: Values

    /// Measures without declared decimals whose numbers are all whole, or written with `.0`.
    private static func areWhole(_ values: JSONValue, _ figures: CubeFigures, count: Int) -> [Bool] {
        var areWhole = [Bool](repeating: true, count: count)
        var open = count
        values.document.withTape { bytes, tape in
            let step = values.isObject ? 2 : 1
            var place = values.place + 1 + step
            var ordinal = 0
            let end = values.isArray || values.isObject ? values.document.next(after: values.place) : 0
            while place < end, open > 0 {
                let offset = Int(tape[place])
                // What holds values is refused when it is read.
                guard !JSONDocument.isContainer(bytes[offset]) else { return }
                if JSONValue.kind(bytes[offset]) == .number, !JSONDecimal.isWhole(bytes, at: offset) {
                    let own = step == 1 ? ordinal : JSONStatFigures.ordinal(bytes, at: Int(tape[place - 1])) ?? 0
                    let measure = figures.measure(atOrdinal: own)
                    if areWhole[measure] {
                        areWhole[measure] = false
                        open -= 1
                    }
                }
                place += step
                ordinal += 1
            }
        }
        return areWhole
    }

    private mutating func takeArray() throws(Reason) {
        let (values, size) = (dataset.values, dataset.size)
        let end = document.next(after: values.place)
        try document.withTape { (bytes, tape) throws(Reason) in
            var place = values.place + 2
            while place < end {
                guard figures.count < size else { throw wrongCount(more: true) }
                try take(place, Int(tape[place]), bytes, ordinal: nil)
                place += 1
            }
        }
        guard figures.count == size else { throw wrongCount(more: false) }
    }

    private func wrongCount(more: Bool) -> Reason {
        let product = dataset.counts.map(String.init).joined(separator: " × ")
        return dataset.values.reason(
            "The dataset has \(more ? "more" : "fewer") values than its dimensions have combinations",
            found: more ? "more than \(dataset.size)" : "\(figures.count)",
            expected: "\(product) = \(dataset.size) values",
            remedy: JSONStatDataset.remedy)
    }

    private mutating func takeObject() throws(Reason) {
        let (values, size) = (dataset.values, dataset.size)
        let end = document.next(after: values.place)
        try document.withTape { (bytes, tape) throws(Reason) in
            var place = values.place + 2
            while place < end {
                let key = Int(tape[place])
                guard let ordinal = Self.ordinal(bytes, at: key), ordinal < size else { throw noPlace(place) }
                guard figures.count < limits.cells else { throw tooMany(place) }
                try take(place + 1, Int(tape[place + 1]), bytes, ordinal: UInt64(ordinal))
                place += 2
            }
        }
    }

    private func noPlace(_ place: Int) -> Reason {
        JSONValue(document, place: place).reason(
            "A key is no place of a cell", expected: "a whole number from 0 to \(dataset.size - 1)",
            remedy: JSONStatDataset.remedy)
    }

    private func tooMany(_ place: Int) -> Reason {
        JSONValue(document, place: place).reason(
            "The dataset has more cells than the limit", expected: "at most \(limits.cells)",
            remedy: "Ask for a part of the table, a year for example, or raise the limit")
    }

    /// The whole number that a key is, as it must be written; nil where it is none.
    static func ordinal(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int? {
        var index = offset + 1
        var ordinal = 0
        // Bounds: every key ends with a quote.
        while NumberShape.isDigit(bytes[index]), index - offset <= 18 {
            ordinal = ordinal &* 10 &+ Int(bytes[index] &- 0x30)
            index += 1
        }
        guard bytes[index] == 0x22, index > offset + 1, bytes[offset + 1] != 0x30 || index == offset + 2 else {
            return nil
        }
        return ordinal
    }

    private mutating func take(
        _ place: Int, _ offset: Int, _ bytes: UnsafeBufferPointer<UInt8>, ordinal: UInt64?
    ) throws(Reason) {
        switch JSONValue.kind(bytes[offset]) {
        case .number:
            guard let decimal = JSONDecimal(bytes, at: offset) else { throw overflow(place) }
            try take(decimal, place, ordinal: ordinal)
        case .null:
            let mark = try blankMark(place)
            guard figures.append(0, decimals: 0, mark: mark, at: ordinal) else { throw overflow(place) }
        case .string: try takeText(place, ordinal: ordinal)
        default:
            let value = JSONValue(document, place: place)
            throw value.reason(
                "A value is \(value.described)", expected: "a number, a text or `null`", remedy: JSONStatDataset.remedy)
        }
    }

    private mutating func take(_ decimal: JSONDecimal, _ place: Int, ordinal: UInt64?) throws(Reason) {
        let measure = figures.measure(atOrdinal: ordinal.map { Int($0) } ?? figures.count)
        let least = measures.areDeclared[measure] ? measures.measures[measure].decimals : areWhole[measure] ? 0 : 18
        let decimal = decimal.decimals > least ? decimal.withoutZeros(downTo: least) : decimal
        if decimal.isRounded { rounded = (rounded?.first ?? place, (rounded?.count ?? 0) + 1) }
        if decimal.decimals > least, measures.areDeclared[measure], finer == nil { finer = place }
        var mark: UInt16 = 0
        if reader.hasNumericSymbols {
            let text = ScaledDecimal.text(decimal.value, decimals: decimal.decimals)
            switch FieldText.withBytes(of: text, { reader.read($0) }) {
            case .number(_, _, let own): mark = try index(of: own, place)
            case .symbol(let own):
                guard figures.append(0, decimals: 0, mark: try index(of: own, place), at: ordinal) else {
                    throw overflow(place)
                }
                return
            default: break
            }
        }
        guard figures.append(decimal.value, decimals: decimal.decimals, mark: mark, at: ordinal) else {
            throw overflow(place)
        }
    }

    /// A text in the place of a figure.
    private mutating func takeText(_ place: Int, ordinal: UInt64?) throws(Reason) {
        let value = JSONValue(document, place: place)
        let text = value.text ?? ""
        // Going through the text up to there: for a refusal alone.
        func position() -> (line: Int, column: Int) { document.position(of: value.offset) }
        let isCode = FieldText.withBytes(of: text) { NumberShape(FieldText.trimmed($0))?.hasLeadingZero ?? false }
        let figure = FieldText.withBytes(of: text) { reader.read($0) }
        let isTaken: Bool
        switch figure {
        case .number(let number, let decimals, let mark):
            if mark.status == .value, isCode, !text.contains(".") {
                throw GlyphRefusal.leadingZero(
                    text, line: position().line, column: position().column, otherwise: "make them a dimension")
            }
            isTaken = figures.append(number, decimals: decimals, mark: try index(of: mark, place), at: ordinal)
        case .symbol(let mark):
            isTaken = figures.append(0, decimals: 0, mark: try index(of: mark, place), at: ordinal)
        case .blank: isTaken = figures.append(0, decimals: 0, mark: try blankMark(place), at: ordinal)
        case .overflow: isTaken = false
        case .other: throw glyphs.unknown(text, line: position().line, column: position().column)
        }
        guard isTaken else { throw overflow(place) }
    }

    private mutating func blankMark(_ place: Int) throws(Reason) -> UInt16 {
        if let blank { return blank }
        let mark = try index(of: Mark(.blank), place)
        blank = mark
        return mark
    }

    private mutating func index(of mark: Mark, _ place: Int) throws(Reason) -> UInt16 {
        if let index = figures.palette.index(of: mark) { return index }
        let position = document.position(of: document.offset(at: place))
        throw MarkPalette.fullReason(line: position.line, column: position.column)
    }

    // MARK: Statuses

    private mutating func take(_ status: JSONValue, _ statuses: inout JSONStatStatus) throws(Reason) {
        switch status.kind {
        case .string:
            for figure in 0..<figures.count { try mark(figure, status, &statuses) }
        case .array:
            let elements = status.elements
            let count = elements.reduce(0) { count, _ in count + 1 }
            if count == 1, dataset.size > 1, let only = elements.first(where: { _ in true }) {
                // One element is said of all, as the format's own toolkit reads it.
                for figure in 0..<figures.count { try mark(figure, only, &statuses) }
                return
            }
            guard count == dataset.size else {
                throw status.reason(
                    "`status` has \(count) elements, and there are \(dataset.size) values", found: "\(count)",
                    expected: "\(dataset.size), or one for all", remedy: JSONStatDataset.remedy)
            }
            let places = JSONStatOrdinals(figures.ordinals)
            for (ordinal, element) in elements.enumerated() { try take(element, ordinal, places, &statuses) }
        case .object:
            let places = JSONStatOrdinals(figures.ordinals)
            for member in status.members {
                let ordinal = document.withTape { bytes, tape in
                    Self.ordinal(bytes, at: Int(tape[member.name.place]))
                }
                guard let ordinal, ordinal < dataset.size else { throw noPlace(member.name.place) }
                try take(member.value, ordinal, places, &statuses)
            }
        default:
            throw status.reason(
                "`status` is \(status.described)", expected: "a text, an array, or an object of places and texts",
                remedy: JSONStatDataset.remedy)
        }
    }

    /// The status of one combination; where it has no value, the status makes a cell of it.
    private mutating func take(
        _ element: JSONValue, _ ordinal: Int, _ places: JSONStatOrdinals, _ statuses: inout JSONStatStatus
    ) throws(Reason) {
        if element.isNull || element.text?.isEmpty == true { return }
        if let figure = places.figure(at: ordinal) { return try mark(figure, element, &statuses) }
        guard figures.count < limits.cells else { throw tooMany(element.place) }
        guard figures.append(0, decimals: 0, mark: try blankMark(element.place), at: UInt64(ordinal)) else {
            throw overflow(element.place)
        }
        statusPlaces.append(element.place)
        try mark(figures.count - 1, element, &statuses)
    }

    private mutating func mark(
        _ figure: Int, _ status: JSONValue, _ statuses: inout JSONStatStatus
    ) throws(Reason) {
        let own = figures.marks[figure]
        let index = try statuses.mark(
            status, beside: own, isZero: figures.values[figure] == 0, palette: &figures.palette)
        if index != own { figures.setMark(ofFigure: figure, to: index) }
    }

    // MARK: Places

    private func place(ofFigure figure: Int) -> Int {
        let step = dataset.values.isObject ? 2 : 1
        return figure < valueCount
            ? dataset.values.place + 1 + step * (figure + 1) : statusPlaces[figure - valueCount]
    }

    private func origins(_ areWanted: Bool) -> @Sendable (Int) -> CellOrigin {
        let positions = areWanted ? JSONPositions(document) : nil
        let (document, step) = (document, dataset.values.isObject ? 2 : 1)
        let (first, count, others) = (dataset.values.place + 1 + step, valueCount, statusPlaces)
        return { figure in
            let value = JSONValue(document, place: figure < count ? first + step * figure : others[figure - count])
            let place = positions?.position(of: value.offset) ?? document.position(of: value.offset)
            return CellOrigin(line: place.line, column: place.column, text: value.printed ?? "null")
        }
    }

    private func overflow(_ place: Int) -> Reason {
        let value = JSONValue(document, place: place)
        let position = document.position(of: value.offset)
        return glyphs.overflow(value.printed ?? "", line: position.line, column: position.column)
    }

    private mutating func note() {
        if let rounded {
            findings.append(
                JSONDecimal.finding(first: JSONValue(document, place: rounded.first), count: rounded.count))
        }
        guard let finer else { return }
        let value = JSONValue(document, place: finer)
        findings.append(
            Finding(
                "more-decimals", "`\(value.printed ?? "")` has more decimals than the file declares; all are kept",
                line: value.line))
    }
}
