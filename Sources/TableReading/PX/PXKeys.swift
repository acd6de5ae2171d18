import Annals

/// Names the row of a table by the quoted keys in front of it.
struct PXKeys {
    /// *Shape:* one a variable of the stub: places of its values by what KEYS says stands there.
    private let places: [[String: Int]]
    private let names: [String]
    /// How many rows the table could have.
    let rowCount: Int

    /// - Throws: Where KEYS leaves a variable of the stub out, or doesn't say by what it is named.
    init(_ metadata: PXMetadata, _ variables: PXDimensions) throws(Reason) {
        var places: [[String: Int]] = []
        var rowCount = 1
        let stub = variables.dimensions.prefix(variables.stubCount)
        guard !stub.isEmpty else {
            throw Reason(
                "The file has KEYS and no STUB: nothing names its rows", line: metadata.line("KEYS"),
                expected: "variables in STUB", remedy: "Export the file again")
        }
        for dimension in stub {
            guard let statement = metadata.first("KEYS", dimension.name) else {
                throw PXDimensions.missing(
                    "KEYS(\"\(dimension.name)\")", "says how rows name the variable, as it does for others",
                    line: metadata.line("KEYS") ?? metadata.dataLine)
            }
            let categories = dimension.categories.enumerated()
            let texts: [(String, Int)]
            switch statement.value.uppercased() {
            case "VALUES": texts = categories.map { ($1.label, $0) }
            case "CODES" where dimension.hasCodes: texts = categories.map { ($1.code, $0) }
            default:
                throw Reason(
                    "KEYS of `\(dimension.name)` says neither CODES, which it has, nor VALUES", line: statement.line,
                    found: statement.value, expected: dimension.hasCodes ? "CODES or VALUES" : "VALUES",
                    remedy: "Correct the file")
            }
            var byText: [String: Int] = [:]
            for (text, place) in texts where byText.updateValue(place, forKey: text) != nil {
                throw Reason(
                    "Rows can't be told apart: two values of `\(dimension.name)` are `\(text)`", line: dimension.line,
                    found: text, expected: "each value once", remedy: "Correct the file")
            }
            places.append(byText)
            // Fits: a factor of the number of combinations, which was found to.
            rowCount *= dimension.categories.count
        }
        self.places = places
        self.rowCount = rowCount
        names = stub.map(\.name)
    }

    /// The place of the value that a key names.
    ///
    /// - Parameters:
    ///   - tokens: At the key.
    ///   - place: The variable's, in the stub.
    /// - Returns: Its place among the values.
    /// - Throws: Where it isn't in quotes, or names none.
    func category(_ tokens: PXTokens, _ place: Int) throws(Reason) -> Int {
        let text = FieldText.string(tokens.token)
        guard tokens.isQuoted else { throw missing(place, line: tokens.line, found: text) }
        guard let category = places[place][text] else {
            throw Reason(
                "A row names `\(text)`, which is no value of `\(names[place])`", line: tokens.line,
                column: tokens.column, found: text, expected: "one of the values of `\(names[place])`",
                remedy: "Correct the row, or the values")
        }
        return category
    }

    func missing(_ place: Int, line: Int, found: String) -> Reason {
        Reason(
            "A row has no key for `\(names[place])`", line: line, found: found,
            expected: "a value of `\(names[place])` in quotes",
            remedy: "Export or fetch the file again: a row has more or fewer figures than the table has columns")
    }
}
