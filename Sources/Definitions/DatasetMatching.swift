import Annals

extension Definitions {
    /// The definitions that a file is of, by the strongest evidence that any of them has.
    ///
    /// The agency's id comes before the title, the title before the file's name. More than one: ambiguous.
    ///
    /// - Parameters:
    ///   - title: Without table number, year and footnote marks; nil where the file has none.
    ///   - fileName: The file's name.
    ///   - agencyID: The agency's own id of the table.
    /// - Returns: None, one, or the candidates among which the evidence can't choose.
    package func definitions(title: String?, fileName: String, agencyID: String?) -> [DatasetDefinition] {
        if let agencyID {
            let wanted = agencyID.lowercased()
            let found = datasets.filter { $0.evidence.agencyIDs.contains(wanted) }
            if !found.isEmpty { return found }
        }
        if let title {
            let slug = Slug.name(title)
            let found = datasets.filter { $0.evidence.titleSlugs.contains(slug) }
            if !slug.isEmpty, !found.isEmpty { return found }
        }
        let candidates = datasets.filter { !$0.evidence.filePatterns.isEmpty }
        guard !candidates.isEmpty else { return [] }
        let name = Array(fileName.lowercased().unicodeScalars)
        return candidates.filter { $0.evidence.filePatterns.contains { Self.matches($0, name) } }
    }

    /// Whether a name fits a pattern in which `*` stands for anything.
    ///
    /// Keeps the last star to come back to, so that it takes pattern × name steps at most.
    static func matches(_ pattern: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Bool {
        var place = 0
        var index = 0
        var star: (place: Int, index: Int)?
        while index < name.count {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, index)
                place += 1
            } else if place < pattern.count, pattern[place] == name[index] {
                place += 1
                index += 1
            } else if let last = star {
                star = (last.place, last.index + 1)
                place = last.place + 1
                index = last.index + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}

extension DatasetDefinition {
    /// What tells that a file is of the dataset, folded as files are: once a definition, not once a file.
    struct Evidence: Hashable, Sendable {
        /// In lower case.
        let agencyIDs: [String]
        /// Of the titles that it is found under: those of `match`, else its own.
        let titleSlugs: [String]
        /// In lower case.
        let filePatterns: [[Unicode.Scalar]]

        init(_ match: Match, title: String?) {
            agencyIDs = match.agencyIDs.map { $0.lowercased() }
            titleSlugs = (match.titles.isEmpty ? title.map { [$0] } ?? [] : match.titles).map { Slug.name($0) }
            filePatterns = match.files.map { Array($0.lowercased().unicodeScalars) }
        }
    }
}
