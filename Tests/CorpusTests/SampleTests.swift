import Annals
import Definitions
import TableReading
import TestSupport
import Testing

/// The publishers' own files beside the repository; skipped, with a line that says so, where they are absent.
@Suite struct SampleTests {
    private func read(_ path: String, dialect: String? = nil) -> Result<ReadDocument, Reason>? {
        guard let bytes = RepositoryFiles.sample(path) else { return nil }
        let name = String(path.split(separator: "/").last ?? "")
        let document = SourceDocument(name: name, bytes: bytes, sidecar: dialect.map { Sidecar(dialect: $0) })
        do throws(Reason) {
            return .success(try TableReading.read(document, definitions: .builtIn))
        } catch {
            return .failure(error)
        }
    }

    private func shown(_ table: Table, _ codes: String...) -> Int64? {
        table.cell(at: codes).map { table.cells.values[$0] }
    }

    @Test(arguments: [("2011_12", "2011-12", 623), ("2012_13", "2012-13", 632), ("2013_14", "2013-14", 392)])
    func originDestinationFlows(file: String, label: String, rows: Int) throws {
        guard let result = read("od-flows/inflow_\(file).csv") else { return }
        let document = try result.get()
        #expect(document.facts.dataset.slug == "inflow")
        let table = document.tables[0]
        #expect(table.period.label == label)
        #expect(table.keySpace.dimensions.map(\.id) == ["origin", "measure"])
        #expect(table.keySpace.dimensions[0].categories.count == rows)
        #expect(table.measures.map(\.code) == ["returns", "exempts"])
        let first = table.keySpace.dimensions[0].categories[0]
        #expect(first.code == "06059" && first.label == "Orange County")
        if file == "2011_12" { #expect(shown(table, "06059", "exempts") == 30298) }
    }

    @Test func statbankWideYears() throws {
        guard let result = read("statbank-csv/Personer2005-2009.csv") else { return }
        let document = try result.get()
        #expect(document.facts.dataset.slug == "personer")
        #expect(document.facts.encoding == "windows-1252")
        #expect(document.tables.map(\.period.year) == [2005, 2006, 2007, 2008, 2009])
        let table = document.tables[4]
        #expect(table.keySpace.dimensions.map(\.id) == ["region", "age"])
        #expect(table.keySpace.dimensions.map(\.categories.count) == [476, 106])
        #expect(shown(table, "0101", "0 years") == 312)
        #expect(table.keySpace.dimensions[0].categories.last?.label == "Sør-Varanger")
    }

    @Test func statbankOneYearWithLostCharacters() throws {
        guard let result = read("statbank-csv/Personer2019.csv") else { return }
        let document = try result.get()
        #expect(document.tables.map(\.period.year) == [2019])
        #expect(document.facts.findings.map(\.code) == ["lost-characters"])
        #expect(shown(document.tables[0], "2030", "103 years") == 0)
        #expect(shown(document.tables[0], "0101", "1 year") == 309)
    }

    /// None of the twelve is a statistical table: each is refused for what it lacks, never for its quotes and line ends.
    @Test(arguments: [
        ("comma_in_quotes", "No column holds figures"), ("empty", "No year"), ("empty_crlf", "No year"),
        ("escaped_quotes", "`ha"), ("json", "No column holds figures"),
        ("location_coordinates", "No year"), ("newlines", "`Once"), ("newlines_crlf", "`Once"),
        ("quotes_and_newlines", "`ha"), ("simple", "No year"), ("simple_crlf", "No year"), ("utf8", "`ʤ"),
    ])
    func csvSpectrum(name: String, message: String) {
        guard let result = read("csv-spectrum/csvs/\(name).csv") else { return }
        guard case .failure(let reason) = result else {
            Issue.record("\(name) was read")
            return
        }
        #expect(reason.message.hasPrefix(message), "\(reason)")
    }

    @Test func weeksAreRefused() {
        guard let result = read("eurostat/demo_r_mwk_ts.tsv", dialect: "eurostat") else { return }
        guard case .failure(let reason) = result else {
            Issue.record("weeks were read as years")
            return
        }
        #expect(reason.message.contains("week"), "\(reason)")
    }

    /// How many tables each has, and how many cells together.
    @Test(arguments: [("json-stat/statswe.json", 28, 1120), ("json-stat/galicia-2.0.json", 2, 3960)])
    func jsonStat(path: String, tables: Int, cells: Int) {
        guard let result = read(path) else { return }
        guard case .success(let document) = result else {
            Issue.record("\(path) is refused: \(result)")
            return
        }
        #expect(document.facts.reader == "json-stat" && document.tables.count == tables)
        #expect(document.tables.reduce(0) { $0 + $1.cells.count } == cells)
    }

    /// Months, years among quarters, and two datasets in one file.
    @Test(arguments: [
        ("json-stat/TAB6471_data.json", "months"), ("json-stat/cantabria.json", "quarters"),
        ("json-stat/oecd-canada.json", "2 datasets"),
    ])
    func jsonStatIsRefused(path: String, message: String) {
        guard let result = read(path) else { return }
        guard case .failure(let reason) = result else {
            Issue.record("\(path) was read")
            return
        }
        #expect(reason.message.contains(message), "\(reason)")
    }
}
