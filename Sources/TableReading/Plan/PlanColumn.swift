/// A column of a file on its way to a role: its heading, and what stands in it from the first row to the last.
struct PlanColumn {
    /// What was kept of the column's fields.
    enum Content {
        /// Every different text of it, and which row has which.
        case texts(KeyDictionary)
        /// Figures, read as they came; only for columns that nothing but figures can be.
        case figures
    }

    /// Its place in the file, from 0.
    let place: Int
    /// Its heading; empty where it has none.
    let name: String
    /// What its heading says.
    let heading: ColumnName
    let content: Content
    let profile: ColumnProfile

    init(place: Int, name: String, heading: ColumnName, content: Content, reader: FigureReader) {
        self.place = place
        self.name = name
        self.content = content
        guard case .texts(let dictionary) = content else {
            profile = ColumnProfile()
            self.heading = heading
            return
        }
        profile = ColumnProfile(dictionary, reader: reader)
        self.heading =
            profile.isOfWholeNumbers
            ? heading.above(wholeNumbers: dictionary.strings.compactMap { Int($0) }) : heading
    }

    /// Its texts; nil where figures were kept.
    var texts: KeyDictionary? { if case .texts(let dictionary) = content { dictionary } else { nil } }

    /// The name in messages.
    var title: String { name.isEmpty ? "column \(place + 1)" : name }
}
