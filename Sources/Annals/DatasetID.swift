/// The name of a dataset: a slug of `a`-`z`, `0`-`9` and single hyphens, at most 120 bytes.
package struct DatasetID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let slug: String

    /// Longest slug, in bytes: leaves room in a file name.
    package static let maximumBytes = 120

    /// Takes a slug as it is; nil where it isn't one.
    package init?(_ slug: String) {
        let bytes = Array(slug.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.maximumBytes, bytes.first != 0x2D, bytes.last != 0x2D else {
            return nil
        }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: continue
            case 0x2D where bytes[index - 1] != 0x2D: continue
            default: return nil
            }
        }
        self.slug = slug
    }

    /// Makes a slug of a title (``Slug/name(_:)``): nothing that tells it from another title falls out.
    ///
    /// Nil where nothing is left.
    package init?(title: String) {
        self.init(Slug.name(title))
    }

    package var description: String { slug }

    package static func < (left: DatasetID, right: DatasetID) -> Bool { left.slug < right.slug }
}
