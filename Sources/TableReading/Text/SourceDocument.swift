package import Annals

/// A file as it was claimed: its bytes, and what lies around them.
package struct SourceDocument: Sendable {
    /// The file's name, percent-escaped where it isn't UTF-8; may give the year and the dataset.
    package var name: String
    package var bytes: [UInt8]
    /// The dataset that the inbox's subdirectory is named after.
    package var subdirectory: DatasetID?
    /// The dataset that it is taken for where nothing but its name would say one; nil for the one that its name says.
    package var presumed: DatasetID?
    package var sidecar: Sidecar?
    /// The name of the container that it was packed in; nil for a file that stands alone.
    var container: String?

    package init(
        name: String, bytes: [UInt8], subdirectory: DatasetID? = nil, presumed: DatasetID? = nil,
        sidecar: Sidecar? = nil
    ) {
        self.presumed = presumed
        self.name = name
        self.bytes = bytes
        self.subdirectory = subdirectory
        self.sidecar = sidecar
    }
}
