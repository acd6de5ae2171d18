import FoundationEssentials

/// Figures for programs.
enum JSONText {
    /// Indented, keys in order, so that two runs can be compared by eye.
    ///
    /// - Throws: What the encoder throws: never, for finite figures.
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
