import Annals
import Definitions
import Testing

@testable import TableReading

/// Flat records read as the same table in delimited text would be.
@Suite struct JSONRecordsTests {
    private let delimited = "region;year;n\nA;2010;1\nB;2010;2\nA;2011;3\nB;2011;4\n"

    /// The same table in all forms.
    @Test(arguments: [
        #"[{"region":"A","year":2010,"n":1},{"region":"B","year":2010,"n":2},{"region":"A","year":2011,"n":3},{"year":2011,"region":"B","n":4}]"#,
        "{\"region\":\"A\",\"year\":2010,\"n\":1}\n{\"region\":\"B\",\"year\":2010,\"n\":2}\n{\"region\":\"A\",\"year\":2011,\"n\":3}\n{\"region\":\"B\",\"year\":2011,\"n\":4}",
        #"{"data":[{"region":"A","year":2010,"n":1},{"region":"B","year":2010,"n":2},{"region":"A","year":2011,"n":3},{"region":"B","year":2011,"n":4}]}"#,
        #"{"schema":{"fields":[]},"data":[{"index":0,"region":"A","year":2010,"n":1},{"index":1,"region":"B","year":2010,"n":2},{"index":2,"region":"A","year":2011,"n":3},{"index":3,"region":"B","year":2011,"n":4}]}"#,
        #"{"columns":["region","year","n"],"index":[0,1,2,3],"data":[["A",2010,1.0],["B",2010,2.0],["A",2011,3.0],["B",2011,4.0]]}"#,
        #"{"columns":["region","year","n"],"data":[["A","2010",1],["B","2010",2],["A","2011",3],["B","2011","4"]]}"#,
        #"{"region":{"0":"A","1":"B","2":"A","3":"B"},"year":{"0":2010,"1":2010,"2":2011,"3":2011},"n":{"0":1,"1":2,"2":3,"3":4}}"#,
        #"{"0":{"region":"A","year":2010,"n":1},"1":{"region":"B","year":2010,"n":2},"2":{"region":"A","year":2011,"n":3},"3":{"region":"B","year":2011,"n":4}}"#,
        #"[["region","year","n"],["A","2010","1"],["B","2010","2"],["A","2011","3"],["B","2011","4"]]"#,
    ])
    func forms(text: String) throws {
        let (plain, records) = (try read(delimited, name: "n.csv"), try read(text, name: "n.json"))
        #expect(records.tables == plain.tables)
        #expect(records.facts.reader == "json" && records.facts.dataset == plain.facts.dataset)
    }

    @Test(arguments: [
        ("{\"type\":\"FeatureCollection\",\"features\":[]}", "GeoJSON"),
        ("{\"error\":{\"message\":\"no\"}}", "an error"),
        ("{\"query\":[],\"response\":{\"format\":\"px\"}}", "a query for PxWeb"),
        ("{\"title\":\"t\",\"variables\":[]}", "PxWeb's description"),
        ("{\"name\":\"x\",\"dependencies\":{}}", "a program's package"),
        ("{\"data\":{\"dataSets\":[]}}", "SDMX-JSON"), ("{\"$schema\":\"x\",\"type\":\"object\"}", "a schema"),
        ("[{\"page\":1,\"total\":1},[{\"a\":1}]]", "World Bank"), ("[1,2]", "A record is a number"), ("{\"a\":\"x\",\"n\":1}", "one object of plain values"), ("[]", "is empty"),
        ("\"text\"", "a text, no table"), ("[{\"a\":1},{\"b\":2}]", "no record has all names"),
        ("{\"next\":\"u\",\"results\":[{\"a\":1,\"b\":2}]}", "stands beside the records"),
        ("[{\"a\":\"x\",\"b\":{\"c\":1}}]", "records are flat"), ("[{\"a\":\"x\",\"b\":[1]}]", "records are flat"),
        ("{\"a\":{\"x\":1},\"b\":{\"y\":2}}", "nothing tells which"), ("[{\"n\":1},{\"n\":2}]", "one name each"),
        ("[[1,2],[3,4]]", "doesn't name their columns"), ("[[\"a\",\"b\"],[\"x\"]]", "A row has 1 values"),
        ("[[\"a\",\"a\"],[\"x\",1]]", "Two columns are called"),
        ("[{\"a\":\"x\",\"n\":1},{\"a\":null,\"n\":null}]", "says nothing"),
        ("[{\"a\":\"x\\u0000\",\"n\":1}]", "control character"),
    ])
    func refused(text: String, message: String) {
        let reason = refusal(of: text, name: "n-2011.json")
        #expect(reason?.message.contains(message) == true, "\(reason?.message ?? "")")
        #expect(reason?.line != nil && reason?.remedy != nil)
    }

