import Testing

@testable import Annals

@Suite struct MeasureContradictionTests {
    private let amount = Measure(code: "amount", unit: "NOK", multiplier: 3, kind: .amount)

    @Test func `what one side leaves open contradicts nothing`() {
        #expect(amount.contradiction(with: amount) == nil)
        #expect(amount.contradiction(with: Measure(code: "value", multiplier: 3)) == nil)
        #expect(Measure(code: "value").contradiction(with: Measure(code: "deaths", kind: .count)) == nil)
        #expect(Measure(code: "Beløp").contradiction(with: Measure(code: "belop")) == nil)
    }

    @Test func `another name, unit, multiplier or kind contradicts`() {
        #expect(
            Measure(code: "population").contradiction(with: Measure(code: "deaths")) == .name("population", "deaths"))
        var other = amount
        other.unit = "EUR"
        #expect(amount.contradiction(with: other) == .unit("NOK", "EUR"))
        other = amount
        other.kind = .index
        #expect(amount.contradiction(with: other) == .kind(.amount, .index))
        other = amount
        other.multiplier = 6
        #expect(amount.contradiction(with: other) == .multiplier(3, 6))
        #expect(amount.contradiction(with: Measure(code: "value")) == .multiplier(3, 0))
        #expect(Measure(code: "население").contradiction(with: Measure(code: "смертность")) != nil)
    }

    @Test func `units are printed with their multiplier`() {
        #expect(amount.printedUnit == "1000 NOK")
        #expect(Measure(code: "a", unit: "kr", multiplier: 6).printedUnit == "million kr")
        #expect(Measure(code: "a", unit: "kr", multiplier: -2).printedUnit == "10^-2 kr")
        #expect(Measure(code: "a", multiplier: 3).printedUnit == "1000")
        #expect(Measure(code: "a", unit: "persons").printedUnit == "persons")
        #expect(Measure(code: "a").printedUnit == nil)
    }
}
