import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct TableIdentityTests {
    private let body = "county;persons\nØstfold;5\nAkershus;6\n"

    @Test func orderOfEvidence() throws {
        #expect(try read(body, name: "my_flows_2011.csv").facts.dataset.slug == "my-flows")
        #expect(try read("Big flows 2011\n\n" + body).facts.dataset.slug == "big-flows")
        #expect(try read("07459: Big flows 2011\n\n" + body).facts.dataset.slug == "07459-county")
        let office = try definitions("dataset: flows\nmatch: {title: Big flows}\n")
        #expect(try read("3 Big flows. 2011\n\n" + body, definitions: office).facts.dataset.slug == "flows")
        let mine = try read("Big flows 2011\n\n" + body, subdirectory: "mine", definitions: office)
        #expect(mine.facts.dataset.slug == "mine")
        let sidecar = Sidecar(dataset: DatasetID("yours"))
        #expect(try read(body, sidecar: sidecar, definitions: office).facts.dataset.slug == "yours")
    }

    /// What is presumed goes before the file's name, and behind everything that the file says itself.
    @Test func presumed() throws {
        let office = try definitions("dataset: flows\nmatch: {title: Big flows}\n")
        let nameless = try read(
            body, name: "draft3.csv", sidecar: Sidecar(year: 2011), presumed: "flows", definitions: office)
        #expect(nameless.facts.dataset.slug == "flows" && nameless.definition?.dataset.slug == "flows")
        #expect(try read("Small flows 2011\n\n" + body, presumed: "flows").facts.dataset.slug == "small-flows")
        #expect(try read("07459: Big flows 2011\n\n" + body, presumed: "flows").facts.dataset.slug == "07459-county")
        #expect(try read("Big flows 2011\n\n" + body, presumed: "x", definitions: office).facts.dataset.slug == "flows")
        let sidecar = Sidecar(dataset: DatasetID("yours"))
        #expect(try read(body, sidecar: sidecar, presumed: "flows").facts.dataset.slug == "yours")
        #expect(TableReading.dataset(ofFileNamed: "my_flows_2011.csv")?.slug == "my-flows")
        #expect(TableReading.dataset(ofFileNamed: "2011.csv") == nil)
    }

    @Test func contradictions() {
        #expect(throws: Reason.self) {
            try read(body, sidecar: Sidecar(dataset: DatasetID("a")), subdirectory: "b")
        }
        #expect(refusal(of: body, sidecar: Sidecar(dialect: "klingon"))?.expected?.contains("ssb") == true)
        #expect(refusal(of: body, name: "2011.csv")?.message.contains("Nothing names the dataset") == true)
        var both = Definitions.builtIn
        both.datasets = ["a", "b"].map { DatasetDefinition(dataset: DatasetID($0)!, title: "Flows") }
        #expect(refusal(of: "Flows 2011\n\n" + body, definitions: both)?.found == "a, b")
    }
}
