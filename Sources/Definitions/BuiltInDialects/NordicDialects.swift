extension Definitions {
    /// Copies of the dialects of the Nordic offices.
    static let nordicDialects: [Source] = [
        Source(
            path: "dialects/dst.yaml",
            text: #"""
                dialect: dst
                label: Statistics Denmark
                source: files of StatBank Denmark, as public programs that read them tell, seen 2026-11
                # The agency's own list of symbols was not found. What else its tables print, a dash too, is refused
                # until somebody who has the list writes it down in a dialect.
                symbols:
                  "..": not-available       # confidential or not available; which of the two isn't told

                """#),
        Source(
            path: "dialects/scb.yaml",
            text: #"""
                dialect: scb
                label: Statistics Sweden
                source: scb.se, indicators of gender equality, teckenförklaring, seen 2026-11
                # Of publications. In files of the database a 0 may be a plain zero; it counts as zero either way.
                symbols:
                  "-": nil
                  "–": nil
                  "0": below-unit
                  "..": not-available       # not available, or too uncertain
                  ".": not-applicable

                """#),
        Source(
            path: "dialects/ssb.yaml",
            text: #"""
                dialect: ssb
                label: Statistics Norway
                source: ssb.no, standard symbols in tables, seen 2025-11
                # English pages write a decimal point, Norwegian ones a comma: the figures tell.
                symbols:
                  ".": not-applicable       # the category was not in use when figures were collected
                  "..": not-available
                  "...": not-yet-available  # no longer in the list; older ones have it (ssb-yearbook)
                  ":": confidential
                  "-": nil
                  "–": nil
                  "−": nil
                suffixes:
                  "*": provisional

                """#),
        Source(
            path: "dialects/ssb-yearbook.yaml",
            text: #"""
                dialect: ssb-yearbook
                label: Statistics Norway, printed yearbooks
                source: Statistisk årbok 1995, list of symbols, seen 2025-11
                symbols:
                  ".": not-applicable
                  "..": not-available
                  "...": not-yet-available
                  ":": confidential
                  "-": nil
                  "–": nil
                  "−": nil
                  "0": below-unit
                  "0,0": below-unit
                  "0.0": below-unit
                suffixes:
                  "*": provisional

                """#),
        Source(
            path: "dialects/statfin.yaml",
            text: #"""
                dialect: statfin
                label: Statistics Finland, StatFin database and PX files
                source: StatisticsFinland/PxApi, PX file constants; notes in PX files of stat.fi, seen 2026-11
                # Releases of the labour force survey say something else: statfin-labour-force.
                symbols:
                  ".": not-available        # missing
                  "..": not-applicable
                  "...": confidential
                  "....": not-available     # not obtained
                  ".....": not-available    # not asked
                  "......": not-available   # without a meaning of its own
                  "-": nil

                """#),
        Source(
            path: "dialects/statfin-labour-force.yaml",
            text: #"""
                dialect: statfin-labour-force
                label: Statistics Finland, releases of the labour force survey
                source: stat.fi, Labour force survey 2010 to 2019, notes to the appendix tables, seen 2026-11
                symbols:
                  "0": below-unit
                  ".": not-available        # nothing to report, or too uncertain: which of the two isn't told

                """#),
    ]
}
