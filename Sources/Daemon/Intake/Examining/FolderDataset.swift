import Annals
import Archive
import Definitions

/// Which dataset the folders of the inbox give a file.
///
/// A folder's name says one only where a dataset of that name is recorded or defined; of several the nearest above the
/// file counts. Folders are also called after years, months and people.
struct FolderDataset: Hashable, Sendable {
    let dataset: DatasetID?
    /// Why the folders say nothing, where the file lay in one.
    let finding: Finding?

    init(of file: SourceRef, in catalog: Catalog, _ definitions: Definitions) {
        let folders = file.folders
        dataset = folders.lazy.compactMap { DatasetID($0) }.first {
            catalog.dataset($0) != nil || definitions.definition(of: $0) != nil
        }
        finding = dataset == nil && !folders.isEmpty ? ArrivalFindings.noDataset(in: folders) : nil
    }
}
