/// What became of a drop, for each year that it carried.
package enum Outcome: String, Sendable, CaseIterable {
    case new, revised, identical, quarantined
}

/// What a sidecar file says about the drop beside it.
///
/// Stored with the vintage.
package struct Sidecar: Hashable, Sendable {
    /// Why the publisher issued the figures.
    package enum Kind: String, Sendable, CaseIterable {
        case routine, benchmark, method, classification, correction, reprint

        /// Whether it says that the table may differ from those before it in what it counts or how.
        package var allowsOtherFigures: Bool {
            switch self {
            case .benchmark, .method, .classification, .correction: true
            case .routine, .reprint: false
            }
        }
    }

    /// How final the publisher says the figures are.
    package enum Stage: String, Sendable, CaseIterable {
        case flash, provisional, final
    }

    package var dataset: DatasetID?
    package var year: Int?
    package var dialect: String?
    package var encoding: TextEncoding?
    /// Which sheet of a workbook holds the table.
    package var sheet: String?
    /// Which table of a web page is meant: its number in the page, or its caption.
    package var table: String?
    package var kind: Kind?
    package var stage: Stage?
    package var reason: String?
    package var published: Instant?

    package init(
        dataset: DatasetID? = nil, year: Int? = nil, dialect: String? = nil, encoding: TextEncoding? = nil,
        sheet: String? = nil, table: String? = nil, kind: Kind? = nil, stage: Stage? = nil, reason: String? = nil,
        published: Instant? = nil
    ) {
        self.dataset = dataset
        self.year = year
        self.dialect = dialect
        self.encoding = encoding
        self.sheet = sheet
        self.table = table
        self.kind = kind
        self.stage = stage
        self.reason = reason
        self.published = published
    }
}
