/// Reads `where=county=03,counterpart=01`: a comma list of `DIM=CODE`, given once or repeatedly.
package enum WhereParameter {
    /// As it is called in a query.
    package static let name = "where"

    /// Codes by id of dimension, as ``Comparison`` selects by them.
    ///
    /// A part without an equals sign goes on with the codes of the dimension before it: `county=03,11`.
    ///
    /// - Throws: `.wrongParameter` where something is no pair, or a dimension stands twice.
    package static func codes(in query: QueryParameters) throws(ControlProblem) -> [String: String] {
        var codes: [String: String] = [:]
        for text in query.all(name) {
            var last: String?
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let equals = part.firstIndex(of: "="), equals != part.startIndex else {
                    guard let last else { throw query.wrong(name, text, "DIMENSION=CODE, parted by commas") }
                    codes[last, default: ""] += ",\(part)"
                    continue
                }
                let dimension = String(part[..<equals])
                guard codes[dimension] == nil else {
                    throw ControlProblem(
                        .wrongParameter, "“where” names the dimension “\(dimension)” twice.",
                        remedy: "Name it once, with all its codes: \(dimension)=03,11.")
                }
                codes[dimension] = String(part[part.index(after: equals)...])
                last = dimension
            }
        }
        return codes
    }
}
