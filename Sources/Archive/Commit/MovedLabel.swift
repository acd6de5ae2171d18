internal import Annals

/// A code whose words are those that another code had, which goes on with other words: `1` was men and is women, `2` was
/// women and is men.
///
/// Its figures would continue those of something else. Where the other code keeps its words too, or ends, a classification
/// has grown or was cut.
struct MovedLabel {
    let code: String
    /// The words now.
    let label: String
    /// The words before.
    let known: String
    /// The code that had the words before.
    let other: String

    /// The first of a dimension; nil where there is none.
    init?(of dimension: Dimension, known: Dimension) {
        let old = known.categories.filter { $0.label != $0.code && !$0.label.isEmpty }
        guard old.count > 1 else { return nil }
        let before = Dictionary(old.map { ($0.code, $0.label) }, uniquingKeysWith: { first, _ in first })
        let now = Dictionary(dimension.categories.map { ($0.code, $0.label) }, uniquingKeysWith: { first, _ in first })
        // Words that several codes have tell none of them.
        let owners = Dictionary(old.map { (Slug.name($0.label), $0.code) }, uniquingKeysWith: { _, _ in "" })
        for category in dimension.categories {
            let slug = Slug.name(category.label)
            guard !slug.isEmpty, let last = before[category.code], Slug.name(last) != slug,
                let other = owners[slug], other != category.code, let next = now[other], Slug.name(next) != slug
            else { continue }
            (code, label, self.known, self.other) = (category.code, category.label, last, other)
            return
        }
        return nil
    }
}
