import Annals
import Archive
import Comparison
import Definitions

extension Definitions {
    /// What the concordances that are bound to datasets say of codes of different years.
    var codeTranslation: CodeTranslation {
        CodeTranslation { dataset, dimension, table, known in
            guard let binding = definition(of: dataset)?.concordance,
                let concordance = concordances[binding.name],
                binding.dimensions.isEmpty || binding.dimensions.contains(dimension)
            else { return [] }
            return ConcordedCodes.translated(
                table.codes, of: table.year, to: known.codes, of: known.year, by: concordance)
        }
    }
}
