import Annals

/// A table as the formats of statistical databases give it: dimensions with their categories, and a figure for each
/// combination of them.
///
/// What PX, JSON-stat and SDMX have in common. A reader fills one, and ``CubeTable`` makes a ``Reading`` of it: which
/// dimension is of years, which dataset it is, what is counted, one table a year. An example, in PX:
/// ```
/// STUB="region"; HEADING="year","contents";   three dimensions; the figures are row-major over them, as printed
/// TIMEVAL("year")=TLIST(A1),"2010","2011";    the second is of time
/// CONTVARIABLE="contents";                    the third says what is counted: one measure a category
/// ```
struct Cube {
    /// In the order over which ``figures`` are row-major.
    var dimensions: [CubeDimension]
    /// What is counted.
    ///
    /// *Shape:* one a category of the dimension of contents, in its order; one where there is no such dimension. Decimals
    /// are those of the figures once ``CubeTable`` made them equal.
    var measures: [Measure]
    var figures: CubeFigures
    /// What the file says of all figures.
    var notes: [String] = []
    /// What it says of some categories of time alone.
    ///
    /// A table of 2010 must not differ because something is said of 2011.
    var notesOfTime: [Int: [String]] = [:]
    /// Lines beside the title that may name the year, where no dimension is of time.
    var linesOnTime: [String] = []
    /// When the file says that it was published.
    var published: Instant?
    /// Whether the figures stand for a day, for what flowed during the year, or for its average, where the file says it.
    var periodKind: Period.Kind?
    var findings: [Finding] = []
    /// Where a figure stands, by its number among ``CubeFigures/values``.
    var origin: @Sendable (Int) -> CellOrigin
}

/// One axis of a cube.
struct CubeDimension {
    /// What a dimension is of.
    enum Role {
        /// Names the category; every dimension that is neither of the others.
        case key
        /// The reference period.
        case time
        /// What is counted: each category is a measure.
        case contents
    }

    /// What the file calls it: a definition and a recorded plan know it by this name.
    var name: String
    /// For people.
    var label: String
    /// What the file says that it is of; nil where it says nothing, and the name and the categories tell.
    var role: Role?
    /// In order; at least one.
    ///
    /// Where the file has no codes, each code is empty, and is made of the label.
    var categories: [Category]
    /// Names of what is said of each category besides its label.
    var attributes: [String] = []
    /// The time of each category as the format itself says it; else its code or its label says it.
    ///
    /// *Shape:* one a category.
    var times: [String]?
    /// Whether it stands in front of the rows, or above the columns, where the format knows the difference.
    var isInStub: Bool?
    /// Where the file says its categories, for messages.
    var line: Int?

    /// Whether the file gives its categories codes of their own.
    var hasCodes: Bool { categories.contains { !$0.code.isEmpty } }
}
