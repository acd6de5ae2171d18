import Annals
import Comparison
import Testing

@Suite struct AlterationsTests {
    private let table = ComparisonTests.table(ComparisonTests.values(1, 2, 3, 4, 5))

    @Test func `figures alone alter nothing`() {
        #expect(Alterations.between(table, table).isEmpty)
        #expect(Alterations.between(table, ComparisonTests.table(ComparisonTests.values(9, 2))).isEmpty)
    }

    @Test func `labels, decimals, unit, flags and notes are named`() {
        var later = table
        later.notes = ["a note"]
        later.measures = [Measure(code: "v", unit: "NOK", multiplier: 3, decimals: 1, kind: .count)]
        later.cells.palette = [Mark(.value), Mark(.value, flags: .provisional)]
        later.cells.marks = [0, 1, 0, 1, 0]
        var dimension = later.keySpace.dimensions[0]
        dimension.categories[1].label = "Bee"
        later.keySpace = KeySpace([dimension])!
        let found = Alterations.between(table, later)
        #expect(found.map(\.code) == ["decimals", "unit", "labels", "flags", "notes"])
        #expect(
            found.map(\.message) == [
                "v with 1 instead of 0 decimals", "1000 NOK instead of no unit", "1 label: b b is Bee",
                "other flags on 2 cells", "Other notes",
            ])
    }

    @Test func `another measure and kind are named`() {
        var later = table
        later.measures = [Measure(code: "deaths", kind: .net)]
        #expect(Alterations.between(table, later).map(\.code) == ["measures", "kind"])
    }
}
