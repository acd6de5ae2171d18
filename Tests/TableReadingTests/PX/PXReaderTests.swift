import Annals
import Definitions
import Testing

@testable import TableReading

/// What PX says beside its figures, and how a PX file goes on with a dataset.
@Suite struct PXReaderTests {
    private func read(_ px: PXText, sidecar: Sidecar? = nil, definitions: Definitions = .builtIn) throws -> ReadDocument
    {
        try TableReadingTests.read(px.text, name: "pop.px", sidecar: sidecar, definitions: definitions)
    }

    private func refused(_ px: PXText, limits: ReadingLimits = ReadingLimits()) -> Reason? {
        refusal(of: px.text, name: "pop.px", limits: limits)
    }

    @Test func yearsAreTables() throws {
        let document = try read(PXText())
        #expect(document.facts.reader == "px")
        #expect(document.facts.dataset.slug == "pop1-region")
        #expect(document.agencyID == "POP1")
        #expect(document.tables.map(\.period.label) == ["2010", "2011"])
        #expect(document.tables[1].dimensionIDs == ["region"])
        #expect(document.tables[1].shown("02") == "4")
        #expect(document.tables[0].measures == [Measure(code: "population", label: "Population", unit: "persons")])
        #expect(document.plan.columns.map(\.role) == [.key, .year, .measure])
    }

    /// A definition that names the unit alone doesn't say that the file's thousands are none.
    @Test(arguments: [
        ("1000 persons", "{code: population, unit: persons}", 3), ("persons", "{code: population, unit: persons}", 0),
        ("1000 persons", "{code: population, unit: persons, multiplier: 6}", 6),
    ])
    func thousandsBesideADeclaredUnit(units: String, declared: String, multiplier: Int) throws {
        var px = PXText()
        px.keywords = px.keywords.replacing("UNITS=\"persons\"", with: "UNITS=\"\(units)\"")
        let definitions = try definitions("dataset: pop1-region\nmatch: {file: [pop.*]}\nmeasures: [\(declared)]\n")
        let measure = try read(px, definitions: definitions).tables[0].measures[0]
        #expect(measure.unit == "persons" && measure.multiplier == multiplier)
    }

    @Test func publishedAtTheLatestUpdate() throws {
        var px = PXText()
        px.more = "LAST-UPDATED=\"20240215 08:00\";\nLAST-UPDATED(\"Population\")=\"20240216 09:30\";\n"
        #expect(try read(px).published?.description == "2024-02-16T09:30:00Z")
        px.more = "LAST-UPDATED=\"15.2.2024\";\n"
        let document = try read(px)
        #expect(document.published == nil)
        #expect(document.facts.findings.map(\.code) == ["update-unreadable"])
    }

    @Test(arguments: [("S", Period.Kind.stock), ("F", .flow), ("A", .average)])
    func stockFlowAverage(letter: String, kind: Period.Kind) throws {
        var px = PXText()
        px.more = "STOCKFA=\"\(letter)\";\n"
        #expect(try read(px).tables.map(\.period.kind) == [kind, kind])
    }

    @Test func placesOfCells() throws {
        var px = PXText()
        px.values = "VALUES(\"region\")=\"North\",\"South\";\nVALUES(\"year\")=\"2011\",\"2010\";\n"
        px.times = ""
        let source = SourceDocument(name: "pop.px", bytes: Array(px.text.utf8))
        let tables = try TableReading.sourceTables(source, definitions: .builtIn)
        let first = 1 + px.text[..<px.text.firstRange(of: "1 2")!.lowerBound].count { $0 == "\n" }
        #expect(tables.map(\.table.period.year) == [2010, 2011])
        #expect(tables[0].origin(at: ["02"]) == CellOrigin(line: first + 1, column: 2, text: "4"))
        #expect(tables[1].origin(at: ["01"]) == CellOrigin(line: first, column: 1, text: "1"))
    }

    @Test func placesOfCellsBehindKeys() throws {
        var px = PXText()
        px.more = "KEYS(\"region\")=CODES;\n"
        px.data = "\"02\",3 \"..\"\n\"01\",1 2\n"
        let source = SourceDocument(name: "pop.px", bytes: Array(px.text.utf8))
        let tables = try TableReading.sourceTables(source, definitions: .builtIn)
        let first = 1 + px.text[..<px.text.firstRange(of: "\"02\",3")!.lowerBound].count { $0 == "\n" }
        #expect(tables[1].origin(at: ["02"]) == CellOrigin(line: first, column: 3, text: ".."))
        #expect(tables[1].origin(at: ["01"]) == CellOrigin(line: first + 1, column: 3, text: "2"))
    }

    @Test func placesFarBehind() throws {
        var px = PXText()
        let regions = (1...3000).map { "\"r\($0)\"" }.joined(separator: ",")
        px.values = "VALUES(\"region\")=\(regions);\nVALUES(\"year\")=\"2010\",\"2011\";\n"
        px.codes = ""
        px.data = (1...3000).map { "\($0 * 2) \($0 * 2 + 1)\n" }.joined()
        let source = SourceDocument(name: "pop.px", bytes: Array(px.text.utf8))
        let tables = try TableReading.sourceTables(source, definitions: .builtIn)
        for region in [1, 511, 512, 513, 1024, 2999, 3000] {
            #expect(tables[0].origin(at: ["r\(region)"])?.text == "\(region * 2)")
            #expect(tables[1].origin(at: ["r\(region)"])?.text == "\(region * 2 + 1)")
        }
    }

