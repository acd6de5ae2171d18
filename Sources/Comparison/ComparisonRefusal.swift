package import Annals

/// Why two tables can't be compared, or what a selection names that isn't there.
package enum ComparisonRefusal: Error, Hashable, Sendable {
    case differentDimensions(from: [String], to: [String])
    /// A stock against a flow.
    case differentPeriods(from: Period.Kind, to: Period.Kind)
    /// Labels of what is counted.
    case differentMeasures(from: String, to: String)
    case differentUnits(measure: String, from: String, to: String)
    /// Powers of ten.
    case differentMultipliers(measure: String, from: Int, to: Int)
    case differentKinds(measure: String, from: Measure.Kind, to: Measure.Kind)
    /// The union of both tables' codes has more combinations than can be counted.
    case tooManyCombinations
    case unknownDimension(String, known: [String])
    case unknownCode(String, dimension: String, known: [String])
    /// Sizes of changes are to be ranked, and these measures of a dimension are counted in different units.
    case unlikeUnits(dimension: String, measures: [String])
    /// A single cell is wanted, and these dimensions are left open.
    case openDimensions([String])
    /// Codes would have to be summed, and figures of this measure can't be.
    case doesNotAddUp(measure: String, kind: Measure.Kind?, concordance: String)
    /// A sum doesn't fit 64 bits.
    case sumTooLarge(at: [String])
    /// The largest part of a code is wanted, and the concordance doesn't say how large they are.
    case unknownSizes(code: String, concordance: String)
    /// The concordance is for none of the tables' dimensions.
    case noConcordedDimension(concordance: String, wanted: [String], known: [String])
    /// Its figures are to be summed, and a sum of them would mean nothing.
    case notAdditive(measure: Measure)
    /// The sum of a selection is wanted, and it holds several measures.
    case severalMeasures(dimension: String, codes: [String])
    /// The sum of a selection is wanted, and one of its codes is the sum of others, of which another is one.
    case sumBesidePart(dimension: String, sum: String, part: String)

    /// Whether the question is at fault and not the tables.
    package var isAboutSelection: Bool {
        switch self {
        case .unknownDimension, .unknownCode, .openDimensions, .unlikeUnits, .severalMeasures, .sumBesidePart: true
        default: false
        }
    }

    init(_ contradiction: MeasureContradiction, of measure: Measure) {
        self =
            switch contradiction {
            case .name(let from, let to): .differentMeasures(from: from, to: to)
            case .unit(let from, let to): .differentUnits(measure: measure.label, from: from, to: to)
            case .multiplier(let from, let to): .differentMultipliers(measure: measure.label, from: from, to: to)
            case .kind(let from, let to): .differentKinds(measure: measure.label, from: from, to: to)
            }
    }

    private static let namedAtMost = 20

    /// A sentence for people.
    package var message: String {
        switch self {
        case .differentDimensions(let from, let to):
            "The two tables have different dimensions: \(Self.list(from)) against \(Self.list(to))"
        case .differentPeriods(let from, let to):
            "A \(from.rawValue) can't be compared with a \(to.rawValue)"
        case .differentMeasures(let from, let to):
            "The two tables count different things: \(from) against \(to)"
        case .differentUnits(let measure, let from, let to):
            "The unit of \(measure) differs: \(from) against \(to)"
        case .differentMultipliers(let measure, let from, let to):
            "The multiplier of \(measure) differs: 10^\(from) against 10^\(to)"
        case .differentKinds(let measure, let from, let to):
            "\(measure) is a \(from.rawValue) in one table and a \(to.rawValue) in the other"
        case .tooManyCombinations:
            "The two tables' codes together have more combinations than can be counted"
        case .unknownDimension(let id, let known):
            "There is no dimension \(id); there are \(Self.list(known))"
        case .unknownCode(let code, let dimension, let known):
            "\(dimension) has no code \(code); it has \(Self.list(known))"
        case .unlikeUnits(let dimension, let measures):
            "Changes in different units can't be ranked: \(Self.list(measures)); choose one of \(dimension) by `where`"
        case .openDimensions(let ids):
            "A single cell needs a code of every dimension; missing: \(Self.list(ids))"
        case .doesNotAddUp(let measure, let kind, let concordance):
            "Codes changed between the two years, and figures of \(measure) can't be summed to those that "
                + "\(concordance) makes comparable" + (kind.map { ": it is of the kind \($0.rawValue)" } ?? "")
        case .unknownSizes(let code, let concordance):
            "\(concordance) doesn't say which part of \(code) is the largest"
        case .noConcordedDimension(let concordance, let wanted, let known):
            "\(concordance) is for \(wanted.isEmpty ? "no dimension that it names" : Self.list(wanted)), "
                + "and the tables have \(Self.list(known))"
        case .notAdditive(let measure):
            "\(measure.label)\(measure.kind.map { " is of kind \($0.rawValue) and" } ?? "") does not add up"
        case .severalMeasures(let dimension, let codes):
            "A sum is of one measure, and \(dimension) has several: \(Self.list(codes))"
        case .sumBesidePart(let dimension, let sum, let part):
            "\(part) of \(dimension) is a part of \(sum), and would be counted twice"
        case .sumTooLarge(let codes):
            "The sum\(codes.isEmpty ? "" : " at \(Self.list(codes))") does not fit 64 bits"
        }
    }

    /// What helps; nil where the message says all.
    package var remedy: String? {
        switch self {
        case .notAdditive(let measure):
            "Where its figures may be summed all the same, say so in the dataset's definition: "
                + "`additive: true` for the measure `\(measure.code)`. Else compare its cells one by one."
        case .severalMeasures(let dimension, let codes):
            "Choose one: where=\(dimension)=\(codes.first ?? "…")."
        case .doesNotAddUp(_, let kind, _):
            "Compare the codes as they are: concordance `none`"
                + (kind == nil ? "." : "; or declare the measure `additive: true` where its figures do add up.")
        case .sumBesidePart(let dimension, let sum, _):
            "Leave out the parts, or ask for them without \(dimension) `\(sum)`."
        case .sumTooLarge: "Ask for its parts one by one."
        case .differentMultipliers(let measure, _, _):
            "Figures are never converted. Drop one of the two tables again with figures of \(measure), and the line that says "
                + "their unit, in the multiplier of the other; or compare years that are counted alike."
        case .differentUnits(let measure, let from, let to):
            "Where \(from) and \(to) are one unit, declare it in the dataset's definition (`measures`, `unit` of \(measure)) "
                + "and drop the two tables again; else compare years that are counted alike."
        case .differentKinds(let measure, _, _):
            "Declare the `kind` of \(measure) in the dataset's definition (`measures`) and drop the two tables again."
        case .differentMeasures:
            "Where both are the same, declare its `code` in the dataset's definition (`measures`) and drop the two tables "
                + "again; else keep them as two datasets."
        case .differentDimensions, .differentPeriods:
            "Drop one of the two tables again as the other is, or keep them as two datasets: a sidecar may name one "
                + "(`dataset: …`)."
        case .unknownSizes: "Give `share` or `size` in its file, or merge what was moved in part."
        case .noConcordedDimension(let concordance, _, _):
            "Say in the dataset's definition which it is for: "
                + "`concordance: {name: \(concordance), dimensions: [DIMENSION]}`."
        default: nil
        }
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(namedAtMost).joined(separator: ", ")
        return names.count > namedAtMost ? "\(shown) and \(names.count - namedAtMost) more" : shown
    }
}

extension ComparisonRefusal: CustomStringConvertible {
    package var description: String { message }
}
