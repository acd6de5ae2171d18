package import Annals

/// Says which codes of a table are those of another year under other names: what a concordance knows and the archive
/// doesn't.
package struct CodeTranslation: Sendable {
    /// The codes of one dimension in one year.
    package struct Codes: Sendable {
        package let year: Int
        package let codes: [String]
    }

    /// The codes of `table` that lead to one of `known`.
    package typealias Answer =
        @Sendable (_ dataset: DatasetID, _ dimension: String, _ table: Codes, _ known: Codes) -> Set<String>

    /// Two tables of different years summed to the codes that they have in common; nil where they can't be, or needn't.
    package typealias Sums = @Sendable (_ dataset: DatasetID, _ table: Table, _ known: Table) -> (Table, Table)?

    let answer: Answer
    let sums: Sums

    package init(_ answer: @escaping Answer, sums: @escaping Sums = { _, _, _ in nil }) {
        self.answer = answer
        self.sums = sums
    }

    /// Every code is another one.
    package static let none = CodeTranslation { _, _, _, _ in [] }
}
