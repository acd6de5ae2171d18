import Annals

/// What a JSON file is that holds no table, or one in a form that isn't read, by the members of its root.
enum JSONLikeness {
    private struct Kind: Sendable {
        var name: String
        var remedy: String
        var fits: @Sendable (JSONValue) -> Bool
    }

    /// The refusal of a file that is known for something else; nil where it isn't.
    static func refusal(of root: JSONValue) -> Reason? {
        guard let kind = kinds.first(where: { $0.fits(root) }) else { return nil }
        return root.reason(
            "The file is \(kind.name)", expected: "a table as JSON-stat, or as an array of flat records",
            remedy: kind.remedy)
    }

    private static let asTable = "Export the figures as JSON-stat, or as an array of flat records"

    private static let kinds: [Kind] = [
        Kind(name: "GeoJSON: places on a map", remedy: "Drop the table that the map was drawn from") {
            ["FeatureCollection", "Feature", "GeometryCollection", "Topology"].contains($0["type"]?.text)
        },
        Kind(name: "a query for PxWeb, and not its answer", remedy: "Send it, and drop what comes back") {
            $0["query"]?.isArray == true && $0["response"] != nil || $0["selection"]?.isArray == true
        },
        Kind(
            name: "PxWeb's description of a table, without its figures", remedy: "Ask for the figures as JSON-stat"
        ) { $0["variables"]?.isArray == true && $0["title"] != nil },
        Kind(name: "PxWeb's own `json`, which names no dimensions as JSON-stat does", remedy: "Ask for `json-stat2`") {
            $0["columns"]?.isArray == true && $0["data"]?.elements.first { _ in true }?["values"] != nil
        },
        Kind(name: "SDMX-JSON", remedy: "Ask for SDMX-CSV or JSON-stat") {
            $0["dataSets"] != nil || $0.at("data", "dataSets") != nil
        },
        Kind(
            name: "the description of a program's package", remedy: "Drop the table in its place"
        ) { root in
            root["name"] != nil
                && ["dependencies", "devDependencies", "scripts"].contains { root[$0]?.isObject == true }
        },
        Kind(name: "a schema, and no data", remedy: asTable) {
            $0["openapi"] != nil || $0["swagger"] != nil || $0["$schema"] != nil && $0["data"] == nil
        },
        Kind(name: "a notebook", remedy: asTable) { $0["nbformat"] != nil && $0["cells"] != nil },
        Kind(name: "an answer of the World Bank's API in pages", remedy: "Ask for CSV") {
            var elements = $0.elements
            return elements.next()?["page"] != nil && elements.next()?.isArray == true
        },
        Kind(
            name: "an answer of Annal's own", remedy: "Ask for it by `--format csv` or `--format json-stat`"
        ) { $0["cells"]?.isArray == true && $0["dimensions"]?.isArray == true && $0["dataset"] != nil },
        Kind(name: "an answer that says an error, and no table", remedy: "Ask the agency again") { isError($0) },
    ]

    private static func isError(_ root: JSONValue) -> Bool {
        let names = ["error", "errors", "Error", "fault", "exception", "detail"]
        if names.contains(where: { root[$0].map { !$0.isNull } ?? false }) {
            return root["data"]?.isArray != true || root["errors"] != nil
        }
        let message = root["message"] ?? root["title"] ?? root["Message"]
        return message?.text != nil && (root["code"] ?? root["status"] ?? root["statusCode"]) != nil
            && !root.members.contains { $0.value.isArray }
    }
}
