import Annals

/// The categories of a dimension of JSON-stat, in order.
///
///     "category": {"index": ["T", "M", "F"], "label": {"T": "total", …}}        codes in order
///     "category": {"index": {"T": 0, "M": 1, "F": 2}, "label": {…}}             each code's place
///     "category": {"label": {"CA": "Canada"}}                                   one category needs no index
enum JSONStatCategories {
    /// - Throws: Where they aren't as many as `size` says, or places are missing, doubled or out of range.
    static func all(_ dimension: JSONValue, name: String, count: Int) throws(Reason) -> [Category] {
        guard let category = dimension["category"], category.isObject else {
            throw dimension.reason(
                "The dimension `\(name)` has no `category`", expected: "an object `category`",
                remedy: JSONStatDataset.remedy)
        }
        let labels = category["label"].flatMap { $0.isNull ? nil : $0 }
        if let labels, !labels.isObject {
            throw labels.reason(
                "The labels of `\(name)` are \(labels.described)", expected: "an object of codes and labels",
                remedy: JSONStatDataset.remedy)
        }
        let codes: [JSONValue]
        if let index = category["index"], !index.isNull {
            codes = try ordered(index, name: name, count: count)
        } else {
            codes = labels?.members.map(\.name) ?? []
            guard count == 1, codes.count == 1 else {
                throw category.reason(
                    "The dimension `\(name)` has \(count) categories and no `index`, which gives their order",
                    expected: "an `index`", remedy: JSONStatDataset.remedy)
            }
        }
        return try labelled(codes, labels, name: name)
    }

    /// The codes by their places.
    private static func ordered(_ index: JSONValue, name: String, count: Int) throws(Reason) -> [JSONValue] {
        if index.isArray {
            var codes: [JSONValue] = []
            for element in index.elements {
                guard element.kind == .string else {
                    throw element.reason(
                        "A code of `\(name)` is \(element.described)", expected: "a text",
                        remedy: JSONStatDataset.remedy)
                }
                codes.append(element)
            }
            guard codes.count == count else { throw wrongCount(index, found: codes.count, name: name, count: count) }
            return codes
        }
        guard index.isObject else {
            throw index.reason(
                "The index of `\(name)` is \(index.described)",
                expected: "an array of codes, or an object of their places",
                remedy: JSONStatDataset.remedy)
        }
        var codes = [JSONValue?](repeating: nil, count: count)
        var found = 0
        for member in index.members {
            guard let place = member.value.whole, codes.indices.contains(place) else {
                throw member.value.reason(
                    "The place of `\(member.key)` in `\(name)` is none",
                    expected: "a whole number from 0 to \(count - 1)",
                    remedy: JSONStatDataset.remedy)
            }
            if let first = codes[place] {
                throw member.value.reason(
                    "Two categories of `\(name)` have the place \(place): `\(first.text ?? "")` and `\(member.key)`",
                    expected: "each place once", remedy: JSONStatDataset.remedy)
            }
            codes[place] = member.name
            found += 1
        }
        guard found == count else { throw wrongCount(index, found: found, name: name, count: count) }
        return codes.compactMap(\.self)
    }

    private static func wrongCount(_ index: JSONValue, found: Int, name: String, count: Int) -> Reason {
        index.reason(
            "The dimension `\(name)` has \(found) categories, and `size` says \(count)", found: "\(found)",
            expected: "\(count)", remedy: JSONStatDataset.remedy)
    }

    private static func labelled(
        _ codes: [JSONValue], _ labels: JSONValue?, name: String
    ) throws(Reason) -> [Category] {
        var known: [String: String] = [:]
        for member in labels.map({ Array($0.members) }) ?? [] {
            guard let label = member.value.printed else {
                throw member.value.reason(
                    "The label of `\(member.key)` in `\(name)` is \(member.value.described)", expected: "a text",
                    remedy: JSONStatDataset.remedy)
            }
            known[member.key] = label
        }
        var seen: Set<String> = []
        var categories: [Category] = []
        categories.reserveCapacity(codes.count)
        for code in codes {
            let text = code.text ?? ""
            guard seen.insert(text).inserted else {
                throw code.reason(
                    "The code `\(text)` stands twice in `\(name)`", expected: "each code once",
                    remedy: JSONStatDataset.remedy)
            }
            let label = known[text].map(FieldText.collapsed) ?? ""
            categories.append(Category(code: text, label: label.isEmpty ? text : label))
        }
        return categories
    }
}
