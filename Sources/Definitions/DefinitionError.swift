/// What is wrong with a definition, a dialect or a sidecar: which file and line, and what to do about it.
package struct DefinitionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the text, as given: `datasets.d/migration.yaml`.
    package var file: String
    /// Counts from 1.
    package var line: Int?
    package var message: String
    package var remedy: String?

    package init(file: String, line: Int? = nil, message: String, remedy: String? = nil) {
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    package var description: String {
        let place = line.map { "\(file), line \($0)" } ?? file
        return remedy.map { "\(place): \(message); \($0)" } ?? "\(place): \(message)"
    }
}
