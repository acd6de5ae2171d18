import Annals
import Comparison
import ControlAPI
import Definitions

/// Which concordance a question about two years, or about versions of one in codes of different days, means: the one that it names, else the one that is bound to the dataset.
enum ConcordanceQuestion {
    static let parameters = ["concordance", "minor"]

    /// Switches off the one that is bound.
    static let none = "none"

    /// Which one, and how.
    ///
    /// - Parameters:
    ///   - query: What was asked.
    ///   - dataset: Whose definition may bind one.
    ///   - definitions: Those in force.
    /// - Returns: The choice; nil for none.
    /// - Throws: `.wrongParameter`; `.noSuchConcordance`.
    static func choice(
        in query: QueryParameters, of dataset: DatasetID, _ definitions: Definitions
    ) throws(ControlProblem) -> ConcordanceChoice? {
        let named = try query.text("concordance")
        let minor = try query.choice("minor", of: Concordance.Minor.self)
        let binding = definitions.definition(of: dataset)?.concordance
        guard let name = named ?? binding?.name, name != none else {
            guard minor == nil else {
                throw ControlProblem(
                    .wrongParameter, "“minor” needs a concordance, and none is in force.",
                    remedy: "Name one with “concordance”, or bind it in the definition of \(dataset).")
            }
            return nil
        }
        let concordance = try concordance(name, definitions)
        let dimensions = binding.flatMap { $0.name == name && !$0.dimensions.isEmpty ? $0.dimensions : nil }
        return ConcordanceChoice(
            concordance, dimensions: dimensions, minor: minor ?? .merge, isAskedFor: named != nil)
    }

    /// The one that is bound to a dataset; nil for none.
    static func bound(to dataset: DatasetID, _ definitions: Definitions) -> ConcordanceChoice? {
        guard let binding = definitions.definition(of: dataset)?.concordance,
            let concordance = definitions.concordances[binding.name]
        else { return nil }
        return ConcordanceChoice(concordance, dimensions: binding.dimensions.isEmpty ? nil : binding.dimensions)
    }

    /// The concordance in force under a name.
    ///
    /// - Throws: `.noSuchConcordance`, naming those that there are.
    static func concordance(_ name: String, _ definitions: Definitions) throws(ControlProblem) -> Concordance {
        if let concordance = definitions.concordances[name] { return concordance }
        throw ControlProblem(
            .noSuchConcordance, "There is no concordance “\(name)”.",
            remedy: "There is: \(definitions.concordances.keys.sorted().joined(separator: ", ")).")
    }
}
