import Annals

/// Labels that lost characters before they came here: they hold U+FFFD.
enum LostCharacters {
    /// One finding a dimension that has such labels; codes are left as they are.
    static func findings(_ dimensions: [Dimension]) -> [Finding] {
        dimensions.compactMap { dimension in
            let hurt = dimension.categories.filter { category in
                ([category.label] + category.aliases).contains { $0.unicodeScalars.contains("\u{FFFD}") }
            }
            guard let first = hurt.first else { return nil }
            return Finding(
                "lost-characters",
                "\(hurt.count) \(hurt.count == 1 ? "label" : "labels") of `\(dimension.id)` lost characters (U+FFFD), "
                    + "first `\(first.label)` of \(first.code)")
        }
    }
}
