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
    /// A single cell is wanted, and these dimensions are left open.
    case openDimensions([String])
    /// Its figures are to be summed, and a sum of them would mean nothing.
    case notAdditive(measure: Measure)
    /// The sum of a selection is wanted, and it holds several measures.
    case severalMeasures(dimension: String, codes: [String])
    /// A sum doesn't fit 64 bits.
    case sumTooLarge(at: [String])

    /// Whether the question is at fault and not the tables.
    package var isAboutSelection: Bool {
        switch self {
        case .unknownDimension, .unknownCode, .openDimensions, .severalMeasures: true
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
        case .openDimensions(let ids):
            "A single cell needs a code of every dimension; missing: \(Self.list(ids))"
        case .notAdditive(let measure):
            "\(measure.label)\(measure.kind.map { " is of kind \($0.rawValue) and" } ?? "") does not add up"
        case .severalMeasures(let dimension, let codes):
            "A sum is of one measure, and \(dimension) has several: \(Self.list(codes))"
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
