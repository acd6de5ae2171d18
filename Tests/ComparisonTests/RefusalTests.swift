import Annals
import Comparison
import Testing

/// What is refused says what helps.
@Suite struct RefusalTests {
    @Test func tablesThatCanNotBeComparedHaveARemedy() {
        let measure = Measure(code: "rate", kind: .rate)
        let refusals: [ComparisonRefusal] = [
            .differentDimensions(from: ["a"], to: ["b"]), .differentPeriods(from: .stock, to: .flow),
            .differentMeasures(from: "births", to: "deaths"),
            .differentUnits(measure: "area", from: "ha", to: "acres"),
            .differentMultipliers(measure: "population", from: 0, to: 3),
            .differentKinds(measure: "births", from: .count, to: .rate),
            .doesNotAddUp(measure: "rate", kind: .rate, concordance: "c"), .sumTooLarge(at: []),
            .unknownSizes(code: "a", concordance: "c"), .notAdditive(measure: measure),
            .noConcordedDimension(concordance: "c", wanted: [], known: ["a"]),
        ]
        for refusal in refusals {
            #expect(!refusal.isAboutSelection)
            #expect(refusal.remedy?.hasSuffix(".") == true, "\(refusal)")
        }
    }
}
