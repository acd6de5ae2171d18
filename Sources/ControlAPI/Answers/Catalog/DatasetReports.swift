package import Annals

/// What datasets there are: the answer of `datasets`.
package struct DatasetsReport: Codable, Hashable, Sendable {
    package var datasets: [DatasetReport]

    package init(datasets: [DatasetReport]) { self.datasets = datasets }
}

/// One dataset in brief.
package struct DatasetReport: Codable, Hashable, Sendable {
    package var id: String
    package var title: String
    /// Ascending.
    package var years: [Int]
    /// Ids, in order, of the latest year's current vintage.
    package var dimensions: [String]

    package init(id: String, title: String, years: [Int], dimensions: [String]) {
        self.id = id
        self.title = title
        self.years = years
        self.dimensions = dimensions
    }
}

/// The years of a dataset, each with its current vintage: the answer of `years`.
package struct YearsReport: Codable, Hashable, Sendable {
    /// One year of a dataset, as its current vintage has it.
    package struct Year: Codable, Hashable, Sendable {
        package var year: Int
        /// As printed: `2011`, `2011-12`.
        package var label: String
        /// The current vintage's.
        package var version: Int
        package var recorded: Instant
        package var published: Instant
        /// How many there are.
        package var vintages: Int

        package init(
            year: Int, label: String, version: Int, recorded: Instant, published: Instant, vintages: Int
        ) {
            self.year = year
            self.label = label
            self.version = version
            self.recorded = recorded
            self.published = published
            self.vintages = vintages
        }
    }

    package var dataset: String
    package var years: [Year]

    package init(dataset: String, years: [Year]) {
        self.dataset = dataset
        self.years = years
    }
}
