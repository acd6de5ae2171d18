import Annals
import Archive
import ControlAPI
import Definitions
import TableCoding

extension AnswerBasis {
    /// What an answer to a question rests on.
    ///
    /// - Parameters:
    ///   - question: Whose log it is, and whose dataset's definition, where one is in force.
    ///   - definitions: Those in force.
    ///   - concordance: The name of the one by which codes were brought together; nil where none was.
    init(_ question: CatalogQuestion, _ definitions: Definitions, concordance: String? = nil) {
        self.init(head: question.catalog.head.description)
        if let definition = definitions.definition(of: question.id), let text = definitions.text(of: definition) {
            self.definitions.append(Definition(.dataset, name: question.id.slug, sha256: Self.digest(of: text)))
        }
        if let concordance, let text = definitions.text(ofConcordance: concordance) {
            self.definitions.append(Definition(.concordance, name: concordance, sha256: Self.digest(of: text)))
        }
    }

    /// Of its file, which is UTF-8.
    private static func digest(of text: String) -> String { ContentHasher.digest(of: Array(text.utf8)).hex }
}
