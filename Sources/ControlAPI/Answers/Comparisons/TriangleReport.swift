/// Every release of every year of a figure: the answer of `triangle`.
package struct TriangleReport: Sendable {
    /// One release.
    package struct Point: Sendable {
        package var year: Int
        package var version: Int
        package var value: ExactFigure
        /// `absent` where the table has no such cell.
        package var status: String
        package var kind: String?
        package var stage: String?
        /// How many later drops had the same figures.
        package var confirmed: Int
        package var decimals: Int
        package var unit: String?
        package var origin: VintageOrigin

        package init(
            year: Int, version: Int, value: ExactFigure, status: String, kind: String?, stage: String?, confirmed: Int,
            unit: String?, origin: VintageOrigin
        ) {
            self.year = year
            self.version = version
            self.value = value
            self.status = status
            self.kind = kind
            self.stage = stage
            self.confirmed = confirmed
            decimals = value.decimals
            self.unit = unit
            self.origin = origin
        }
    }

    /// What became of a year.
    package struct Year: Sendable {
        package var year: Int
        package var releases: Int
        package var first: ExactFigure
        /// Left out where none was asked for.
        package var nth: ExactFigure?
        package var latest: ExactFigure
        package var revision: ExactFigure

        package init(
            year: Int, releases: Int, first: ExactFigure, nth: ExactFigure?, latest: ExactFigure, revision: ExactFigure
        ) {
            self.year = year
            self.releases = releases
            self.first = first
            self.nth = nth
            self.latest = latest
            self.revision = revision
        }
    }

    /// What became of all years.
    package struct Summary: Encodable, Sendable {
        package var years: Int
        package var revised: Int
        package var meanRevision: ExactFigure
        /// Of their sizes.
        package var meanAbsoluteRevision: ExactFigure
        package var signChanges: Int

        package init(
            years: Int, revised: Int, meanRevision: ExactFigure, meanAbsoluteRevision: ExactFigure, signChanges: Int
        ) {
            self.years = years
            self.revised = revised
            self.meanRevision = meanRevision
            self.meanAbsoluteRevision = meanAbsoluteRevision
            self.signChanges = signChanges
        }
    }

    /// Codes by id of dimension, as they were asked for.
    package struct Selection: Encodable, Sendable {
        package var codes: [String: String]

        private struct Name: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }

            init?(intValue: Int) { nil }
        }

        package init(_ codes: [String: String]) { self.codes = codes }

        /// By name, so that equal questions have equal answers.
        package func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Name.self)
            for (id, code) in codes.sorted(by: { $0.key < $1.key }) {
                try fields.encode(code, forKey: Name(stringValue: id))
            }
        }
    }

    package var dataset: String
    /// Ids of the dimensions.
    package var dimensions: [String]
    /// One code a dimension; null where it is a sum.
    package var at: [String]?
    /// What was asked for.
    package var `where`: Selection
    /// Of the coarsest point.
    package var decimals: Int
    package var points: [Point]
    package var years: [Year]
    package var summary: Summary
    /// Where the log ended when it was asked, and the definitions in force that were used.
    package var head: String
    package var definitions: [AnswerBasis.Definition]

    package init(
        dataset: String, dimensions: [String], at: [String]?, where: Selection, decimals: Int, points: [Point],
        years: [Year], summary: Summary, basis: AnswerBasis
    ) {
        head = basis.head
        definitions = basis.definitions
        self.dataset = dataset
        self.dimensions = dimensions
        self.at = at
        self.where = `where`
        self.decimals = decimals
        self.points = points
        self.years = years
        self.summary = summary
    }

    /// `county=03 counterpart=01`; `all` for a sum over everything.
    package var selection: String {
        let fixed = at.map { Array(zip(dimensions, $0)) }
        let named = fixed ?? dimensions.compactMap { id in `where`.codes[id].map { (id, $0) } }
        return named.isEmpty ? "all" : named.map { "\($0)=\($1)" }.joined(separator: " ")
    }
}

extension TriangleReport: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("dataset", dataset)
            json.field("dimensions", dimensions)
            if let at { json.field("at", at) } else { json.field("at", json: Array("null".utf8)) }
            json.field("where", `where`)
            json.field("decimals", decimals)
            json.field("points", points)
            json.field("years", years)
            json.field("summary", summary)
            AnswerBasis(head: head, definitions: definitions).writeFields(to: &json)
        }
    }
}

extension TriangleReport.Point: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("year", year)
            json.field("version", version)
            json.field("published", json: origin.publishedJSON)
            json.field("recorded", json: origin.recordedJSON)
            json.field("value", value)
            json.field("status", status)
            json.field("kind", kind)
            json.field("stage", stage)
            json.field("confirmed", confirmed)
            json.field("decimals", decimals)
            json.field("unit", unit)
            json.field("source", json: origin.sourceJSON)
        }
    }
}

extension TriangleReport.Year: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("year", year)
            json.field("releases", releases)
            json.field("first", first)
            if let nth { json.field("nth", nth) }
            json.field("latest", latest)
            json.field("revision", revision)
        }
    }
}
