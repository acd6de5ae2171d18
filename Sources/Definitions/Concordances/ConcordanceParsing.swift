package import Annals

extension Concordance {
    /// What the file of a concordance ends in.
    package static let fileSuffix = ".csv"

    /// Reads one file of `Config/concordances/`.
    ///
    /// - Parameters:
    ///   - text: All of it.
    ///   - file: Its path, for errors; the name is its last part without the ending.
    /// - Returns: The concordance, its links by day.
    /// - Throws: A ``DefinitionError`` with the line, and the key or column, of what can't be.
    package static func parse(_ text: String, file: String) throws(DefinitionError) -> Concordance {
        let base = file.split(separator: "/").last.map(String.init) ?? file
        let name = base.hasSuffix(fileSuffix) ? String(base.dropLast(fileSuffix.count)) : base
        guard Slug.make(name) == name else {
            throw DefinitionError(
                file: file, message: "a concordance's name is of a-z, 0-9 and single hyphens, not `\(name)`",
                remedy: Slug.make(name).isEmpty ? nil : "call the file `\(Slug.make(name))\(fileSuffix)`")
        }
        let parts = try ConcordanceText(text, file: file)
        var concordance = Concordance(
            name: name, links: try ConcordanceRows(parts.rows, file: file).links(), file: file)
        guard let value = try YAMLValue.parse(parts.head, file: file) else { return concordance }
        let head = try YAMLMapping(
            value, file: file, what: "a concordance's head", allowed: ["title", "source", "dimension"])
        concordance.title = try head.text("title")
        concordance.source = try head.text("source")
        concordance.dimensions = try head.texts("dimension")
        for id in concordance.dimensions where Slug.make(id) != id {
            throw head.error("dimension", "a dimension's id is of a-z, 0-9 and single hyphens, not `\(id)`")
        }
        try head.checkUnique("dimension", concordance.dimensions)
        return concordance
    }
}
