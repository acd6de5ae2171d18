import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct SentinelCheckTests {
    @Test func repeatedSentinels() throws {
        let reason = refusal(of: "region;persons\na;5\nb;-1\nc;6\nd;-1\n")
        #expect(reason?.line == 3)
        #expect(reason?.column == 2)
        #expect(reason?.message.hasPrefix("-1 stands 2 times in `persons`") == true)
        #expect(refusal(of: "region;persons\na;5\nb;99999\nc;6\nd;99999\n")?.found == "99999")
        #expect(refusal(of: "region;rate\na;5.5\nb;-9.0\nc;6.0\nd;-9.0\n")?.found == "-9")
    }

    @Test func whatIsNone() throws {
        #expect(try read("region;persons\na;5\nb;-1\nc;6\n").tables[0].shown("b") == "-1")
        #expect(try read("region;net\na;5\nb;-1\nc;-6\nd;-1\n").tables[0].shown("d") == "-1")
    }

    @Test func dialectExplains() throws {
        let text = "region;persons\na;5\nb;-1\nc;6\nd;-1\n"
        #expect(try read(text, sidecar: Sidecar(dialect: "irs")).tables[0].shown("b") == "confidential")
        var definitions = Definitions.builtIn
        definitions.dialects["mine"] = Dialect(name: "mine", symbols: ["-1": .init(.value)])
        #expect(
            try read(text, sidecar: Sidecar(dialect: "mine"), definitions: definitions).tables[0].shown("b") == "-1")
    }

    @Test func declaredKindDecides() throws {
        let text = "region;persons\na;5\nb;-1\nc;6\nd;-1\n"
        let net = try definitions("dataset: x\nmatch: {file: \"figures*\"}\nmeasures: [{code: persons, kind: net}]\n")
        #expect(try read(text, definitions: net).tables[0].shown("b") == "-1")
        let count = try definitions(
            "dataset: x\nmatch: {file: \"figures*\"}\nmeasures: [{code: persons, kind: count}]\n")
        #expect(refusal(of: text + "e;-7\n", definitions: count) != nil)
    }

    private func outcome(
        _ values: [Int64], _ name: String = "value", decimals: Int = 0, kind: Measure.Kind? = nil,
        symbols: [String: Dialect.Meaning] = [:]
    ) -> SentinelCheck.Outcome {
        let figure = FigureColumn(
            values: values, marks: [UInt16](repeating: 0, count: values.count), decimals: decimals)
        let columns = TableColumns(
            rowCount: values.count, keys: [], periods: [], rowPeriods: nil, extra: nil, figures: [figure],
            measures: [Measure(code: name, decimals: decimals, kind: kind)], palette: [.plain], title: "", notes: [])
        let reader = FigureReader(
            dialect: Dialect(name: "x", symbols: symbols), style: NumberStyle(decimalMark: ".", grouping: []))
        return SentinelCheck.outcome(columns, measure: 0, in: [0], reader: reader)
    }

    @Test(
        arguments: [
            ([345, -9, 98, -9], "-9"), ([345, -99, -99], "-99"), ([345, -999_999, -999_999], "-999999"),
            ([345, 9999, 98, 9999], "9999"), ([345, 999_999_999, 98, 999_999_999], "999999999"),
            ([345, 9_999_999_999, 98, 9_999_999_999], "9999999999"), ([345, -666_666_666], "-666666666"),
            ([345, -222_222_222, -7, 12], "-222222222"),
            ([345, -999_999_999_999_999_999, -999_999_999_999_999_999], "-999999999999999999"),
            ([-400, 300, -9999, 12, -9999], "-9999"),
        ] as [([Int64], String)])
    func refused(values: [Int64], number: String) { #expect(outcome(values).refused?.number == number) }

    @Test func nameOfACountDecides() {
        #expect(outcome([345, -7, 98, -7], "persons").refused?.number == "-7")
        #expect(outcome([-1, 345, -2, 98, -1], "births").refused?.number == "-1")
        #expect(outcome([-1, 345, -2, 98], "births").refused == nil)
        #expect(outcome([-1, 345, -2, 98], "births").doubtful.map(\.number) == ["-1", "-2"])
        #expect(outcome([345, -7, 98, -7, 1], "value").refused == nil)
        #expect(outcome([345, -7, 98, -7, 1], "value").doubtful.map(\.number) == ["-7"])
        #expect(outcome([5, -1, 3, -1, 0], "population change").refused == nil)
        #expect(outcome([5, -7, 3, -7, 0], "net migration, persons").doubtful.isEmpty)
        #expect(outcome([345, -7, -7, -7], "net").refused == nil)
        #expect(outcome([5, -1, -2, -3, -4, -5, -5, 9], "births").refused == nil)
        #expect(outcome([5, -1, -2, -3, -4, -5, -5, 9], "births").doubtful.count == 5)
        #expect(outcome([345, -7, 3], "persons", kind: .count).refused == nil)
    }

    @Test func honestFigures() {
        for values: [Int64] in [
            [0, 345, 0, 98, 0], [-1, 345, 98], [-7, 12, -120, 45, -7, 3, -81], [99, 99, 45], [999, 999, 1200],
            [9999, 10_500, 12_000], [.min, .max, -1, 1], [],
        ] {
            #expect(outcome(values).refused == nil)
            #expect(outcome(values).doubtful.isEmpty)
        }
        // Among thousands of figures of every size, two of 9999 are nothing.
        #expect(outcome((1...20_000).map { Int64($0) } + [9999]).refused == nil)
        #expect(outcome((-500...500).map { Int64($0) } + [-99, -9]).refused == nil)
        #expect(outcome([345, -666_666_666], symbols: ["-666666666": .init(.value)]).refused == nil)
    }

    @Test func ninesWithAPoint() {
        #expect(outcome([9999, 3450, 9999, 980], decimals: 1).refused?.number == "999.9")
        #expect(outcome([9999, 55, 9999, 61], decimals: 1).refused?.number == "999.9")
        #expect(outcome([9999, 9985, 9999, 61], decimals: 1).refused == nil)
        #expect(outcome([999, 955, 999, 61], decimals: 1).refused == nil)
        #expect(outcome([99_990, 3450, 99_990], decimals: 1).refused?.number == "9999")
        #expect(outcome([9999, 9999, 500], decimals: 3).refused == nil)
        #expect(outcome([1, 2, 3], decimals: 18).refused == nil)
    }

    @Test func findingNamesThem() {
        let suspects = outcome([345, -7, 98, -7, 1], "value").doubtful
        let finding = SentinelCheck.finding(suspects, measure: Measure(code: "value"), line: 3)
        #expect(finding.code == "negative-count")
        #expect(finding.message.contains("-7 (2 times)"))
    }
}
