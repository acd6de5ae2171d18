import Annals

/// Which category of a dimension of JSON-stat lies above which: `"child": {"cat": ["bar", "gir"]}`.
///
/// Kept with each category as its attribute `parent`, as of a PX file. It says nothing about figures: which of them are sums
/// of others is found in the figures themselves.
enum JSONStatHierarchy {
    private static let parent = "parent"

    /// - Throws: A code that the dimension doesn't have, or that lies below two others.
    static func take(_ dimension: JSONValue, _ made: inout CubeDimension) throws(Reason) {
        guard let children = dimension.at("category", "child"), !children.members.isEmpty else { return }
        let codes = Set(made.categories.map(\.code))
        var parents: [String: String] = [:]
        for member in children.members {
            let above = member.key
            guard codes.contains(above) else { throw unknown(member.name, above, made) }
            for element in member.value.elements {
                guard let code = element.text, codes.contains(code) else {
                    throw unknown(element, element.printed ?? element.described, made)
                }
                if let other = parents.updateValue(above, forKey: code), other != above {
                    throw element.reason(
                        "The category `\(code)` of `\(made.name)` lies below two others: `\(other)` and `\(above)`",
                        expected: "one above it at most", remedy: JSONStatDataset.remedy)
                }
            }
        }
        made.attributes = [parent]
        for index in made.categories.indices {
            made.categories[index].attributes = [parents[made.categories[index].code] ?? ""]
        }
    }

    private static func unknown(_ value: JSONValue, _ code: String, _ made: CubeDimension) -> Reason {
        value.reason(
            "The hierarchy of `\(made.name)` names `\(code)`, which is no category of it", found: code,
            expected: "a code of `index`", remedy: JSONStatDataset.remedy)
    }
}
