extension Definitions {
    /// Copies of the dialects of other European offices.
    static let europeanDialects: [Source] = [
        Source(
            path: "dialects/bfs.yaml",
            text: #"""
                dialect: bfs
                label: Federal Statistical Office, Switzerland
                source: bfs.admin.ch, symbols and abbreviations, seen 2026-11
                thousands-separators: [spaces, apostrophe]
                # A figure in brackets, `(324)`, is a less reliable one there. No dialect can say that: it is refused.
                symbols:
                  "-": nil                  # exactly zero, told apart from what is rounded to it
                  "–": nil
                  X: confidential
                  "()": unreliable
                  "...": not-available      # not gathered or calculated, or not yet
                  "…": not-available
                  "*": not-available        # unimportant or not applicable; in French also evident: it may exist
                suffixes:
                  p: provisional

                """#),
        Source(
            path: "dialects/bhas.yaml",
            text: #"""
                dialect: bhas
                label: Agency for Statistics of Bosnia and Herzegovina
                source: bhas.ba, marks used in our publications, seen 2026-11
                # A figure in brackets, `(123.4)`, is a less reliable one there. No dialect can say that: it is refused.
                symbols:
                  "-": nil                  # no case, or no such phenomenon
                  "--": not-available       # can't be shown; why isn't said
                  "..": below-unit
                  "0,0": below-unit
                  "....": not-available
                  "#": not-applicable       # divided by zero
                  ":": unreliable           # fewer than 20 observations
                  "●": unreliable
                  z: confidential
                suffixes:
                  "*": corrected
                  p: provisional

                """#),
        Source(
            path: "dialects/cbs.yaml",
            text: #"""
                dialect: cbs
                label: Statistics Netherlands
                source: cbs.nl, StatLine, explanation of symbols, seen 2026-11
                # A blank cell is not applicable there. A dash between two numbers means up to and including.
                symbols:
                  ".": not-available        # unknown, too unreliable or confidential; older lists say unknown alone
                  "-": nil                  # older lists alone: Environmental Data Compendium, explanation of symbols
                  "–": nil
                  "0": below-unit
                  "0,0": below-unit
                  "0.0": below-unit
                suffixes:
                  "*": provisional
                  "**": [provisional, revised]

                """#),
        Source(
            path: "dialects/cso.yaml",
            text: #"""
                dialect: cso
                label: Central Statistics Office, Ireland
                source: cso.ie, Statistical Yearbook 2021, part 2, technical notes, seen 2026-11
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
                source: statistik-portal.de and statistik.niedersachsen.de, explanations of symbols, seen 2026-11
                decimal-mark: comma
                thousands-separators: [spaces, point]
                # A figure in brackets says less there. No dialect can say that: it is refused.
                symbols:
                  "-": nil                  # exactly zero; Lower Saxony prints it for no change, too
                  "–": nil
                  "0": below-unit
                  ".": confidential         # unknown or not to be disclosed
                  "·": confidential
                  "...": not-yet-available
                  "…": not-yet-available
                  x: not-applicable
                  X: not-applicable         # as the standard for statistical tables has it: DIN 55301
                  "/": unreliable
                suffixes:
                  p: provisional
                  r: revised
                  s: estimated

                """#),
        Source(
            path: "dialects/gss.yaml",
            text: #"""
                dialect: gss
                label: Government Statistical Service, United Kingdom
                source: gss.civilservice.gov.uk, using symbols and shorthand; stats.gov.wales, shorthand, seen 2026-11
                decimal-mark: point
                thousands-separators: [spaces, comma]
                # The Office for National Statistics follows it; its older tables: ons.
                symbols:
                  "[c]": confidential
                  "[u]": unreliable         # behind a figure: of low reliability
                  "[w]": not-available      # nobody in the sample: that the population has nobody is not said
                  "[x]": not-available
                  "[z]": not-applicable
                  "[low]": below-unit
                  "[k]": below-unit         # Wales: a low figure that is shown as zero
                  "0[k]": below-unit
                  "0~": below-unit          # older guidance on the use of symbols
                suffixes:
                  "[b]": break
                  "[e]": estimated
                  "[er]": revised           # the earliest period that was revised
                  "[f]": forecast
                  "[p]": provisional
                  "[r]": revised
                  "[u]": low-reliability
                  "[ns]": not-significant
                  "[s]": []                 # significant at 5, 1 and 0.1 per cent
                  "[ss]": []
                  "[sss]": []
                  "[a]": []                 # Wales: an average, a total
                  "[t]": []

                """#),
        Source(
            path: "dialects/insee.yaml",
            text: #"""
                dialect: insee
                label: Insee, France
                source: insee.fr, notes below tables; Insee, code lists of the national accounts, seen 2026-11
                # Pages write a decimal comma, files a point: the figures tell. No list with `ns` and `s` was found:
                # they are left out.
                symbols:
                  "///": not-applicable     # by the nature of things
                  so: not-applicable        # the code list
                  "...": not-available
                  "…": not-available
                  nd: not-available         # the code list
                  "n.d.": not-available

                """#),
        Source(
            path: "dialects/ksh.yaml",
            text: #"""
                dialect: ksh
                label: Hungarian Central Statistical Office
                source: ksh.hu, Statistical Pocketbook 2018; stadat, signs, seen 2026-11
                # Colours say provisional (blue) and revised (green) there, and are lost in text.
                symbols:
                  "–": nil
                  "-": nil
                  "..": not-available
                  "…": confidential
                  "...": confidential
                  x: not-applicable
                  "0": below-unit

                """#),
        Source(
            path: "dialects/nrs.yaml",
            text: #"""
                dialect: nrs
                label: National Records of Scotland, vital events
                source: nrscotland.gov.uk, Vital Events Reference Tables 2001, 2004, tabular conventions, seen 2026-11
                decimal-mark: point
                thousands-separators: [spaces, comma]
                # Newer tables may have the shorthand of gss.
                symbols:
                  "-": nil                  # no events
                  "–": nil
                  "...": not-available
                  "…": not-available
                  "0": below-unit           # of rates
                  "0.0": below-unit

                """#),
        Source(
            path: "dialects/ons.yaml",
            text: #"""
                dialect: ons
                label: Office for National Statistics, United Kingdom, older tables
                source: ONS, Pink Book (the dash), as public programs that read it quote it, seen 2026-11
                decimal-mark: point
                thousands-separators: [spaces, comma]
                # Newer tables have the shorthand of gss.
                symbols:
                  "-": below-unit           # nil, or less than half the final digit: a zero, but no exact one
                  "–": below-unit
                  "..": not-available       # why was not found, and differs between publications
                  ":": not-available

                """#),
    ]
}
