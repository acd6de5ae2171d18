import Annals
import Definitions

/// Which dataset a file is of, and in which dialect, by the order of evidence in `docs/formats/definitions.md`.
struct TableIdentity {
    let title: TitleLine?
    let definition: DatasetDefinition?
    let dialect: Dialect
    private let given: DatasetID?
    private let sidecarYear: Int?
    private let presumed: DatasetID?
    private let fileName: FileName

    /// - Parameters:
    ///   - input: The file.
    ///   - title: The title line, where the file has one.
    ///   - presumedDialect: The one that holds where neither sidecar nor definition names one.
    /// - Throws: Where sidecar and subdirectory, or two definitions, contradict one another, or a name is unknown.
    init(
        _ input: ReaderInput, title: TitleLine?, dialect presumedDialect: String = Definitions.genericDialect
    ) throws(Reason) {
        let document = input.document
        self.title = title
        fileName = input.fileName
        sidecarYear = document.sidecar?.year
        given = try Self.given(document)
        presumed = document.presumed
        definition = try Self.definition(input, given: given, title: title)
        let name = document.sidecar?.dialect ?? definition?.dialect ?? presumedDialect
        guard let dialect = input.definitions.dialects[name] else {
            throw Reason(
                "The dialect `\(name)` is unknown", found: name,
                expected: "one of \(input.definitions.dialects.keys.sorted().joined(separator: ", "))",
                remedy: "Correct `dialect:` in the sidecar")
        }
        self.dialect = definition?.numbers.applied(to: dialect) ?? dialect
    }

    /// The years that the file is said to be of, whatever its columns hold: the sidecar's, else the title's, else the name's.
    var claimedYears: Set<Int> {
        if let sidecarYear { return [sidecarYear] }
        let inTitle = title?.mentions.years ?? []
        return Set((inTitle.isEmpty ? fileName.mentions.years : inTitle).map(\.year))
    }

    private static func given(_ document: SourceDocument) throws(Reason) -> DatasetID? {
        if let fromSidecar = document.sidecar?.dataset, let folder = document.subdirectory, fromSidecar != folder {
            throw Reason(
                "The sidecar says the dataset is `\(fromSidecar)`, the inbox folder says `\(folder)`",
                found: fromSidecar.slug, expected: folder.slug, remedy: "Correct the one that is wrong")
        }
        return document.sidecar?.dataset ?? document.subdirectory
    }

    private static func definition(
        _ input: ReaderInput, given: DatasetID?, title: TitleLine?
    ) throws(Reason) -> DatasetDefinition? {
        if let given { return input.definitions.definition(of: given) }
        let found = input.definitions.definitions(
            title: title?.cleaned, fileName: input.document.name, agencyID: title?.agencyID)
        guard found.count <= 1 else {
            let names = found.map(\.dataset.slug).sorted().joined(separator: ", ")
            throw Reason(
                "More than one definition fits the file: \(names)", found: names, expected: "one dataset",
                remedy: "Say which in a sidecar NAME.meta.yaml: "
                    + found.map { "`dataset: \($0.dataset)`" }.sorted().joined(separator: " or "))
        }
        let saysNothing = title?.agencyID == nil && title?.cleaned == nil
        if found.isEmpty, saysNothing, let presumed = input.document.presumed {
            return input.definitions.definition(of: presumed)
        }
        return found.first
    }

    /// The dataset's id, once the dimensions are known.
    ///
    /// - Parameter dimensions: Ids, without the measure dimension.
    /// - Returns: Given, defined, the agency's id with the dimensions, the title's slug, presumed, or the file name's.
    /// - Throws: Where nothing names the dataset.
    func dataset(dimensions: [String]) throws(Reason) -> DatasetID {
        if let given { return given }
        if let definition { return definition.dataset }
        if let agencyID = title?.agencyID,
            let dataset = DatasetID(title: ([agencyID] + dimensions).joined(separator: "-"))
        {
            return dataset
        }
        if let cleaned = title?.cleaned, let dataset = DatasetID(title: cleaned) { return dataset }
        if let presumed { return presumed }
        if let name = fileName.title, let dataset = DatasetID(title: name) { return dataset }
        throw Reason(
            "Nothing names the dataset: the file has no title, and its name is only a year",
            expected: "a title or a file name",
            remedy: "Say `dataset:` in a sidecar NAME.meta.yaml, or give the file a name")
    }

    /// The title for people.
    var name: String { title?.cleaned ?? definition?.title ?? fileName.title ?? fileName.stem }
}