    /// A point is a decimal mark in JSON, whatever a figure with three decimals looks like elsewhere.
    @Test func decimals() throws {
        let text =
            #"[{"region":"A","rate":1.234},{"region":"B","rate":2.345},{"region":"C","rate":12.300000000000001}]"#
        let table = try read(text, name: "rates-2011.json").tables[0]
        #expect(table.shown("A") == "1.234" && table.shown("C") == "12.300")
        let comma = Sidecar(dialect: "destatis")
        #expect(try read(text, name: "rates-2011.json", sidecar: comma).tables[0].shown("B") == "2.345")
        let whole = #"[{"region":"A","n":1.0},{"region":"B","n":null},{"region":"C","n":1.0E3}]"#
        let counts = try read(whole, name: "counts-2011.json").tables[0]
        #expect(counts.shown("A") == "1" && counts.shown("B") == "blank" && counts.shown("C") == "1000")
    }

    /// R leaves out what is missing.
    @Test func missingMembers() throws {
        let document = try read(
            #"[{"region":"A","n":1,"m":2},{"region":"B","m":3}]"#, name: "n-2011.json")
        #expect(document.tables[0].shown("B", "n") == "blank" && document.tables[0].shown("B", "m") == "3")
        #expect(document.facts.findings.contains { $0.code == "missing-members" })
    }

    /// Reasons and findings have places in the JSON file, and count records.
    @Test func places() {
        let symbol = refusal(
            of:
                "[\n  {\"region\": \"A\", \"n\": 1},\n  {\"region\": \"B\", \"n\": \"..\"},\n {\"region\": \"C\", \"n\": 1}]",
            name: "n-2011.json")
        #expect(symbol?.line == 3 && symbol?.column == 24 && symbol?.found == "..")
        let twice = refusal(
            of: #"[{"region": "A", "n": 1}, {"region": "B", "n": 1}, {"region": "A", "n": 2}]"#, name: "n-2011.json")
        #expect(twice?.message.hasPrefix("Records 1 and 3 have the same keys") == true, "\(twice?.message ?? "")")
        #expect(
            JSONRecordPlaces.ofRecords("`a` in line 12 (lines 2 and 3, line x)")
                == "`a` in record 11 (records 1 and 2, line x)")
    }

    @Test func sourcePlaces() throws {
        let text = "[\n{\"region\": \"B\", \"n\": 2},\n{\"region\": \"A\", \"n\": 1.0}\n]"
        let tables = try TableReading.sourceTables(
            SourceDocument(name: "n-2011.json", bytes: Array(text.utf8)), definitions: .builtIn)
        #expect(tables[0].origin(at: ["A"]) == CellOrigin(line: 3, column: 22, text: "1.0"))
    }

    @Test func textsOfBytes() {
        let latin =
            Array("[{\"region\": \"".utf8) + [0xD8] + Array("stfold\", \"n\": 1},{\"region\":\"Oslo\",\"n\":2}]".utf8)
        func read(_ sidecar: Sidecar?) throws(Reason) -> ReadDocument {
            try TableReading.read(
                SourceDocument(name: "n-2011.json", bytes: latin, sidecar: sidecar), definitions: .builtIn)
        }
        #expect(throws: Reason.self) { try read(nil) }
        #expect(throws: Never.self) { try read(Sidecar(encoding: .windows1252)) }
    }

    /// What only begins like JSON is a page or a table as before.
    @Test func otherTexts() throws {
        #expect(try read("[a];2010;2011\nNorth;1;2\nSouth;3;4\n").facts.reader == "delimited")
        #expect(refusal(of: "{a};2010\n", name: "n.json")?.message.contains("A key should stand") == true)
    }
}
