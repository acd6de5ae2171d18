import Annals
import ControlAPI
import Testing

@Suite struct CellEncoderTests {
    private let dataset = DatasetID("trade")!

    /// 2 × 2 with a measure dimension of different decimals, one code that is hostile.
    private func table() throws -> Table {
        let space = try #require(
            KeySpace([
                Dimension(
                    id: "county", label: "County",
                    categories: [
                        Category(code: "01", label: "Østfold"), Category(code: "=\"x\",", label: "Hostile"),
                    ]),
                Dimension(
                    id: "what", label: "What",
                    categories: [
                        Category(code: "people", label: "People"), Category(code: "share", label: "Share"),
                    ], isMeasure: true),
            ]))
        var cells = CellsBuilder()
        _ = cells.append(96, .plain)
        _ = cells.append(1250, Mark(.value, flags: [.provisional, .derived]))
        _ = cells.append(0, Mark(.nilFigure, glyph: "-"))
        _ = cells.append(0, Mark(.confidential, glyph: ":"))
        return Table(
            title: "Trade", period: Period(year: 2011), notes: [],
            measures: [
                Measure(code: "people", unit: "persons", kind: .count),
                Measure(code: "share", unit: "%", decimals: 2, kind: .percent),
            ],
            keySpace: space, presence: .dense, cells: cells.finish())
    }

    private func encoded(_ format: AnswerFormat, places: [Int: CellPlace]? = nil) throws -> String {
        let table = try table()
        let place: CellPlace.Finder? = if let places { { places[$0] } } else { nil }
        var body = AnswerBody()
        CellEncoder(ChosenCells(table), as: format, dataset: dataset, version: 3, place: place).addRows(to: &body)
        return String(decoding: body.bytes(), as: UTF8.self)
    }

    @Test func jsonHasExactDecimalsAndNullWhereThereIsNoFigure() throws {
        #expect(
            try encoded(.json)
                == [
                    #"{"at":["01","people"],"value":96,"status":"value","flags":[]}"#,
                    #"{"at":["01","share"],"value":12.50,"status":"value","flags":["provisional","derived"]}"#,
                    #"{"at":["=\"x\",","people"],"value":0,"status":"nil","flags":[]}"#,
                    #"{"at":["=\"x\",","share"],"value":null,"status":"confidential","flags":[]}"#,
                ].joined(separator: ","))
    }

    @Test func ndjsonHasALineForEachCell() throws {
        let lines = try encoded(.ndjson).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5)
        #expect(lines[4].isEmpty)
        #expect(
            lines[1] == #"{"at":["01","share"],"value":12.50,"status":"value","flags":["provisional","derived"]}"#)
    }

    @Test func csvIsTidyAndHarmless() throws {
        #expect(
            try encoded(.csv)
                == [
                    "trade,2011,3,01,people,96,value,,persons",
                    "trade,2011,3,01,share,12.50,value,provisional derived,%",
                    "trade,2011,3,\"'=\"\"x\"\",\",people,0,nil,,persons",
                    "trade,2011,3,\"'=\"\"x\"\",\",share,,confidential,,%", "",
                ].joined(separator: "\r\n"))
        let columns = CellEncoder.columns(of: try table().keySpace)
        #expect(
            String(decoding: columns, as: UTF8.self) == "dataset,year,version,county,what,value,status,flags,unit\r\n")
    }

    @Test func placesStandBesideTheirCells() throws {
        let places = [0: CellPlace(line: 7, column: 3, text: "=96")]
        #expect(
            try encoded(.json, places: places).hasPrefix(
                #"{"at":["01","people"],"value":96,"status":"value","flags":[],"source":{"line":7,"column":3,"text":"=96"}},"#
            ))
        let rows = try encoded(.csv, places: places).split(separator: "\r\n")
        #expect(rows[0] == "trade,2011,3,01,people,96,value,,persons,7,3,'=96")
        #expect(rows[1] == "trade,2011,3,01,share,12.50,value,provisional derived,%,,,")
    }

    @Test func sparseCellsKeepTheirKeys() throws {
        var sparse = try table()
        sparse = Table(
            title: sparse.title, period: sparse.period, notes: [], measures: sparse.measures, keySpace: sparse.keySpace,
            presence: .sparse([3]), cells: Cells(values: [7], marks: [0], palette: [.plain]))
        var body = AnswerBody()
        CellEncoder(ChosenCells(sparse), as: .json, dataset: dataset, version: nil).addRows(to: &body)
        #expect(
            String(decoding: body.bytes(), as: UTF8.self)
                == #"{"at":["=\"x\",","share"],"value":0.07,"status":"value","flags":[]}"#)
    }
}
