import Annals

/// Where the one dataset of a JSON-stat file stands.
///
///     {"version": "2.0", "class": "dataset", "value": […], …}                2.0
///     {"dataset": {"value": […], "dimension": {…}}}                          1.x: datasets by their names, a bundle
///     {"class": "collection", "link": {"item": [{"class": "dataset", …}]}}   2.0: links, or datasets themselves
///     {"jsonrpc": "2.0", "result": {"class": "dataset", …}}                  as the CSO's API answers
enum JSONStatFile {
    private static let classes: Set<String> = ["dataset", "collection", "dimension", "bundle"]

    /// Whether an object is JSON-stat of any class and version.
    static func isJSONStat(_ root: JSONValue) -> Bool {
        if isDataset(root) || !bundled(root).isEmpty || result(of: root) != nil { return true }
        guard let name = root["class"]?.text, classes.contains(name) else { return false }
        return root["version"] != nil || root["link"] != nil || root["dimension"] != nil || root["category"] != nil
    }

    private static func isDataset(_ value: JSONValue) -> Bool {
        value["dimension"]?.isObject == true && value["value"] != nil
    }

    private static func result(of root: JSONValue) -> JSONValue? {
        guard root["jsonrpc"] != nil, let result = root["result"], isDataset(result) else { return nil }
        return result
    }

    /// The datasets of a file of version 1.x, by name.
    private static func bundled(_ root: JSONValue) -> [(name: String, value: JSONValue)] {
        root.members.filter { isDataset($0.value) }.map { ($0.key, $0.value) }
    }

    /// - Throws: Where the file has no dataset, or several.
    static func dataset(in root: JSONValue) throws(Reason) -> JSONValue {
        if let error = errorText(root) {
            throw root.reason(
                "The file is an answer that says an error, and no table: \(error)", expected: "a dataset",
                remedy: "Ask the agency again")
        }
        if let result = result(of: root) { return result }
        if isDataset(root) { return root }
        if root["class"]?.text == "collection" || root["link"]?["item"] != nil { return try embedded(in: root) }
        let bundled = bundled(root)
        if bundled.count == 1 { return bundled[0].value }
        guard bundled.isEmpty else {
            throw several(bundled[1].value, names: bundled.map(\.name))
        }
        let isOfDimension = root["class"]?.text == "dimension" || root["category"] != nil
        throw root.reason(
            isOfDimension
                ? "The file is one dimension of JSON-stat, without figures" : "The JSON-stat file has no values",
            expected: "a dataset with `dimension` and `value`", remedy: "Ask for the dataset as a whole")
    }

    /// What an answer says in the place of a table.
    private static func errorText(_ root: JSONValue) -> String? {
        guard let error = root["error"], !error.isNull, root["value"] == nil else { return nil }
        let first = error.isArray ? error.elements.first { _ in true } : error
        return first?["label"]?.text ?? first?["message"]?.text ?? first?.printed ?? "it gives no words"
    }

    private static func embedded(in root: JSONValue) throws(Reason) -> JSONValue {
        let items = root["link"]?["item"].map { Array($0.elements) } ?? []
        let datasets = items.filter(isDataset)
        if datasets.count == 1, items.count == 1 { return datasets[0] }
        guard let second = datasets.dropFirst().first ?? (items.count > 1 ? datasets.first : nil) else {
            let links = items.compactMap { $0["href"]?.text }
            throw root.reason(
                "The collection has links to its datasets, and no figures",
                found: links.prefix(3).joined(separator: ", "), expected: "a dataset with its values",
                remedy: "Fetch the datasets behind the links, and drop each as a file of its own")
        }
        throw several(second, names: items.map { $0["label"]?.text ?? $0["href"]?.text ?? "without a label" })
    }

    private static func several(_ second: JSONValue, names: [String]) -> Reason {
        let shown = names.prefix(6).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 6 ? ", …" : "")
        return second.reason(
            "The file has \(names.count) datasets: \(shown)", found: shown, expected: "one dataset",
            remedy: "Drop each dataset as a file of its own")
    }
}
