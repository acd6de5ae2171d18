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
        } sums: { dataset, table, known in
            guard let binding = definition(of: dataset)?.concordance, let concordance = concordances[binding.name]
            else { return nil }
            let choice = ConcordanceChoice(
                concordance, dimensions: binding.dimensions.isEmpty ? nil : binding.dimensions)
            do throws(ComparisonRefusal) {
                let concorded = try ConcordedTables(from: known, to: table, by: choice)
                return concorded.outcome == nil ? nil : (concorded.to, concorded.from)
            } catch {
                // What can't be summed has nothing in common.
                return nil
            }
        }
    }
}
