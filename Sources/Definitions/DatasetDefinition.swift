package import Annals

/// What an office says about one of its datasets, so that nothing has to be guessed.
///
/// One file of `Config/datasets.d/` is one definition.
package struct DatasetDefinition: Hashable, Sendable {
    /// Which files are this dataset; any of them is enough.
    package struct Match: Hashable, Sendable {
        /// Titles; compared as slugs after year, table number and footnote marks are gone.
        package var titles: [String]
        /// File names, with `*` for anything; compared without regard to case.
        package var files: [String]
        /// The agency's own ids: a PX `MATRIX`, the `07459` of a leading `07459:`.
        package var agencyIDs: [String]

        package init(titles: [String] = [], files: [String] = [], agencyIDs: [String] = []) {
            self.titles = titles
            self.files = files
            self.agencyIDs = agencyIDs
        }
    }

    /// One dimension, and where in a file it is found.
    package struct DimensionDefinition: Hashable, Sendable {
        /// Where in a file a dimension is found.
        package enum Role: Hashable, Sendable {
            /// The labels in front of the rows.
            case stub
            /// The labels above the columns.
            case heading
            /// The text column with that name, in long form.
            case column(String)
        }

        package var id: String
        package var label: String
        package var role: Role
        /// The code of the total among the categories, where there is one.
        package var totalCode: String?
        /// Whether it has none, whatever its categories are called.
        package var hasNoTotal = false
        /// Labels that mean the total; a label that contains one of them does too.
        package var totalLabels: [String] {
            didSet { totalSlugs = Self.slugs(of: totalLabels) }
        }
        /// ``totalLabels`` as labels of files are compared with them.
        package private(set) var totalSlugs: Set<String>

        package init(id: String, label: String, role: Role, totalCode: String? = nil, totalLabels: [String] = []) {
            self.id = id
            self.label = label
            self.role = role
            self.totalCode = totalCode
            self.totalLabels = totalLabels
            totalSlugs = Self.slugs(of: totalLabels)
        }

        private static func slugs(of labels: [String]) -> Set<String> { Set(labels.map { Slug.name($0) }) }
    }

    /// What becomes of a drop whose audit fails.
    package enum FailedAudit: String, Hashable, Sendable, CaseIterable {
        case quarantine, warn
    }

    package var dataset: DatasetID
    package var title: String? {
        didSet { evidence = Evidence(match, title: title) }
    }
    package var match: Match {
        didSet { evidence = Evidence(match, title: title) }
    }
    /// ``match`` and ``title`` as files are compared with them.
    private(set) var evidence: Evidence
    package var dialect: String?
    package var encoding: TextEncoding?
    package var periodKind: Period.Kind?
    package var dimensions: [DimensionDefinition]
    /// Empty where the file itself tells.
    package var measures: [Measure]
    package var columns: Columns
    package var layout: Layout
    package var numbers: Numbers
    /// The unit of a heading's figures, as the heading would say it in brackets, by the heading.
    package var units: [String: String]
    /// Whether codes that differ by leading zeros alone are one category: a program that wrote the file lost some.
    package var joinsLostZeros: Bool
    /// The pair of dimensions over which the table is antisymmetric.
    package var antisymmetric: Antisymmetry?
    package var audits: [Identity]
    /// How the publisher rounded each figure by itself; nil where nobody says.
    package var rounding: DeclaredRounding?
    /// Which concordance holds where the codes of two years differ.
    package var concordance: ConcordanceBinding?
    /// What becomes of a drop whose audit fails.
    package var onFailedAudit: FailedAudit
    /// Which changes between versions history calls material; nil where nobody says.
    package var tolerance: Tolerance?
    /// The file that it came from.
    package var file: String

    /// The row and the column dimension of a net matrix: the cell (a, b) is minus the cell (b, a).
    package struct Antisymmetry: Hashable, Sendable {
        package var row: String
        package var column: String

        package init(row: String, column: String) {
            self.row = row
            self.column = column
        }
    }

    package init(
        dataset: DatasetID, title: String? = nil, match: Match = Match(), dialect: String? = nil,
        periodKind: Period.Kind? = nil, dimensions: [DimensionDefinition] = [], measures: [Measure] = [],
        columns: Columns = Columns(), layout: Layout = Layout(), numbers: Numbers = Numbers(),
        units: [String: String] = [:], joinsLostZeros: Bool = false, antisymmetric: Antisymmetry? = nil,
        audits: [Identity] = [], rounding: DeclaredRounding? = nil, concordance: ConcordanceBinding? = nil,
        onFailedAudit: FailedAudit = .quarantine,
        tolerance: Tolerance? = nil, file: String = ""
    ) {
        self.dataset = dataset
        self.title = title
        self.match = match
        evidence = Evidence(match, title: title)
        self.dialect = dialect
        self.periodKind = periodKind
        self.dimensions = dimensions
        self.measures = measures
        self.columns = columns
        self.layout = layout
        self.numbers = numbers
        self.units = units
        self.joinsLostZeros = joinsLostZeros
        self.antisymmetric = antisymmetric
        self.audits = audits
        self.rounding = rounding
        self.concordance = concordance
        self.onFailedAudit = onFailedAudit
        self.tolerance = tolerance
        self.file = file
    }

    /// Ids of the dimensions in the order in which the definition names them; empty where it names none.
    package var dimensionOrder: [String] {
        dimensions.isEmpty ? columns.keys.map { $0.id ?? Slug.name($0.columns[0]) } : dimensions.map(\.id)
    }

    /// The definition of the dimension in front of the rows, where there is exactly one.
    package var stub: DimensionDefinition? { only(.stub) }

    /// The definition of the dimension above the columns, where there is exactly one.
    package var heading: DimensionDefinition? { only(.heading) }

    private func only(_ role: DimensionDefinition.Role) -> DimensionDefinition? {
        let found = dimensions.filter { $0.role == role }
        return found.count == 1 ? found[0] : nil
    }
}
