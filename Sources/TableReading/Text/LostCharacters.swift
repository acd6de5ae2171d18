import Annals

/// Labels that lost characters before they came here: they hold U+FFFD.
enum LostCharacters {
    /// Whether U+FFFD stands in a text: EF BF BD.
    static func stand(in text: String) -> Bool { FieldText.withBytes(of: text, stand) }

    /// Whether U+FFFD stands in a text.
    static func stand(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        for (index, byte) in text.enumerated() where byte == 0xEF {
            if index + 2 < text.count, text[index + 1] == 0xBF, text[index + 2] == 0xBD { return true }
        }
        return false
    }

    /// One finding a dimension that has such labels; codes are left as they are.
    static func findings(_ dimensions: [Dimension]) -> [Finding] {
        dimensions.compactMap { dimension in
            let hurt = dimension.categories.filter { category in
                stand(in: category.label) || category.aliases.contains(where: stand)
            }
            guard let first = hurt.first else { return nil }
            return Finding(
                "lost-characters",
                "\(hurt.count) \(hurt.count == 1 ? "label" : "labels") of `\(dimension.id)` lost characters (U+FFFD), "
                    + "first `\(first.label)` of \(first.code)")
        }
    }
}
