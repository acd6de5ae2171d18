import Annals
import Definitions

/// Whose symbols a PX file uses, as far as its SOURCE tells.
enum PXDialect {
    /// The dialect of files of which nobody says whose they are.
    static let fallback = "px"

    /// Names of agencies in SOURCE, folded, and their dialects.
    private static let agencies: [(name: String, dialect: String)] = [
        ("statistics norway", "ssb"), ("statistisk sentralbyra", "ssb"), ("statistics sweden", "scb"),
        ("statistiska centralbyran", "scb"), ("statistikmyndigheten scb", "scb"), ("statistics finland", "statfin"),
        ("tilastokeskus", "statfin"), ("statistikcentralen", "statfin"), ("statistics denmark", "dst"),
        ("danmarks statistik", "dst"), ("central statistics office, ireland", "cso"), ("cso ireland", "cso"),
        ("bundesamt fur statistik", "bfs"), ("office federal de la statistique", "bfs"),
        ("federal statistical office", "bfs"), ("kozponti statisztikai hivatal", "ksh"),
        ("agency for statistics of bosnia and herzegovina", "bhas"),
    ]

    /// The dialect of the agency that SOURCE names; nil where it names none that is known.
    static func agency(_ metadata: PXMetadata, _ definitions: Definitions) -> String? {
        guard let source = metadata.text("SOURCE").map(LabelText.folded) else { return nil }
        let found = agencies.first { source.contains($0.name) && definitions.dialects[$0.dialect] != nil }
        return found?.dialect
    }

    /// The dialect that holds where no person names one: the agency's where the file says what its symbols look like and the
    /// dialect knows all of them, else the one of the format.
    static func presumed(_ metadata: PXMetadata, _ definitions: Definitions) -> String {
        let legend = PXSymbols.shown(metadata).values
        if !legend.isEmpty, let agency = agency(metadata, definitions), let dialect = definitions.dialects[agency],
            legend.allSatisfy({ dialect.glyphs.mark(of: $0) != nil })
        {
            return agency
        }
        return definitions.dialects[fallback] == nil ? Definitions.genericDialect : fallback
    }

    /// Proposes the agency's dialect where symbols stand in the file and another one was taken by default.
    static func proposal(
        _ metadata: PXMetadata, taken: Dialect, figures: CubeFigures, _ definitions: Definitions
    ) -> Finding? {
        guard taken.name == fallback, let agency = agency(metadata, definitions),
            let dialect = definitions.dialects[agency]
        else { return nil }
        let told = figures.palette.marks.filter { mark in
            guard mark.status != .value, let other = dialect.glyphs.mark(of: mark.glyph) else { return false }
            return other.status != mark.status
        }
        guard !told.isEmpty else { return nil }
        let meanings = told.map { "`\($0.glyph)` \(dialect.glyphs.mark(of: $0.glyph)?.status.code ?? "")" }
        return Finding(
            "dialect-proposed",
            "SOURCE names an agency whose symbols mean more: \(meanings.joined(separator: ", ")); say in a sidecar or in a "
                + "definition: `dialect: \(agency)`")
    }
}
