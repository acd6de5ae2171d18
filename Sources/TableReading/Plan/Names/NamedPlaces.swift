import Annals

/// Places by the names that stand there, found as ``ColumnName/areSame(_:_:)`` compares them, without asking each.
struct NamedPlaces {
    private var exact: [String: [Int]] = [:]
    private var slugs: [String: [Int]] = [:]

    /// - Parameters:
    ///   - name: As it stands there.
    ///   - slug: Of it.
    ///   - place: Not smaller than the one that was added last.
    mutating func add(_ name: String, slug: String, place: Int) {
        exact[name, default: []].append(place)
        if !slug.isEmpty, slugs[slug]?.last != place { slugs[slug, default: []].append(place) }
    }

    /// Where exactly this name stands.
    func exactly(_ name: String) -> [Int] { exact[name] ?? [] }

    /// Where this name stands, or one that differs by case, spaces and punctuation alone; ascending.
    func like(_ name: String) -> [Int] {
        let slug = Slug.name(name)
        return slug.isEmpty ? exactly(name) : slugs[slug] ?? []
    }
}