    // MARK: One dataset from several formats

    /// PX after CSV, and CSV after PX: the same figures are the same table.
    @Test func meetsDelimitedText() throws {
        let csv = try TableReadingTests.read(
            "region;2010;2011\n01 North;1;2\n02 South;3;4\n", name: "population.csv", subdirectory: "population")
        var px = PXText()
        px.values = "VALUES(\"region\")=\"01 North\",\"02 South\";\nVALUES(\"year\")=\"2010\",\"2011\";\n"
        for codes in [px.codes, ""] {
            px.codes = codes
            let document = try TableReading.read(
                SourceDocument(name: "pop.px", bytes: Array(px.text.utf8), subdirectory: DatasetID("population")),
                definitions: .builtIn, bound: csv.facts.plan)
            #expect(document.facts.dataset == csv.facts.dataset)
            for (left, right) in zip(document.tables, csv.tables) {
                #expect(left.keySpace == right.keySpace)
                #expect(left.cells == right.cells)
            }
        }
    }

    @Test func oneValueThatTheDatasetHasThroughout() throws {
        let csv = try TableReadingTests.read(
            "region;sex;2010;2011\n01 North;total;1;2\n02 South;total;3;4\n", name: "population.csv",
            subdirectory: "population")
        #expect(csv.tables[0].dimensionIDs == ["region"])
        var px = PXText()
        px.stub = "STUB=\"region\",\"sex\";\n"
        func next(_ sex: String) throws(Reason) -> ReadDocument {
            var px = px
            px.values += "VALUES(\"sex\")=\"\(sex)\";\n"
            return try TableReading.read(
                SourceDocument(name: "pop.px", bytes: Array(px.text.utf8), subdirectory: DatasetID("population")),
                definitions: .builtIn, bound: csv.facts.plan)
        }
        #expect(try next("total").tables[0].dimensionIDs == ["region"])
        #expect(throws: Reason.self) { try next("men") }
    }

    @Test func definitionNamesDimensions() throws {
        let definitions = try definitions(
            """
            dataset: people
            match: {agency-id: [pop1]}
            period: stock
            dimensions: [{id: area, label: Area, column: region, total: {code: "02"}}]
            measures: [{code: persons, unit: persons, kind: count, decimals: 1}]
            """)
        let document = try read(PXText(), definitions: definitions)
        #expect(document.facts.dataset.slug == "people")
        #expect(document.tables[0].dimensionIDs == ["area"])
        #expect(document.tables[0].keySpace.dimensions[0].totalCode == "02")
        #expect(document.tables[0].shown("02") == "3.0")
        #expect(document.tables[0].period.kind == .stock)
    }

    // MARK: Refusals have a place

    @Test func wrongNumbersOfFigures() {
        var px = PXText()
        px.data = "1 2\n3\n"
        let few = refused(px)
        #expect(few?.found == "3 figures" && few?.expected == "2 × 2 = 4")
        px.data = "1 2\n3 4\n5 6\n"
        let many = refused(px)
        #expect(many?.found == "6 figures; `5` is the first too many" && many?.column == 1)
    }

    @Test func cutOff() {
        var px = PXText()
        px.end = ""
        #expect(refused(px)?.message.contains("cut off") == true)
    }

    @Test(arguments: ["STUB", "VALUES(\"region\")", "VALUES(\"year\")", "DATA"])
    func missingKeyword(keyword: String) {
        let text = PXText().text.split(separator: "\n").filter { !$0.hasPrefix(keyword + "=") }.joined(separator: "\n")
        guard let reason = refusal(of: text, name: "pop.px") else { return }
        #expect(reason.line != nil && reason.remedy != nil, "\(reason)")
    }

    @Test(arguments: [
        ("M1", "months"), ("Q1", "quarters"), ("H1", "half-years"), ("W1", "weeks"), ("K", "quarters"), ("X", "times"),
    ])
    func partsOfYears(kind: String, word: String) {
        var px = PXText()
        px.times = "TIMEVAL(\"year\")=TLIST(\(kind)),\"20101\",\"20102\";\n"
        let reason = refused(px)
        #expect(reason?.message.contains(word) == true && reason?.line == 13, "\(String(describing: reason))")
    }

    /// A number stays what it is stored as, though a sign for what rounds to zero is printed so.
    @Test func zeroIsNoSign() throws {
        var px = PXText()
        px.data = "0 2\n3 \"-\"\n"
        let document = try read(px, sidecar: Sidecar(dialect: "scb"))
        #expect(document.tables[0].shown("01") == "0")
        #expect(document.tables[1].shown("02") == "nil")
    }

    @Test func limits() {
        var limits = ReadingLimits()
        limits.cells = 3
        #expect(refused(PXText(), limits: limits)?.found == "2 × 2 cells")
        limits = ReadingLimits()
        limits.categories = 1
        #expect(refused(PXText(), limits: limits)?.message.contains("limit") == true)
    }
}
