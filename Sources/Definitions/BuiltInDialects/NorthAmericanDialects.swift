extension Definitions {
    /// Copies of the dialects of North American offices.
    static let northAmericanDialects: [Source] = [
        Source(
            path: "dialects/irs.yaml",
            text: #"""
                dialect: irs
                label: United States Internal Revenue Service, migration data
                source: countymigration0506.zip, documentation, seen 2025-11
                decimal-mark: point
                thousands-separators: [comma]
                symbols:
                  "-1": confidential        # fewer than ten returns
                  "**": confidential        # Statistics of Income, Historical Table 2
                  d: confidential           # workbooks; their list was not found, hidden at any rate

                """#),
        Source(
            path: "dialects/statcan.yaml",
            text: #"""
                dialect: statcan
                label: Statistics Canada
                source: statcan.gc.ca, guide to symbols in tables; code sets of its data service, seen 2026-11
                decimal-mark: point
                thousands-separators: [spaces, comma]
                symbols:
                  ".": not-available        # for any reference period
                  "..": not-available       # for this reference period
                  "...": not-applicable
                  "…": not-applicable       # in publications
                  "0s": below-unit
                  x: confidential
                  F: unreliable
                  "<LOD": not-available     # below the limit of detection, and no zero
                  "<LDD": not-available
                  A: value                  # data quality, from excellent to acceptable: code sets
                  B: value
                  C: value
                  D: value
                suffixes:
                  p: provisional
                  r: revised
                  E: low-reliability

                """#),
        Source(
            path: "dialects/us-census.yaml",
            text: #"""
                dialect: us-census
                label: United States Census Bureau, migration flows
                source: State_to_State_Migrations_Table_2019, seen 2025-11
                decimal-mark: point
                thousands-separators: [comma]
                # The American Community Survey has symbols of its own: us-census-acs.
                symbols:
                  "N/A": not-applicable

                """#),
        Source(
            path: "dialects/us-census-acs.yaml",
            text: #"""
                dialect: us-census-acs
                label: United States Census Bureau, American Community Survey
                source: census.gov, notes on ACS estimate and annotation values; ACS summary file handbook, seen 2026-11
                decimal-mark: point
                thousands-separators: [comma]
                # The annotations, and the numbers that stand for them in files. A median in an open class, `2,500-` or
                # `250,000+`, is no figure and is refused.
                symbols:
                  "-": not-available        # too few sample observations; no zero
                  "-666666666": not-available
                  ".": not-available        # the same, in summary files by sequence
                  "N": unreliable           # too few sample cases to be shown
                  "-999999999": unreliable
                  "(X)": not-available      # not applicable or not available
                  "-888888888": not-available
                  "**": not-available       # margins: too few sample observations
                  "-222222222": not-available
                  "***": not-available      # margins: the median lies in an open class
                  "-333333333": not-available
                  "*****": not-applicable   # margins: the estimate is controlled and has no sampling error
                  "-555555555": not-applicable

                """#),
    ]
}
