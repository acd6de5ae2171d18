extension Definitions {
    /// Copies of `Config/dialects/*.yaml`, so that a program without its configuration still knows the agencies.
    ///
    /// In the order of their paths. A test holds them against the files, byte for byte.
    static let builtInDialects: [Source] =
        (commonDialects + nordicDialects + europeanDialects + northAmericanDialects + internationalDialects)
        .sorted { $0.path < $1.path }

    /// Copies of the dialects that are no agency's.
    private static let commonDialects: [Source] = [
        Source(
            path: "dialects/generic.yaml",
            text: #"""
                # Used where nothing names another dialect. It knows only what almost all agencies agree on: a lone dash
                # is a nil. At two, us-census-acs and unctad, it hides a figure: their files must say whose they are.
                # Any other symbol is refused, with the names of the dialects that know it.
                dialect: generic
                label: Symbols on which agencies agree
                symbols:
                  "-": nil
                  "–": nil
                  "−": nil

                """#),
        Source(
            path: "dialects/px.yaml",
            text: #"""
                dialect: px
                label: PX files (PC-Axis) whose agency is not known
                source: PX file format, DATASYMBOL1 to 6 and DATASYMBOLNIL; PxWeb, example database, seen 2026-11
                # The format numbers six reasons why a figure is missing, and prints so many dots unless a file renames
                # them. What each means is the agency's to say (statfin: the third is confidential), so none is told.
                symbols:
                  ".": not-available
                  "..": not-available
                  "...": not-available
                  "....": not-available
                  ".....": not-available
                  "......": not-available
                  "-": nil

                """#),
        Source(
            path: "dialects/sdmx.yaml",
            text: #"""
                dialect: sdmx
                label: SDMX code lists, observation and confidentiality status
                source: SDMX, CL_OBS_STATUS 2.2 and CL_CONF_STATUS, seen 2026-11
                decimal-mark: point
                # Only codes that one of the lists alone has. A D E F G M N O P S stand in both, with two meanings each
                # (N: not significant, not for publication), and are read by the column's name: OBS_STATUS, CONF_STATUS.
                # A dialect goes before that name, and would take them away from it.
                symbols:
                  NaN: not-available        # how SDMX-CSV writes a number that is missing
                  H: not-available          # holiday or weekend
                  J: value                  # derogation
                  K: included-elsewhere
                  L: not-available          # exists, and was not collected
                  Q: confidential           # suppressed
                  V: value                  # not validated
                suffixes:
                  B: break
                  I: imputed
                  U: low-reliability
                  W: definition-differs     # includes data of another category

                """#),
    ]
}
