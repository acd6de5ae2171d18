import Annals
import Comparison
import TableCoding

/// How many cells of a vintage differ from another one's by more than is tolerated.
struct MaterialCount: Hashable, Sendable {
    /// Nil where the two can't be compared.
    private(set) var cells: Int?
    /// Why they can't, in a sentence.
    private(set) var refusal: String?

    init(
        from: Table, to: Table, beyond tolerance: Tolerance, antisymmetric: (row: String, column: String)?,
        by choice: ConcordanceChoice? = nil
    ) {
        do throws(ComparisonRefusal) {
            let concorded = try ConcordedTables(
                from: from, to: to, by: choice, options: DeltaOptions(antisymmetric: antisymmetric))
            cells = try Materiality.count(
                from: concorded.from, to: concorded.to, beyond: tolerance, antisymmetric: antisymmetric)
        } catch {
            refusal = error.message
        }
    }
}

extension MaterialCount: KeptAnswer {
    func encode(to writer: inout FieldWriter) {
        if let cells { writer.number(1, cells) }
        if let refusal { writer.text(2, refusal) }
    }

    init(decoding message: FieldReader) throws(CodingError) {
        var reader = message
        while let field = try reader.next() {
            switch field.number {
            case 1: cells = try reader.integer(field, in: 0...Int.max)
            case 2: refusal = try reader.text(field)
            default: throw reader.malformed("field \(field.number)")
            }
        }
        guard (cells == nil) != (refusal == nil) else { throw reader.malformed("either a count or a refusal") }
    }
}
