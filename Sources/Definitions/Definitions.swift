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
    /// By name; no reader needs them, and their texts are not among ``sources``.
    package private(set) var concordances: [String: Concordance] = [:]
    /// By name as well, so that an answer can say which text it was made with.
    private var concordanceTexts: [String: String] = [:]
    /// In the order of their paths; the compiled-in dialects first.
    package var sources: [Source]
    /// Path of the text that each dialect came from, by its name; the last one that gives the name is in force.
    private var dialectPaths: [String: String] = [:]

    package init(datasets: [DatasetDefinition], dialects: [String: Dialect], sources: [Source] = []) {
        self.datasets = datasets
        self.dialects = dialects
        self.sources = sources
    }

    /// The dialect that is used where nothing names another: what all agencies agree on, and nothing more.
    package static let genericDialect = "generic"

    /// The compiled-in dialects and concordances, and no dataset.
    package static let builtIn: Definitions = {
        var definitions = Definitions(datasets: [], dialects: [:])
        do throws(DefinitionError) {
            for source in builtInDialects + builtInConcordances { try definitions.add(source) }
        } catch {
            preconditionFailure("a compiled-in definition can't be read: \(error)")
        }
        return definitions
    }()

    /// The texts that are not compiled in: what ``load(directory:)`` makes the same definitions of.
    package var written: [Source] { sources.filter { !Self.builtIn.sources.contains($0) } }

    /// Reads the texts of `datasets.d/`, `dialects/` and `concordances/`, over those that are compiled in.
    ///
    /// Whether the concordances that definitions name are there is ``checkConcordances()``'s to say: a file is read
    /// without them, and a definition that was recorded with one outlives them.
    ///
    /// - Parameter contents: Path relative to the configuration file, and text.
    /// - Returns: The definitions, with every name in them known.
    /// - Throws: The first text that can't be read, in the order of paths.
    package static func load(directory contents: [(path: String, text: String)]) throws(DefinitionError) -> Definitions
    {
        var definitions = builtIn
        for (path, text) in contents.sorted(by: { $0.path < $1.path }) {
            try definitions.add(Source(path: path, text: text))
        }
        try definitions.check()
        return definitions
    }

    private mutating func add(_ source: Source) throws(DefinitionError) {
        let folders = source.path.split(separator: "/").dropLast()
        switch folders.last {
        case "dialects":
            let dialect = try Dialect.parse(source.text, file: source.path)
            dialects[dialect.name] = dialect
            dialectPaths[dialect.name] = source.path
        case "datasets.d":
            let definition = try DatasetDefinition.parse(source.text, file: source.path)
            if let other = self.definition(of: definition.dataset) {
                throw DefinitionError(
                    file: source.path, message: "defines `\(definition.dataset)`, which \(other.file) defines already")
            }
            datasets.append(definition)
        case "concordances":
            let concordance = try Concordance.parse(source.text, file: source.path)
            concordances[concordance.name] = concordance
            concordanceTexts[concordance.name] = source.text
            return
        default: return
        }
        sources.append(source)
    }

    /// The same with one text of `datasets.d/` more, in the place of another that defines the same dataset.
    ///
    /// - Throws: Where the text is no definition, or names an unknown dialect.
    package func replacing(_ text: String, path: String) throws(DefinitionError) -> Definitions {
        let definition = try DatasetDefinition.parse(text, file: path)
        var definitions = self
        if let earlier = self.definition(of: definition.dataset) {
            definitions.datasets.removeAll { $0.dataset == earlier.dataset }
            definitions.sources.removeAll { $0.path == earlier.file }
        }
        definitions.datasets.append(definition)
        definitions.sources.append(Source(path: path, text: text))
        try definitions.check()
        return definitions
    }

    private func check() throws(DefinitionError) {
        for definition in datasets {
            guard let name = definition.dialect, dialects[name] == nil else { continue }
            throw DefinitionError(
                file: definition.file, message: "names the unknown dialect `\(name)`",
                remedy: "known dialects are \(dialects.keys.sorted().joined(separator: ", "))")
        }
    }

    /// - Throws: Where a definition names a concordance that isn't there, or one that leaves its dimensions open.
    package func checkConcordances() throws(DefinitionError) {
        for definition in datasets {
            guard let binding = definition.concordance else { continue }
            guard let concordance = concordances[binding.name] else {
                throw DefinitionError(
                    file: definition.file, message: "names the unknown concordance `\(binding.name)`",
                    remedy: "known concordances are \(concordances.keys.sorted().joined(separator: ", "))")
            }
            guard binding.dimensions(of: concordance).isEmpty else { continue }
            throw DefinitionError(
                file: definition.file, message: "names the concordance `\(binding.name)`, which has no `dimension`",
                remedy: "write concordance: {name: \(binding.name), dimensions: […]}")
        }
    }

    /// The definition of a dataset by id.
    package func definition(of dataset: DatasetID) -> DatasetDefinition? {
        datasets.first { $0.dataset == dataset }
    }

    /// The text that a dataset's definition was read from.
    package func text(of definition: DatasetDefinition) -> String? {
        sources.last { $0.path == definition.file }?.text
    }

    /// The text that the dialect in force under a name was read from.
    package func text(ofDialect name: String) -> String? {
        dialectPaths[name].flatMap { path in sources.last { $0.path == path }?.text }
    }

    /// The text that the concordance in force under a name was read from.
    package func text(ofConcordance name: String) -> String? { concordanceTexts[name] }

    /// The dialects, other than one, in which a symbol means something, with its meaning, by name.
    package func dialects(knowing glyph: String, besides name: String) -> [(name: String, meaning: String)] {
        dialects.values.sorted { $0.name < $1.name }.compactMap { dialect in
            guard dialect.name != name else { return nil }
            if let meaning = dialect.symbols[glyph] {
                // A mark that says nothing there, `A` for good data, is no sign of whose file it is.
                guard meaning.status != .value else { return nil }
                return (dialect.name, ([meaning.status.code] + meaning.flags.codes).joined(separator: " "))
            }
            if let flags = dialect.suffixes[glyph] {
                return (dialect.name, flags.isEmpty ? "no flag" : flags.codes.joined(separator: " "))
            }
            // Marks may be run together: `bu`.
            var glyph = glyph
            let flags = glyph.withUTF8 { dialect.glyphs.flags(ofSuffix: $0) }
            return flags.flatMap { $0.isEmpty ? nil : (dialect.name, $0.codes.joined(separator: " ")) }
        }
    }
}
