import Annals
import Definitions
import TableReading
import Testing

/// Each line that a remedy proposes leads somewhere: with it the file is read with the roles that the line gives, or is
/// refused for another reason.
@Suite struct RemedyTests {
    @Test(arguments: ReadingCase.all) func leadsSomewhere(file: ReadingCase) throws {
        guard let reason = Self.refusal({ () throws(Reason) in try file.read() }), let remedy = reason.remedy else {
            return
        }
        for line in ProposedLine.all(in: remedy) {
            let second = try Self.outcome(of: line, file)
            let leadsBack = second.map {
                $0.message == reason.message
                    || $0.line == reason.line && $0.column == reason.column && $0.found == reason.found
            }
            #expect(leadsBack != true, "\(file.id): \(line.yaml) leads back to: \(reason)")
        }
    }

    /// A small file that is refused, and what each line of its remedy leads to: `read`, or words of another refusal.
    struct Refused: Sendable {
        var name = "x-2011.csv"
        var text: String
        /// Keys of a definition in force.
        var definition: String?
        var leadsTo: [String]
    }

    static let refused: [Refused] = [
        Refused(text: "region;v\nNorth;1,234\nSouth;2,345\n", leadsTo: ["read", "read"]),
        Refused(text: "region;v\nNorth;1.234\nSouth;2.345\n", leadsTo: ["read", "read"]),
        Refused(
            name: "x.csv", text: "region;births, 2011;births, 2011-12-31\nNorth;1;2\nSouth;3;4\n", leadsTo: ["read"]),
        Refused(
            name: "x.csv", text: "region;2010;2011;2006-2010\nNorth;1;2;3\nSouth;3;4;7\n", leadsTo: ["read"]),
        Refused(
            text: "region;a;b;v\nNorth;1;1;12.5\nNorth;2;2;13.5\nSouth;1;2;14.5\nSouth;2;1;15.5\n",
            leadsTo: ["read", "read"]),
        Refused(
            name: "x.csv",
            text: "year;period;region;v\n2010;2011;North;4\n2011;2010;North;5\n2010;2010;South;6\n2011;2011;South;7\n",
            leadsTo: ["read", "read"]),
        Refused(
            text: "region;sex;births\nNorth;F;12\nNorth;M;14\nSouth;F;20\nSouth;M;21\n",
            definition: "columns: {keys: [region], values: [births]}", leadsTo: ["read"]),
        Refused(
            text: "STATE;COUNTY;POP\n1;11;12\n11;1;15\n2;1;7\n",
            definition: "columns: {keys: [{id: county, of: [STATE, COUNTY]}], values: [POP]}", leadsTo: ["read"]),
        Refused(
            text: "region;births;OBS_STATUS\nNorth;12;M\nSouth;20;A\nWest;21;A\n", leadsTo: ["read"]),
        Refused(
            name: "x.csv", text: "region;2010 (kr);2011 (1000 kr)\nNorth;1;2\nSouth;3;4\n", leadsTo: ["read", "read"]),
        Refused(
            name: "x.txt", text: "Sales\n\n\t2010 (kr)\t2011 (1000 kr)\nNorth\t1\t2\nSouth\t3\t4\n",
            leadsTo: ["read", "read"]),
        Refused(
            name: "x.csv", text: "Births 2010 and 2011\nregion;births\nNorth;12\nSouth;20\n", leadsTo: ["read", "read"]),
    ]

    @Test(arguments: refused.indices) func smallFiles(index: Int) throws {
        let refused = Self.refused[index]
        let yaml = "dataset: x\nmatch: {file: x*}\n" + (refused.definition ?? "") + "\n"
        let file = ReadingCase(
            id: "small \(index)", name: refused.name, bytes: Array(refused.text.utf8), sidecar: nil,
            definitions: refused.definition == nil
                ? .builtIn : try Definitions.load(directory: [("datasets.d/x.yaml", yaml)]))
        let reason = try #require(Self.refusal { () throws(Reason) in try file.read() })
        let lines = ProposedLine.all(in: reason.remedy ?? "")
        #expect(lines.count == refused.leadsTo.count, "\(reason)")
        for (line, wanted) in zip(lines, refused.leadsTo) {
            let second = try Self.outcome(of: line, file)
            let isAsWanted = second.map { $0.message.contains(wanted) } ?? (wanted == "read")
            #expect(isAsWanted, "\(line.yaml): \(second.map { "\($0)" } ?? "read")")
        }
    }

    /// The refusal of a file with a line of its remedy applied; nil where it is read, with the roles that the line gives.
    private static func outcome(of line: ProposedLine, _ file: ReadingCase) throws -> Reason? {
        var definitions = file.definitions
        var sidecar = file.sidecar
        switch line.place {
        case .definition:
            let draft = try #require(
                DefinitionDraft(refused: file.name, dataset: file.sidecar?.dataset, definitions: definitions)
                    ?? DefinitionDraft(
                        refused: file.name, dataset: DatasetID("drafted"), definitions: definitions))
            definitions = try definitions.replacing(draft.applying(line).yaml, path: "datasets.d/draft.yaml")
            if sidecar?.dataset == nil { sidecar = Sidecar(sidecar, dataset: draft.definition.dataset) }
        case .sidecar: sidecar = try Sidecar.parse(line.yaml, file: "sidecar")
        }
        return refusal { () throws(Reason) in
            let document = try file.read(definitions, sidecar: sidecar)
            for column in document.plan.columns {
                guard let role = roles(document.definition?.columns)[column.name] else { continue }
                #expect(role == column.role, "\(file.id): `\(column.name)` under \(line.yaml)")
            }
            return document
        }
    }

    private static func refusal(_ read: () throws(Reason) -> ReadDocument) -> Reason? {
        do throws(Reason) {
            _ = try read()
            return nil
        } catch {
            return error
        }
    }

    private static func roles(_ columns: DatasetDefinition.Columns?) -> [String: ReadingPlan.Role] {
        guard let columns else { return [:] }
        var roles: [String: ReadingPlan.Role] = [:]
        for name in columns.keyNames { roles[name] = .key }
        for name in columns.ignored { roles[name] = .ignored }
        for name in columns.attributes { roles[name] = .attribute }
        if let year = columns.year?.column { roles[year] = .year }
        return roles
    }
}

extension Sidecar {
    /// The same with a dataset.
    fileprivate init(_ other: Sidecar?, dataset: DatasetID) {
        self = other ?? Sidecar()
        self.dataset = dataset
    }
}
