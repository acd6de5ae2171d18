extension Definitions {
    /// Copies of the dialects of international organisations.
    static let internationalDialects: [Source] = [
        Source(
            path: "dialects/eurostat.yaml",
            text: #"""
                dialect: eurostat
                label: Eurostat
                source: ec.europa.eu/eurostat, flags of dissemination (until and from 2025-01-27), seen 2026-11
                decimal-mark: point
                # A lone dash is refused: old code lists have it for a real zero and for what isn't applicable.
                symbols:
                  ":": not-available
                  ":c": confidential        # until 2025
                  ":C": confidential        # from 2025 on, as the two below it
                  ":N": confidential
                  ":P": confidential
                  ":m": not-applicable      # z until 2025
                  ":z": not-applicable
                  ":u": unreliable
                  "0n": below-unit
                  NaN: not-available        # in SDMX-CSV
                suffixes:
                  b: break
                  d: definition-differs
                  e: estimated
                  f: forecast
                  i: imputed                # s until 2025
                  n: not-significant
                  p: provisional
                  r: revised
                  s: estimated
                  u: low-reliability

                """#),
        Source(
            path: "dialects/oecd.yaml",
            text: #"""
                dialect: oecd
                label: OECD
                source: OECD, Society at a Glance 2019; codes of Government at a Glance 2025, seen 2026-11
                decimal-mark: point
                # Other codes in a column of status or of confidentiality are read by the column's name, as with sdmx.
                # Education at a Glance has letters of its own: oecd-education.
                symbols:
                  "..": not-available
                  K: included-elsewhere
                  L: not-available
                  Q: confidential           # suppressed
                suffixes:
                  B: break
                  U: low-reliability
                  W: definition-differs     # includes data of another category

                """#),
        Source(
            path: "dialects/oecd-education.yaml",
            text: #"""
                dialect: oecd-education
                label: OECD, Education at a Glance
                source: OECD, Education at a Glance 2003, coding of missing data, seen 2026-11
                decimal-mark: point
                symbols:
                  a: not-applicable
                  m: not-available
                  n: below-unit             # nil in 2003, negligible or zero elsewhere: no exact zero is claimed
                  x: included-elsewhere     # in another category, row or column, or across them
                  xr: included-elsewhere
                  xc: included-elsewhere
                  xa: included-elsewhere

                """#),
        Source(
            path: "dialects/un.yaml",
            text: #"""
                dialect: un
                label: United Nations Statistics Division
                source: data.un.org, World Statistics Pocketbook, technical notes, seen 2026-11
                decimal-mark: point
                # Regional commissions and UNCTAD have lists of their own: un-escap, unctad.
                symbols:
                  "...": not-available
                  "…": not-available
                  "–": nil
                  "—": nil
                  "-": nil
                  "<": below-unit
                  "–<": below-unit          # below zero
                  "-<": below-unit

                """#),
        Source(
            path: "dialects/un-escap.yaml",
            text: #"""
                dialect: un-escap
                label: United Nations Economic and Social Commission for Asia and the Pacific
                source: unescap.org, Statistics on women 1999, symbols, seen 2026-11
                decimal-mark: point
                symbols:
                  "..": not-available       # or not reported by itself
                  "0": below-unit           # nil, or less than half the unit
                  "0.0": below-unit

                """#),
        Source(
            path: "dialects/unctad.yaml",
            text: #"""
                dialect: unctad
                label: United Nations Conference on Trade and Development
                source: unctad.org, Development and Globalization 2012, explanatory notes, seen 2026-11
                decimal-mark: point
                symbols:
                  "..": not-available       # or not reported by itself
                  "-": not-available        # estimated, part of the totals, and not shown
                  "–": not-available
                  "_": not-applicable
                  "0": below-unit           # nil or negligible
                suffixes:
                  "(e)": estimated
                  "(f)": forecast
                  "(p)": provisional

                """#),
        Source(
            path: "dialects/world-bank.yaml",
            text: #"""
                dialect: world-bank
                label: World Bank
                source: files of DataBank, as public programs that read them tell, seen 2026-11
                decimal-mark: point
                symbols:
                  "..": not-available

                """#),
    ]
}
