import Annals
import ControlAPI
import Testing

@Suite struct JSONStatTests {
    private static func table(dimension: String = "county", marks: [Mark]) throws -> Table {
        let space = try #require(
            KeySpace([
                Dimension(
                    id: dimension, label: "County",
                    categories: [Category(code: "01", label: "Østfold"), Category(code: "02", label: "02")]),
                Dimension(
                    id: "what", label: "What",
                    categories: [Category(code: "a", label: "People"), Category(code: "b", label: "Share")],
                    isMeasure: true),
            ]))
        var cells = CellsBuilder()
        for (index, mark) in marks.enumerated() { _ = cells.append(mark.status == .value ? Int64(index) - 1 : 0, mark) }
        return Table(
            title: "T", period: Period(year: 2011, label: "2011-12"), notes: [],
            measures: [
                Measure(code: "a", unit: "persons", multiplier: 3), Measure(code: "b", unit: "%", decimals: 2),
            ], keySpace: space, presence: .dense, cells: cells.finish())
    }

    private static func text(_ cells: ChosenCells) throws -> String {
        let heading = TableHeading(dataset: DatasetID("d")!, audits: [], findings: [])
        return String(decoding: try JSONStat.body(cells, heading).bytes(), as: UTF8.self)
    }

    @Test func theWholeDocument() throws {
        let table = try Self.table(
            marks: [.plain, Mark(.confidential), Mark(.value, flags: [.revised, .derived]), Mark(.nilFigure)])
        #expect(
            try Self.text(ChosenCells(table))
                == [
                    #"{"version":"2.0","class":"dataset","label":"T","id":["time","county","what"],"size":[1,2,2],"#,
                    #""role":{"time":["time"],"metric":["what"]},"dimension":{"#,
                    #""time":{"label":"time","category":{"index":["2011"],"label":{"2011":"2011-12"}}},"#,
                    #""county":{"label":"County","category":{"index":["01","02"],"label":{"01":"Østfold","02":"02"}}},"#,
                    #""what":{"label":"What","category":{"index":["a","b"],"label":{"a":"People","b":"Share"},"#,
                    #""unit":{"a":{"base":"persons","decimals":0,"multiplier":3},"b":{"base":"%","decimals":2}}}}},"#,
                    #""value":{"0":-1,"2":1,"3":0.00},"#,
                    #""status":{"1":"confidential","2":"value revised derived","3":"nil"}}"#, "\n",
                ].joined())
    }

    @Test func commasStandOnlyBetweenCells() throws {
        for (marks, end) in [
            (
                [Mark(.blank), .plain, .plain, Mark(.blank)],
                #""value":{"1":0.00,"2":1},"status":{"0":"blank","3":"blank"}}"#
            ),
            ([.plain, .plain, .plain, .plain], #""value":{"0":-1,"1":0.00,"2":1,"3":0.02},"status":{}}"#),
            (
                [Mark](repeating: Mark(.blank), count: 4),
                #""value":{},"status":{"0":"blank","1":"blank","2":"blank","3":"blank"}}"#
            ),
        ] {
            #expect(try Self.text(ChosenCells(Self.table(marks: marks))).hasSuffix(end + "\n"))
        }
        let part = ChosenCells(try Self.table(marks: [.plain, .plain, .plain, Mark(.blank)]), picked: [1, 3])
        #expect(try Self.text(part).hasSuffix(#""value":{"1":0.00},"status":{"3":"blank"}}"# + "\n"))
    }

    @Test func aDimensionOfTimeIsRefused() throws {
        let table = try Self.table(dimension: "time", marks: [.plain, .plain, .plain, .plain])
        let problem = #expect(throws: ControlProblem.self) { try Self.text(ChosenCells(table)) }
        #expect(problem?.kind == .refused)
    }
}
