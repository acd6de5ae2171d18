import Annals
import Comparison
import TableCoding

/// What one vintage changed against another of its year: what a history says of the two.
struct VersionChange: Hashable, Sendable {
    /// Nil where the two can't be compared.
    private(set) var difference: VersionDifference?
    /// What differs and is no figure.
    private(set) var altered: [Finding] = []
    /// Why the two can't be compared, in a sentence; nil where they can.
    private(set) var refusal: String?

    /// Compares two tables.
    ///
    /// - Parameters:
    ///   - from: The one that it is held against.
    ///   - to: The one whose change it is.
    ///   - antisymmetric: The dimensions over which both are antisymmetric.
    ///   - choice: What brings codes of different days together; nil for nothing.
    init(
        from: Table, to: Table, antisymmetric: (row: String, column: String)?, by choice: ConcordanceChoice? = nil
    ) {
        altered = Alterations.between(from, to)
        do throws(ComparisonRefusal) {
            let concorded = try ConcordedTables(
                from: from, to: to, by: choice, options: DeltaOptions(antisymmetric: antisymmetric))
            if let outcome = concorded.outcome { altered.append(Self.otherCodes(outcome)) }
            difference = try VersionDifference(
                from: concorded.from, to: concorded.to, antisymmetric: antisymmetric)
        } catch {
            refusal = error.message
        }
    }
}

extension VersionChange {
    /// That a version has codes of another day than the one that it is held against.
    private static func otherCodes(_ outcome: ConcordanceOutcome) -> Finding {
        func codes(_ day: CalendarDay?) -> String { day.map { "the codes of \($0)" } ?? "the codes of its year" }
        return Finding(
            "codes-of-another-day",
            "it is in \(codes(outcome.toCodesOf)), and what it is held against in \(codes(outcome.fromCodesOf)); they are "
                + "compared by the concordance \(outcome.name)")
    }
}

extension VersionChange: KeptAnswer {
    func encode(to writer: inout FieldWriter) {
        if let difference { writer.message(1) { difference.encode(to: &$0) } }
        for finding in altered { writer.message(2) { finding.encode(to: &$0) } }
        if let refusal { writer.text(3, refusal) }
    }

    init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        while let field = try reader.next() {
            switch field.number {
            case 1: difference = try VersionDifference(decoding: reader.message(field, what: "difference"))
            case 2: altered.append(try Finding(decoding: reader.message(field, what: "finding")))
            case 3: refusal = try reader.text(field)
            default: throw reader.malformed("field \(field.number)")
            }
        }
        guard (difference == nil) != (refusal == nil) else {
            throw reader.malformed("either a difference or a refusal")
        }
    }
}

extension VersionDifference {
    fileprivate func encode(to writer: inout FieldWriter) {
        writer.message(1) { writer in
            let counts = [
                summary.compared, summary.appeared, summary.vanished, summary.transitions, summary.sameReason,
                summary.increased, summary.decreased, summary.unchanged,
            ]
            for (place, count) in counts.enumerated() { writer.number(place + 1, count) }
        }
        for (place, count) in [cells, statuses, flags, totals, labels, notes].enumerated() {
            writer.number(place + 2, count)
        }
        for amounts in measures { writer.message(8) { amounts.encode(to: &$0) } }
    }

    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var summary: Delta.Summary?
        var counts = [Int?](repeating: nil, count: 6)
        var measures: [Amounts] = []
        while let field = try reader.next() {
            switch field.number {
            case 1: summary = try Delta.Summary(decoding: reader.message(field, what: "summary"))
            case 2...7: counts[Int(field.number) - 2] = try reader.integer(field, in: 0...Int.max)
            case 8: measures.append(try Amounts(decoding: reader.message(field, what: "amounts")))
            default: throw reader.malformed("field \(field.number)")
            }
        }
        let known = counts.compactMap(\.self)
        guard let summary, known.count == counts.count else { throw reader.malformed("a count is missing") }
        self.init(
            summary: summary, cells: known[0], statuses: known[1], flags: known[2], totals: known[3],
            labels: known[4], notes: known[5], measures: measures)
    }
}

extension Delta.Summary {
    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        self.init()
        var reader = message
        let places: [WritableKeyPath<Self, Int>] = [
            \.compared, \.appeared, \.vanished, \.transitions, \.sameReason, \.increased, \.decreased, \.unchanged,
        ]
        var found = 0
        while let field = try reader.next() {
            guard field.number == UInt64(found + 1), found < places.count else {
                throw reader.malformed("field \(field.number)")
            }
            self[keyPath: places[found]] = try reader.integer(field, in: 0...Int.max)
            found += 1
        }
        guard found == places.count else { throw reader.malformed("a count is missing") }
    }
}

extension VersionDifference.Amounts {
    fileprivate func encode(to writer: inout FieldWriter) {
        writer.message(1) { measure.encode(to: &$0) }
        writer.number(2, decimals)
        // Sizes are never below zero.
        let size = absolute.magnitude
        writer.number(3, UInt64(truncatingIfNeeded: size >> 64))
        writer.number(4, UInt64(truncatingIfNeeded: size))
        guard let largest else { return }
        writer.message(5) { writer in
            for code in largest.at { writer.text(1, code) }
            writer.signed(2, largest.from)
            writer.signed(3, largest.to)
        }
    }

    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var (measure, decimals): (Measure?, Int?)
        var (high, low): (UInt64?, UInt64?)
        var largest: VersionDifference.Largest?
        while let field = try reader.next() {
            switch field.number {
            case 1: measure = try Measure(decoding: reader.message(field, what: "measure"))
            case 2: decimals = try reader.integer(field, in: 0...18)
            case 3: high = try reader.number(field)
            case 4: low = try reader.number(field)
            case 5: largest = try VersionDifference.Largest(decoding: reader.message(field, what: "largest"))
            default: throw reader.malformed("field \(field.number)")
            }
        }
        guard let measure, let decimals, let high, let low,
            let absolute = Int128(exactly: UInt128(high) << 64 | UInt128(low))
        else { throw reader.malformed("measure, decimals or size is missing") }
        self.init(measure: measure, decimals: decimals, absolute: absolute, largest: largest)
    }
}

extension VersionDifference.Largest {
    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var at: [String] = []
        var (from, to): (Int64?, Int64?)
        while let field = try reader.next() {
            switch field.number {
            case 1: at.append(try reader.text(field))
            case 2: from = try reader.signed(field)
            case 3: to = try reader.signed(field)
            default: throw reader.malformed("field \(field.number)")
            }
        }
        guard let from, let to else { throw reader.malformed("a figure is missing") }
        self.init(at: at, from: from, to: to)
    }
}
