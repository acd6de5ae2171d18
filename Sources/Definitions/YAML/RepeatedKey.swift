/// Finds where a key stands that a mapping has more than once: the YAML library says only where the mapping begins.
package enum RepeatedKey {
    /// The lines in which a key of a block mapping stands, counted from 1.
    ///
    /// - Parameters:
    ///   - key: As it reads, without quotes.
    ///   - text: The document.
    ///   - start: The line in which the mapping begins.
    /// - Returns: The first line of the key from there on, and those further down that are indented like it; empty where
    ///   it isn't found so, as in a mapping in braces.
    package static func lines(of key: String, in text: String, from start: Int = 1) -> [Int] {
        var found: [Int] = []
        var indentation = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard index + 1 >= start, let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon]
            guard name.filter({ !"\"' \t-".contains($0) }) == key.filter({ !"\"' \t-".contains($0) }) else { continue }
            let own = name.prefix { " -".contains($0) }.count
            if found.isEmpty { indentation = own }
            if own == indentation { found.append(index + 1) }
        }
        return found
    }
}
