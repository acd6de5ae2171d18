import Annals

/// The little of ``ColumnName`` that tells a list from a page.
struct ColumnKind {
    let isYear: Bool
    let isValue: Bool
    let isOfItsOwn: Bool

    init(_ name: String) {
        let slug = Slug.make(name)
        isYear = ColumnName.isYear(slug)
        isValue = ColumnName.isValue(name, slug, slug.split(separator: "-"))
        isOfItsOwn = ColumnName.isOfItsOwn(slug)
    }
}
