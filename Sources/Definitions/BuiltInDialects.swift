extension Definitions {
    /// Copies of `Config/dialects/*.yaml`, so that a program without its configuration still knows the agencies.
    ///
    /// A test holds them against the files, byte for byte.
    static let builtInDialects: [Source] = [
        Source(
            path: "dialects/bfs.yaml",
            text: #"""
                dialect: bfs
                label: Federal Statistical Office, Switzerland
                source: bfs.admin.ch, symbols and abbreviations, seen 2025-11
                thousands-separators: [spaces, apostrophe]
                symbols:
                  "-": nil
                  "–": nil
                  X: confidential
                  "...": not-available
                  "*": not-applicable

                """#),
        Source(
            path: "dialects/bhas.yaml",
            text: #"""
                dialect: bhas
                label: Agency for Statistics of Bosnia and Herzegovina
                source: bhas.ba, explanation of symbols, seen 2025-11
                symbols:
                  "-": nil
                  "..": below-unit
                  "....": not-available
                  "#": not-applicable
                  ":": unreliable
                suffixes:
                  "*": corrected

                """#),
        Source(
            path: "dialects/cbs.yaml",
            text: #"""
                dialect: cbs
                label: Statistics Netherlands
                source: mnp.nl, verklaring der tekens, seen 2025-11
                symbols:
                  ".": not-available
                  "-": nil
                  "0": below-unit
                suffixes:
                  "*": provisional

                """#),
        Source(
            path: "dialects/cso.yaml",
            text: #"""
                dialect: cso
                label: Central Statistics Office, Ireland
                source: cso.ie, Statistical Yearbook 2021, appendix, seen 2025-11
                decimal-mark: point
                thousands-separators: [spaces, comma]
                symbols:
                  "..": not-available
                  "_": nil
                  "0": below-unit
                  "*": confidential

                """#),
        Source(
            path: "dialects/destatis.yaml",
            text: #"""
                dialect: destatis
                label: Statistical offices of Germany
                source: statistik-portal.de, explanation of symbols, seen 2025-11
                decimal-mark: comma
                thousands-separators: [spaces, point]
                symbols:
                  "-": nil
                  "–": nil
                  "0": below-unit
                  ".": confidential         # unknown or not to be disclosed
                  "·": confidential
                  "...": not-yet-available
                  x: not-applicable
                  "/": unreliable
                suffixes:
                  p: provisional
                  r: revised
                  s: estimated

                """#),
        Source(
            path: "dialects/eurostat.yaml",
            text: #"""
                dialect: eurostat
                label: Eurostat
                source: ec.europa.eu/eurostat, flags of dissemination (until and from 2025-01-27), seen 2025-11
                decimal-mark: point
                symbols:
                  ":": not-available
                  ":c": confidential
                  ":C": confidential
                  ":N": confidential
                  ":P": confidential
                  ":m": not-applicable
                  ":z": not-applicable
                  ":u": unreliable
                  "0n": below-unit
                suffixes:
                  b: break
                  d: definition-differs
                  e: estimated
                  f: forecast
                  i: imputed
                  n: not-significant
                  p: provisional
                  r: revised
                  s: estimated
                  u: low-reliability

                """#),
        Source(
            path: "dialects/generic.yaml",
            text: #"""
                # Used where nothing names another dialect. It knows only what no agency here contradicts:
                # a lone dash is a nil. Any other symbol is refused, with the names of the dialects that know it.
                dialect: generic
                label: Symbols on which agencies agree
                symbols:
                  "-": nil
                  "–": nil
                  "−": nil

                """#),
        Source(
            path: "dialects/gss.yaml",
            text: #"""
                dialect: gss
                label: Government Statistical Service, United Kingdom
                source: gss.civilservice.gov.uk, symbols in tables; stats.gov.wales/en-GB/shorthand, seen 2025-11
                decimal-mark: point
                thousands-separators: [spaces, comma]
                symbols:
                  "[c]": confidential
                  "[u]": unreliable
                  "[w]": nil
                  "[x]": not-available
                  "[z]": not-applicable
                  "[low]": below-unit
                suffixes:
                  "[b]": break
                  "[e]": estimated
                  "[f]": forecast
                  "[p]": provisional
                  "[r]": revised
                  "[u]": low-reliability
                  "[ns]": not-significant

                """#),
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

                """#),
        Source(
            path: "dialects/ksh.yaml",
            text: #"""
                dialect: ksh
                label: Hungarian Central Statistical Office
                source: ksh.hu, Statistical Pocketbook 2018, seen 2025-11
                symbols:
                  "–": nil
                  "-": nil
                  "..": not-available
                  "…": confidential
                  x: not-applicable
                  "0": below-unit

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
                  "...": not-yet-available
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
            path: "dialects/statcan.yaml",
            text: #"""
                dialect: statcan
                label: Statistics Canada
                source: statcan.gc.ca/eng/concepts/definitions/guide-symbol, seen 2025-11
                decimal-mark: point
                thousands-separators: [spaces, comma]
                symbols:
                  ".": not-available        # for any reference period
                  "..": not-available       # for this reference period
                  "...": not-applicable
                  "0s": below-unit
                  x: confidential
                  F: unreliable
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
                symbols:
                  "N/A": not-applicable

                """#),
    ]
}
