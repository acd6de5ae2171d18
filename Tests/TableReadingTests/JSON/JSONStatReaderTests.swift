import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct JSONStatReaderTests {
    /// A dataset of two regions and two years, with further members, or others in the place of these.
    private func dataset(
        value: String = "[1, 2, 3, 4]",
        region: String = #""index": ["01", "02"], "label": {"01": "North", "02": "South"}"#,
        size: String = "[2, 2]", role: String = #", "role": {"time": ["Tid"]}"#, more: String = "",
        label: String = "Births by region"
    ) -> String {
        """
        {"version": "2.0", "class": "dataset", "label": "\(label)", "id": ["region", "Tid"], "size": \(size)\(role),
        "dimension": {"region": {"category": {\(region)}},
        "Tid": {"label": "year", "category": {"index": {"2010": 0, "2011": 1}}}},
        "value": \(value)\(more.isEmpty ? "" : ", " + more)}
        """
    }

    private func table(_ text: String, _ year: Int = 2011) throws -> Table {
        let document = try read(text, name: "births.json")
        return try #require(document.tables.first { $0.period.year == year })
    }

    // MARK: Forms

    @Test func aDatasetBecomesATableAYear() throws {
        let document = try read(
            dataset(more: #""updated": "2024-02-22T07:00:00Z", "note": ["One.", "Two  lines."]"#), name: "x.json")
        #expect(document.facts.reader == "json-stat" && document.facts.dataset.slug == "births-by-region")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables[1].shown("01") == "2" && document.tables[1].shown("02") == "4")
        #expect(document.tables[0].keySpace.dimensions[0].categories[1].label == "South")
        #expect(document.tables[0].notes == ["One.", "Two lines."])
        #expect(document.published == Instant(iso8601: "2024-02-22T07:00:00Z"))
    }

    /// Index and values in each form that the format has are one table.
    @Test func forms() throws {
        let plain = try read(dataset(), name: "x.json").tables
        let index = #""index": {"02": 1, "01": 0}, "label": {"02": "South", "01": "North"}"#
        #expect(try read(dataset(region: index), name: "x.json").tables == plain)
        let texts = #"["1", "2", "3", "4"]"#
        #expect(try read(dataset(value: texts), name: "x.json").tables == plain)
        let object = #"{"3": 4, "0": 1, "2": 3, "1": 2}"#
        #expect(try read(dataset(value: object), name: "x.json").tables == plain)
        let whole = "[1.0, 2.0, 3.0, 4e0]"
        #expect(try read(dataset(value: whole), name: "x.json").tables == plain)
    }

    @Test func olderVersion() throws {
        let dimension = """
            "dimension": {"id": ["region", "Tid"], "size": [2, 2], "role": {"time": ["Tid"]},
            "region": {"category": {"index": ["01", "02"], "label": {"01": "North", "02": "South"}}},
            "Tid": {"label": "year", "category": {"index": {"2010": 0, "2011": 1}}}}
            """
        let older = "{\"dataset\": {\"label\": \"Births by region\", \"value\": [1, 2, 3, 4], \(dimension)}}"
        #expect(try read(older, name: "x.json").tables == read(dataset(), name: "x.json").tables)
        let two = older.dropLast() + ", \"other\": {\"value\": [1, 2, 3, 4], \(dimension)}}"
        #expect(refusal(of: String(two), name: "x.json")?.message.contains("2 datasets: `dataset`, `other`") == true)
    }

    @Test func envelopes() throws {
        let tables = try read(dataset(), name: "x.json").tables
        let rpc = "{\"jsonrpc\": \"2.0\", \"result\": \(dataset()), \"id\": 1}"
        #expect(try read(rpc, name: "x.json").tables == tables)
        func collection(_ items: String) -> String {
            "{\"version\": \"2.0\", \"class\": \"collection\", \"link\": {\"item\": [\(items)]}}"
        }
        #expect(try read(collection(dataset()), name: "x.json").tables == tables)
        let link = #"{"class": "dataset", "href": "https://stat.example/1"}"#
        #expect(refusal(of: collection(link), name: "x.json")?.found == "https://stat.example/1")
        #expect(
            refusal(of: collection("\(dataset()), \(dataset())"), name: "x.json")?.message.contains("2 datasets")
                == true)
        #expect(
            refusal(of: collection("\(dataset()), \(link)"), name: "x.json")?.message.contains("2 datasets") == true)
        let dimension = #"{"version": "2.0", "class": "dimension", "category": {"index": ["a"]}}"#
        #expect(refusal(of: dimension, name: "x.json")?.message.contains("one dimension") == true)
        let error = #"{"version": "2.0", "class": "error", "error": [{"status": "404", "label": "Not found"}]}"#
        #expect(refusal(of: error, name: "x.json")?.message.contains("an error") == true)
    }

    @Test func oneCategoryNeedsNoIndex() throws {
        let one = dataset(value: "[1, 2]", region: #""label": {"CA": "Canada"}"#, size: "[1, 2]")
        #expect(try table(one).shown("CA") == "2")
        let two = dataset(region: #""label": {"01": "North", "02": "South"}"#)
        #expect(refusal(of: two, name: "x.json")?.message.contains("no `index`") == true)
    }

    // MARK: Years

    @Test func yearsWithoutARole() throws {
        #expect(try table(dataset(role: "")).shown("02") == "4")
        let months = dataset().replacing("\"2010\": 0, \"2011\": 1", with: "\"2010M01\": 0, \"2010M02\": 1")
        #expect(refusal(of: months, name: "x.json")?.message.contains("months") == true)
        let split = dataset().replacing(
            "\"2010\": 0, \"2011\": 1}",
            with: "\"2010\": 0, \"2011\": 1}, \"label\": {\"2010\": \"2010/11\", \"2011\": \"2011/12\"}")
        #expect(try read(split, name: "x.json").tables.map(\.period.label) == ["2010/11", "2011/12"])
        let both = dataset(role: #", "role": {"time": ["Tid", "region"]}"#)
        #expect(refusal(of: both, name: "x.json")?.message.contains("More than one dimension") == true)
        #expect(refusal(of: dataset(role: #", "role": {"time": ["time"]}"#), name: "x.json") != nil)
    }

    // MARK: Values and statuses

    @Test func whatIsMissing() throws {
        let nulls = try table(dataset(value: "[1, null, 3, 4]"))
        #expect(nulls.shown("01") == "blank")
        let left = try table(dataset(value: #"{"0": 1, "2": 3, "3": 4}"#))
        #expect(left.shown("01") == "absent" && left.shown("02") == "4")
        let pxweb = #""extension": {"px": {"tableid": "TAB638"}}"#
        for status in [#"{"1": ".."}"#, #"[null, "..", "", null]"#] {
            let document = try read(
                dataset(value: "[1, null, 3, 4]", more: "\"status\": \(status), \(pxweb)"), name: "x.json")
            #expect(document.tables[1].shown("01") == "not-available" && document.tables[1].shown("02") == "4")
            #expect(document.facts.dialect == "px" && document.facts.dataset.slug == "tab638-region")
        }
        let unknown = refusal(of: dataset(value: "[1, null, 3, 4]", more: #""status": {"1": ".."}"#), name: "x.json")
        #expect(unknown?.message.contains("..") == true && unknown?.remedy?.contains("dialect: ssb") == true)
        #expect(unknown?.line == 4)
        let added = try table(
            dataset(value: #"{"0": 1, "2": 3, "3": 4}"#, more: "\"status\": {\"1\": \"..\"}, \(pxweb)"))
        #expect(added.shown("01") == "not-available")
        let text = try table(dataset(value: #"[1, "-", 3, 4]"#))
        #expect(text.shown("01") == "nil")
    }

    @Test func flags() throws {
        let eurostat = #""extension": {"agencyId": "ESTAT", "id": "DEMO_X"}"#
        let some = try read(dataset(more: "\"status\": {\"1\": \"p\", \"3\": \"be\"}, \(eurostat)"), name: "x.json")
        #expect(some.tables[1].shown("01") == "2 provisional" && some.tables[1].shown("02") == "4 estimated break")
        #expect(some.facts.dataset.slug == "demo-x-region")
        for all in ["\"p\"", "[\"p\"]"] {
            #expect(try table(dataset(more: "\"status\": \(all), \(eurostat)"), 2010).shown("02") == "3 provisional")
        }
        let hidden = refusal(of: dataset(more: "\"status\": {\"1\": \":c\"}, \(eurostat)"), name: "x.json")
        #expect(hidden?.message.contains("no figure") == true && hidden?.remedy?.contains("published") == true)
        let zero = try table(dataset(value: "[1, 0, 3, null]", more: #""status": {"1": "-", "3": "-"}"#))
        #expect(zero.shown("01") == "nil" && zero.shown("02") == "nil")
    }

    /// The statuses of Annal's own answers mean the same in every dialect.
    @Test func ownStatuses() throws {
        let own = try table(
            dataset(value: "[1, 0, 3, null]", more: #""status": {"1": "below-unit", "3": "confidential provisional"}"#))
        #expect(own.shown("01") == "below-unit" && own.shown("02") == "confidential provisional")
        #expect(try table(dataset(more: #""status": {"1": "value break"}"#)).shown("01") == "2 break")
    }

    @Test(arguments: [
        ("[1, 2, 3]", "fewer values"), ("[1, 2, 3, 4, 5]", "more values"), ("{\"4\": 1}", "no place"),
        ("{\"00\": 1}", "no place"), ("{\"-1\": 1}", "no place"), ("{\"\": 1}", "no place"),
        ("{\"1e0\": 1}", "no place"),
        ("[1, true, 3, 4]", "true or false"), ("[1, [2], 3, 4]", "an array"), ("[1, {}, 3, 4]", "an object"),
        ("7", "`value` is a number"), ("[1, 2, 3, 99999999999999999999]", "too large"),
        ("[1, 2, 3, 1e40]", "too large"),
        ("[1, \"1,5\", 3, 4]", "1,5"), ("[1, \"007\", 3, 4]", "begins with a zero"), ("[1, \"x\", 3, 4]", "x"),
        ("[0.000000000000000001, 12, 3, 4]", "too large"),
    ])
    func refusedValues(value: String, message: String) {
        let reason = refusal(of: dataset(value: value), name: "x.json")
        #expect(reason?.message.contains(message) == true, "\(value): \(reason?.message ?? "")")
        #expect(reason?.line == 4 && reason?.remedy != nil, "\(value)")
    }

    @Test(arguments: [
        ("[\"a\", \"b\", \"c\", \"d\", \"e\"]", "5 elements"), ("[null, \"p\"]", "2 elements"),
        ("{\"4\": \"p\"}", "no place"),
        ("7", "`status` is a number"), ("{\"1\": 7}", "A status is a number"), ("{\"1\": \"zz\"}", "zz"),
    ])
    func refusedStatuses(status: String, message: String) {
        let reason = refusal(of: dataset(more: "\"status\": \(status)"), name: "x.json")
        #expect(reason?.message.contains(message) == true, "\(status): \(reason?.message ?? "")")
    }

    // MARK: Dimensions

    @Test(arguments: [
        ("\"index\": [\"01\"]", "[2, 2]", "has 1 categories"),
        ("\"index\": [\"01\", \"01\"]", "[2, 2]", "stands twice"),
        ("\"index\": {\"01\": 0, \"02\": 2}", "[2, 2]", "is none"),
        ("\"index\": {\"01\": 0, \"02\": 0}", "[2, 2]", "have the place 0"),
        ("\"index\": {\"01\": 0, \"02\": 1.5}", "[2, 2]", "is none"),
        ("\"index\": {\"01\": 1}", "[2, 2]", "has 1 categories"),
        ("\"index\": \"01\"", "[2, 2]", "The index of"), ("\"index\": [1, 2]", "[2, 2]", "A code of"),
        ("\"index\": [\"01\", \"02\"], \"label\": [\"a\", \"b\"]", "[2, 2]", "The labels of"),
        ("\"index\": [\"01\", \"02\"]", "[2]", "`size` has 1 numbers"),
        ("\"index\": [\"01\", \"02\"]", "[2, 0]", "no categories"),
        ("\"index\": [\"01\", \"02\"]", "[2, -1]", "no whole number"),
        ("\"index\": [\"01\", \"02\"]", "[2, 9223372036854775807]", "more categories"),
        ("\"index\": [\"01\", \"02\"]", "[2, 99999999999999999999]", "no whole number"),
        ("\"index\": [\"01\", \"02\"]", "[3, 2]", "`size` says 3"),
    ])
    func refusedDimensions(region: String, size: String, message: String) {
        let reason = refusal(of: dataset(region: region, size: size), name: "x.json")
        #expect(reason?.message.contains(message) == true, "\(region) \(size): \(reason?.message ?? "")")
        #expect(reason?.line != nil && reason?.remedy != nil)
    }

    /// More combinations than can be numbered, and more than may be, before anything is allocated for them.
    @Test func tooManyCombinations() {
        func cube(_ value: String, categories: Int, dimensions: Int) -> String {
            let codes = (0..<categories).map { "\"\($0)\"" }.joined(separator: ",")
            let names = (0..<dimensions).map { "\"d\($0)\"" }
            return "{\"class\":\"dataset\",\"version\":\"2.0\",\"id\":[\(names.joined(separator: ","))],\"size\":["
                + names.map { _ in "\(categories)" }.joined(separator: ",") + "],\"dimension\":{"
                + names.map { "\($0):{\"category\":{\"index\":[\(codes)]}}" }.joined(separator: ",")
                + "},\"value\":\(value)}"
        }
        let overflow = refusal(of: cube("{\"0\":1}", categories: 10_000, dimensions: 5), name: "x-2011.json")
        #expect(overflow?.message.contains("more cells") == true)
        let large = refusal(of: cube("[1]", categories: 1000, dimensions: 3), name: "x-2011.json")
        #expect(large?.message.contains("more cells") == true && large?.expected == "at most 50000000")
    }

    // MARK: What is counted

    private func measures(_ units: String, value: String = "[1, 2, 1.5, 2.55]", more: String = "") -> String {
        """
        {"version": "2.0", "class": "dataset", "label": "Figures", "id": ["c", "region"], "size": [2, 2],
        "role": {"metric": ["c"]}, "dimension": {
        "c": {"category": {"index": ["p", "r"], "label": {"p": "Population", "r": "Rate"}, "unit": \(units)}\(more)},
        "region": {"category": {"index": ["N", "S"]}}}, "value": \(value)}
        """
    }

    @Test func units() throws {
        let text = measures(
            #"{"p": {"label": "thousands of persons", "base": "people", "multiplier": 3, "decimals": 0}, "r": {"symbol": "%", "decimals": 1}}"#,
            more: #", "extension": {"measuringType": {"p": "Stock", "r": "Stock"}}"#)
        let document = try read(text, name: "figures-2011.json")
        let table = document.tables[0]
        #expect(table.measures.map(\.decimals) == [0, 2] && table.measures.map(\.multiplier) == [3, 0])
        #expect(table.measures.map(\.unit) == ["persons", "percent"] && table.measures[1].kind == .percent)
        #expect(table.period.kind == .stock)
        #expect(table.keySpace.dimensions.contains { $0.isMeasure })
        #expect(document.facts.findings.contains { $0.code == "more-decimals" })
    }

    @Test func unitsThatContradict() {
        let text = measures(#"{"p": {"label": "thousands of persons", "multiplier": 6}}"#)
        #expect(refusal(of: text, name: "figures-2011.json")?.message.contains("its multiplier is 6") == true)
        let odd = measures(#"{"p": {"label": "persons", "multiplier": 1000}}"#)
        #expect(refusal(of: odd, name: "figures-2011.json")?.message.contains("no power of ten") == true)
    }

    /// A unit in words has its multiplier in them.
    @Test func unitsInWords() throws {
        let table = try read(
            measures(#"{"p": {"base": "1000 personer", "decimals": 0}, "r": {"base": "antal"}}"#),
            name: "figures-2011.json"
        ).tables[0]
        #expect(table.measures.map(\.unit) == ["persons", "number"] && table.measures.map(\.multiplier) == [3, 0])
    }

    @Test func sourcePlaces() throws {
        for (value, column) in [("[1, 22, 3, 4.0]", 21), (#"{"0": 1, "1": 22, "3": 4.0}"#, 33)] {
            let tables = try TableReading.sourceTables(
                SourceDocument(name: "x.json", bytes: Array(dataset(value: value).utf8)), definitions: .builtIn)
            #expect(tables[1].origin(at: ["02"]) == CellOrigin(line: 4, column: column, text: "4.0"))
        }
    }
}
