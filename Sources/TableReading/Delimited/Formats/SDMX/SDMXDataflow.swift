/// What an SDMX file is of: `ESTAT:DEMO_PJAN(1.0)`, with its name behind it where labels were asked for.
struct SDMXDataflow: Equatable {
    /// Nil where only an id stands there.
    var agency: String?
    var id: String
    /// In words; nil where the file doesn't say it.
    var name: String?

    /// Nil where nothing stands there.
    ///
    /// - Parameters:
    ///   - text: As it stands in a row: `ESTAT:DEMO_PJAN(1.0)`, `ESTAT:DEMO_PJAN(1.0): Population`.
    ///   - name: What a column of names says of it.
    init?(_ text: String, name: String? = nil) {
        let (reference, label) = SDMXLabel.parts(of: LabelText.normalized(text))
        var rest = reference[...]
        if let open = rest.firstIndex(of: "(") { rest = rest[..<open] }
        if let colon = rest.lastIndex(of: ":") {
            agency = String(rest[..<colon])
            rest = rest[rest.index(after: colon)...]
        }
        guard !rest.isEmpty else { return nil }
        id = String(rest)
        let words = name.map(LabelText.normalized) ?? label
        self.name = words.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// A code and its label in one text, as SDMX writes them where both were asked for: `FR: France`.
enum SDMXLabel {
    /// - Returns: The code, and what follows the first colon and space; nil where there are none.
    static func parts(of text: String) -> (code: String, label: String?) {
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while let colon = scalars[index...].firstIndex(of: ":") {
            let next = scalars.index(after: colon)
            if next < scalars.endIndex, scalars[next] == " " {
                return (
                    FieldText.withoutWhitespace(String(scalars[..<colon])),
                    FieldText.withoutWhitespace(String(scalars[next...]))
                )
            }
            index = next
        }
        return (text, nil)
    }
}
