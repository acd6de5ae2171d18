package import Annals

/// Audits as they stand in a commit.
extension Audit {
    /// Adds its fields to a message; `docs/formats/log.md` has the tables.
    package func encode(to writer: inout FieldWriter) {
        writer.message(1) { identity.encode(to: &$0) }
        writer.text(2, origin.rawValue)
        writer.text(3, result.rawValue)
        writer.number(4, checked)
        if unchecked > 0 { writer.number(5, unchecked) }
        if failed > 0 { writer.number(6, failed) }
        for imbalance in imbalances { writer.message(7) { imbalance.encode(to: &$0) } }
        for finding in findings { writer.text(8, finding) }
    }

    package init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var identity: Identity?
        var origin: Origin?
        var result: Result?
        var counts = (checked: 0, unchecked: 0, failed: 0)
        var imbalances: [Imbalance] = []
        var findings: [String] = []
        while let field = try reader.next() {
            switch field.number {
            case 1: identity = try Identity(decoding: reader.message(field, what: "identity"))
            case 2: origin = try reader.word(field)
            case 3: result = try reader.word(field)
            case 4: counts.checked = try reader.integer(field, in: 0...Int.max)
            case 5: counts.unchecked = try reader.integer(field, in: 0...Int.max)
            case 6: counts.failed = try reader.integer(field, in: 0...Int.max)
            case 7: imbalances.append(try Imbalance(decoding: reader.message(field, what: "imbalance")))
            case 8: findings.append(try reader.text(field))
            default: continue
            }
        }
        guard let identity, let origin, let result else { throw reader.malformed("identity or result is missing") }
        self.init(
            identity: identity, origin: origin, result: result, checked: counts.checked, unchecked: counts.unchecked,
            failed: counts.failed, imbalances: imbalances, findings: findings)
    }
}

extension Audit.Imbalance {
    fileprivate func encode(to writer: inout FieldWriter) {
        for code in at { writer.text(1, code) }
        writer.signed(2, expected)
        writer.signed(3, found)
        writer.number(4, decimals)
    }

    fileprivate init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        self.init(at: [], expected: 0, found: 0, decimals: 0)
        while let field = try reader.next() {
            switch field.number {
            case 1: at.append(try reader.text(field))
            case 2: expected = try reader.signed(field)
            case 3: found = try reader.signed(field)
            case 4: decimals = try reader.integer(field, in: 0...18)
            default: continue
            }
        }
    }
}

extension Identity {
    /// A word and texts.
    package func encode(to writer: inout FieldWriter) {
        let parts: [String] =
            switch self {
            case .total(let dimension, let code): ["total", dimension, code]
            case .zeroSum(let over, let dimension, let code): ["zero-sum", over, dimension, code]
            case .antisymmetric(let row, let column): ["antisymmetric", row, column]
            case .sum(let dimension, let code, let parts): ["sum", dimension, code] + parts
            case .nonNegative(let measure): ["non-negative"] + [measure].compactMap(\.self)
            }
        for part in parts { writer.text(1, part) }
    }

    package init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        var parts: [String] = []
        while let field = try reader.next() {
            if field.number == 1 { parts.append(try reader.text(field)) }
        }
        switch (parts.first, parts.count) {
        case ("total", 3): self = .total(dimension: parts[1], code: parts[2])
        case ("zero-sum", 4): self = .zeroSum(over: parts[1], dimension: parts[2], code: parts[3])
        case ("antisymmetric", 3): self = .antisymmetric(row: parts[1], column: parts[2])
        case ("sum", 4...): self = .sum(dimension: parts[1], code: parts[2], parts: Array(parts[3...]))
        case ("non-negative", 1): self = .nonNegative(measure: nil)
        case ("non-negative", 2): self = .nonNegative(measure: parts[1])
        default: throw reader.malformed("unknown identity")
        }
    }
}
