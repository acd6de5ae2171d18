import Annals
import Definitions

/// Reads delimited text: long form, a column a year, several measures, or a matrix.
///
/// Lines above the header are the title and remarks; lines below the rows, after a blank one, are notes.
package struct DelimitedReader: TableReader {
    package let name = "delimited"

    package init() {}

    package func open(_ input: ReaderInput) -> Opening {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        do throws(Reason) {
            guard let file = try DelimitedFile(text, input) else {
                return .declines("neither tab, semicolon, comma nor pipe parts the lines into equally many fields")
            }
            return .accepts(file)
        } catch {
            return .accepts(RefusedFile(reason: error))
        }
    }
}
