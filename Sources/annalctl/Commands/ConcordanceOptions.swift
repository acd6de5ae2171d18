import Annals
import ArgumentParser
import ControlAPI

/// What the codes of two years are compared by.
struct ConcordanceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the codes of two years are compared by, or none; the one that is bound where nothing is said.",
            valueName: "name"))
    var concordance: String?
    @Option(help: "What moved in part: merged, so that the answer is exact, or ignored but for the largest part.")
    var minor: Concordance.Minor?

    func validate() throws {
        if concordance == "none", minor != nil {
            throw ValidationError("--minor is for a concordance; --concordance none takes it away.")
        }
    }

    var query: [(name: String, value: String)] {
        (concordance.map { [("concordance", $0)] } ?? []) + (minor.map { [("minor", $0.rawValue)] } ?? [])
    }
}

extension Concordance.Minor: ExpressibleByArgument {}
