import Annals
import Archive
import TableCoding

/// What is computed from two tables once, and kept as bytes.
protocol KeptAnswer: Sendable {
    func encode(to writer: inout FieldWriter)

    /// - Throws: ``CodingError/malformed(_:_:)`` for anything that ``encode(to:)`` doesn't write.
    init(decoding message: FieldReader) throws(CodingError)
}

/// What an answer about two vintages follows from: the content of both, what else their commits say about it, which codes of
/// the dataset are known to be sums, and the concordance where their codes differ.
///
/// Numbers of versions and entries have no part in it, so that they aren't here.
struct ChangeKey {
    /// What is asked of the two.
    enum Question {
        case change
        case material(Tolerance)
    }

    /// Names the answer.
    let digest: Digest

    /// - Parameters:
    ///   - question: What is asked.
    ///   - from: The vintage that the other is held against.
    ///   - to: The vintage.
    ///   - antisymmetric: The dimensions over which both are antisymmetric.
    ///   - basis: What else the answer follows from.
    init(
        _ question: Question, from: Vintage, to: Vintage, antisymmetric: (row: String, column: String)?,
        on basis: [Digest] = []
    ) {
        var writer = FieldWriter()
        switch question {
        case .change: writer.number(1, 1)
        case .material(let tolerance):
            writer.number(1, 2)
            if let absolute = tolerance.absolute { writer.text(2, absolute.text) }
            if let relative = tolerance.relative { writer.text(3, relative.text) }
        }
        for vintage in [from, to] {
            writer.message(4) { writer in
                writer.number(1, vintage.period.year)
                writer.text(2, vintage.period.label)
                if let kind = vintage.period.kind { writer.text(3, kind.rawValue) }
                writer.message(4) { vintage.content.encode(to: &$0) }
            }
        }
        if let antisymmetric {
            writer.text(5, antisymmetric.row)
            writer.text(6, antisymmetric.column)
        }
        for digest in basis { writer.digest(7, digest) }
        digest = ContentHasher.digest(of: writer.bytes)
    }
}
