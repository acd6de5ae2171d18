package import Annals

/// Everything that people have written down about datasets and dialects, read and checked.
package struct Definitions: Sendable {
    /// One text that was read, kept so that a digest of it can be stored with what it helped to read.
    package struct Source: Hashable, Sendable {
        package var path: String
        package var text: String

        package init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    package var datasets: [DatasetDefinition]
    package var dialects: [String: Dialect]
    /// In the order of their paths.
    package var sources: [Source]

    package init(datasets: [DatasetDefinition], dialects: [String: Dialect], sources: [Source] = []) {
        self.datasets = datasets
        self.dialects = dialects
        self.sources = sources
    }

    /// The dialect that is used where nothing names another: what all agencies agree on, and nothing more.
    package static let genericDialect = "generic"

    /// The definition of a dataset by id.
    package func definition(of dataset: DatasetID) -> DatasetDefinition? {
        datasets.first { $0.dataset == dataset }
    }
}
