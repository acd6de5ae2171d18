package import Annals

extension Sidecar {
    /// What a sidecar is called: the drop's name and this.
    package static let fileSuffix = ".meta.yaml"

    /// Longest sidecar that is read, in bytes.
    package static let maximumBytes = 64 << 10

    /// Reads a sidecar's text.
    ///
    /// - Throws: A ``DefinitionError`` with the line of a key that is unknown or has a value that can't be.
    package static func parse(_ text: String, file: String) throws(DefinitionError) -> Sidecar {
        guard text.utf8.count <= maximumBytes else {
            throw DefinitionError(file: file, message: "a sidecar has at most \(maximumBytes) bytes")
        }
        guard let value = try YAMLValue.parse(text, file: file) else { return Sidecar() }
        let mapping = try YAMLMapping(
            value, file: file, what: "a sidecar",
            allowed: [
                "dataset", "year", "dialect", "encoding", "sheet", "table", "kind", "stage", "reason", "published",
            ])
        var sidecar = Sidecar()
        sidecar.dataset = try mapping.dataset("dataset")
        sidecar.year = try mapping.integer("year", in: 1000...9999)
        sidecar.dialect = try mapping.text("dialect")
        sidecar.encoding = try mapping.choice("encoding")
        sidecar.sheet = try mapping.text("sheet")
        sidecar.table = try mapping.text("table")
        sidecar.kind = try mapping.choice("kind")
        sidecar.stage = try mapping.choice("stage")
        sidecar.reason = try mapping.text("reason")
        if let published = try mapping.text("published") {
            guard let instant = Instant(iso8601: published) else {
                throw mapping.error(
                    "published", "`published` is no date or instant of the years 1 to 9999: `\(published)`",
                    remedy: "write 2011-04-28 or 2011-04-28T08:00:00Z; with an offset, the instant itself counts")
            }
            sidecar.published = instant
        }
        return sidecar
    }
}

extension YAMLMapping {
    func dataset(_ key: String) throws(DefinitionError) -> DatasetID? {
        guard let text = try text(key) else { return nil }
        guard let dataset = DatasetID(text) else {
            throw error(
                key, "`\(key)` is no dataset id: `\(text)`",
                remedy: DatasetID(title: text).map { "as an id it is `\($0.slug)`" }
                    ?? "an id is of a-z, 0-9 and single hyphens")
        }
        return dataset
    }
}
