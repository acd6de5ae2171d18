/// Which codes of a classification became which, and when.
///
/// A list of facts, as an office publishes them; what follows from them for two years is worked out when it is asked.
package struct Concordance: Hashable, Sendable {
    /// How much of a code a link takes along.
    package enum Scope: String, Sendable, CaseIterable {
        /// All of it: the code ends, and what it was belongs to the other.
        case whole
        /// One of the parts into which a code that ends is divided.
        case split
        /// Some of it, while the rest goes on under the code or elsewhere: the only kind that may be minor.
        case part
    }

    /// One code, or some of it, became another on a day.
    package struct Link: Hashable, Sendable {
        package var validFrom: CalendarDay
        package var from: String
        package var to: String
        package var scope: Scope
        /// How much of `from` it is, of 1, in billionths; nil where the file doesn't say.
        package var shareBillionths: Int64?
        /// The same as a count of whatever the file counts (municipalities, persons); nil where it doesn't say.
        package var size: Int64?
        /// Where it stands in its file, from 1.
        package var line: Int

        package init(
            _ validFrom: CalendarDay, _ from: String, _ to: String, _ scope: Scope, shareBillionths: Int64? = nil,
            size: Int64? = nil, line: Int = 0
        ) {
            self.validFrom = validFrom
            self.from = from
            self.to = to
            self.scope = scope
            self.shareBillionths = shareBillionths
            self.size = size
            self.line = line
        }

        /// Says only that a code goes on although some of it left.
        package var isToItself: Bool { from == to }

        /// The share with as many decimals as it needs; nil where the file doesn't say.
        package var share: (scaled: Int64, decimals: Int)? {
            shareBillionths.map { share in
                var (scaled, decimals) = (share, Self.shareDecimals)
                while decimals > 0, scaled % 10 == 0 { (scaled, decimals) = (scaled / 10, decimals - 1) }
                return (scaled, decimals)
            }
        }

        /// Digits after the point that a share may have.
        package static let shareDecimals = 9
    }

    /// `no-county`: what a definition or a question names it by.
    package var name: String
    package var title: String?
    /// Who says so, and where.
    package var source: String?
    /// Ids of the dimensions that usually have these codes; empty where the file doesn't say.
    package var dimensions: [String]
    /// By day, and as they stand in the file.
    package var links: [Link]
    /// The file that it came from.
    package var file: String

    package init(
        name: String, title: String? = nil, source: String? = nil, dimensions: [String] = [], links: [Link],
        file: String = ""
    ) {
        self.name = name
        self.title = title
        self.source = source
        self.dimensions = dimensions
        self.links = links.enumerated().sorted { ($0.element.validFrom, $0.offset) < ($1.element.validFrom, $1.offset) }
            .map(\.element)
        self.file = file
    }

    /// Which links of parts are followed.
    package enum Minor: String, Sendable, CaseIterable {
        /// All of them: what was moved in part is merged, so that the answer is exact.
        case merge
        /// Only the largest of a code that ended, none of one that goes on: more regions, and an approximation.
        case ignore
    }
}
