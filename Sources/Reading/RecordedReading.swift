package import Annals
internal import Definitions
package import TableCoding

extension Examiner {
    /// Reads as a file was read when it was recorded: by the texts that were recorded with it and no others, whatever
    /// is in force now.
    ///
    /// - Parameters:
    ///   - texts: What it was read with.
    ///   - dialect: The name of the dialect.
    ///   - dataset: Which it was taken for.
    /// - Throws: `Reason` where this program can't use the texts any more.
    package init(recorded texts: ReadingTexts, dialect: String, of dataset: DatasetID) throws(Reason) {
        var contents: [(path: String, text: String)] = []
        if let text = texts.dialect {
            contents.append(("dialects/\(dialect).yaml", String(decoding: text, as: UTF8.self)))
        }
        if let text = texts.definition {
            contents.append(("datasets.d/\(dataset).yaml", String(decoding: text, as: UTF8.self)))
        }
        do throws(DefinitionError) {
            self.init(definitions: try Definitions.load(directory: contents))
        } catch {
            throw Reason("what it was read with can't be used any more: \(error)")
        }
    }
}
