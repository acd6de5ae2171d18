import Annals

/// What a column's name says about its role, in the languages of the samples.
///
/// A name alone never makes a role where the content speaks against it; it decides between roles that the content allows.
enum ColumnNames {
    private static let years: Set<String> = [
        "year", "years", "ar", "aar", "aarstall", "arstall", "time", "tid", "time-period", "period", "periode", "jahr",
        "annee", "anno", "ano", "ref-year", "refyear", "reference-year", "ref-date", "vuosi", "rok", "jaar",
    ]
    private static let yearWords: Set<String> = years.union([
        "yr", "an", "jahre", "zeit", "stichtag", "date", "day", "dato", "datum", "fy", "calendar", "fiscal",
        "financial",
        "yearcode",
    ])
    private static let values: Set<String> = [
        "value", "values", "verdi", "obs-value", "obsvalue", "wert", "valeur", "valor", "data-value", "varde",
    ]
    /// Names that say no more than that figures stand below.
    private static let genericMeasures: Set<String> = values.union([
        "figure", "figures", "number", "numbers", "count", "counts", "antall", "antal", "anzahl", "nombre", "numero",
        "tall", "tal", "data", "observation", "observations", "statistic", "sum", "total", "totals",
    ])
    private static let codeWords: Set<String> = ["code", "kode", "id", "nr", "no", "number", "nummer", "key", "fips"]
    private static let keys: Set<String> = ["age", "alder", "sex", "kjonn", "gender", "geo", "month", "maned"]
    /// What crosses with everything, and is nobody's label.
    private static let ofTheirOwn: Set<String> = [
        "geslacht", "geschlecht", "sexe", "sukupuoli", "genre", "ika", "age", "alder", "sex", "kjonn", "gender",
        "month", "maned",
    ]
    /// Things that offices number.
    private static let classifications: Set<String> = [
        "county", "municipality", "region", "district", "state", "province", "country", "tract", "block", "ward",
        "parish", "zip", "zipcode", "postcode", "postal", "kommune", "fylke", "bydel", "krets", "grunnkrets", "land",
        "kreis",
        "gemeinde", "departement", "commune", "canton", "kanton", "lan", "area-code", "geoid", "geocode", "isco",
        "nace",
        "isic", "sic", "naics", "hs", "cpc", "coicop", "icd", "nuts", "lau", "grade", "class", "klasse", "level",
        "quarter",
        "household-size", "cohort", "alter", "edad",
    ]
    private static let labelWords: Set<String> = [
        "label", "labels", "name", "names", "navn", "namn", "nimi", "bezeichnung", "libelle", "nom", "nombre", "text",
        "tekst",
        "title", "description", "title-text", "desc",
    ]
    private static let flags: Set<String> = [
        "obs-status", "obs-flag", "flag", "flags", "flag-codes", "flag-code", "status", "symbol", "conf-status",
        "flagg",
        "observation-status", "quality", "q", "f", "kvalitet", "qualitat", "confidentiality-status", "footnotes-flag",
        "status-flag", "obs-conf",
    ]
    private static let remarks: Set<String> = [
        "note", "notes", "remark", "remarks", "comment", "comments", "footnote", "footnotes", "merknad", "merknader",
        "anm",
        "anmerkung", "bemerkung", "kommentar", "fotnote", "observations", "last-update", "last-updated", "updated",
        "source",
        "kilde", "quelle",
    ]
    private static let indices: Set<String> = [
        "", "index", "unnamed-0", "x", "x1", "v1", "row", "rownum", "rowid", "row-id", "row-number", "rownames", "no",
        "nr",
        "lopenr", "lopnr", "lnr", "id", "line", "lfd-nr", "objectid", "object-id", "fid", "gid", "ogc-fid", "rank",
        "rang",
        "rangering", "case", "seq", "sequence", "record", "recno", "recnum", "observation-id", "pos", "position",
        "obs-id", "obs", "sl-no", "s-no", "sno", "serial-no",
    ]
    private static let units: Set<String> = [
        "unit", "units", "uom", "unit-of-measure", "einheit", "enhet", "unite", "unit-mea", "unit-measure", "maleenhet",
        "unit-label",
    ]

    static func isYear(_ name: String) -> Bool { years.contains(Slug.make(name)) }

    /// Whether a word of the name speaks of time.
    static func speaksOfTime(_ name: String) -> Bool {
        let slug = Slug.make(name)
        return yearWords.contains(slug) || words(slug).contains(where: yearWords.contains)
            || timeStems.contains { slug.contains($0) } || slug.hasSuffix("ar") && slug.utf8.count > 6
    }

    /// Parts of words that speak of years: `Berichtsjahr`, `statistikår`, `Millésime`, `Perioden`.
    private static let timeStems = [
        "jahr", "year", "annee", "aar", "vuosi", "vuot", "jaar", "period", "millesime", "stichtag", "peil", "tidspunkt",
    ]

    /// Whether a column's name, its unit aside, says that the figures stand there.
    static func isValue(_ name: String) -> Bool { values.contains(Slug.make(MeasureHeading(name).name)) }

    /// Whether a name, its unit aside, leaves open what is counted.
    static func isGenericMeasure(_ name: String) -> Bool { genericMeasures.contains(Slug.make(name)) }

    /// Whether numbers under this name are codes or ages, and no figures.
    static func isKey(_ name: String) -> Bool {
        let slug = Slug.make(name)
        return keys.contains(slug) || ofTheirOwn.contains(slug) || isCode(name) || classifications.contains(slug)
            || words(slug).count == 2 && words(slug).last.map(classifications.contains) == true
                && !ofWholes.contains(words(slug)[0])
    }

    /// First words of names that count or sum something up: `All districts`, `Total region`.
    private static let ofWholes: Set<String> = [
        "all", "total", "number", "no", "sum", "antall", "anzahl", "per", "mean",
    ]

    /// Whether a name is that of a dimension that says nothing of another.
    static func isOfItsOwn(_ name: String) -> Bool { ofTheirOwn.contains(Slug.make(name)) }

    /// Whether a name is that of a classification, or of what crosses with all of them.
    static func isDimension(_ name: String) -> Bool {
        let slug = Slug.make(name)
        return keys.contains(slug) || classifications.contains(slug)
    }

    /// Whether a name says that codes stand below: `county code`, `kommunenr`, `Country Code`.
    static func isCode(_ name: String) -> Bool {
        let slug = Slug.make(name)
        if words(slug).last.map(codeWords.contains) == true { return true }
        return ["nr", "kode", "code"].contains { slug.hasSuffix($0) && slug.utf8.count > $0.utf8.count + 2 }
    }

    /// Whether a name says that the words for something stand below: `county name`, `Country Label`.
    static func isLabel(_ name: String) -> Bool {
        let slug = Slug.make(name)
        return words(slug).contains(where: labelWords.contains)
            || ["navn", "name", "label"].contains { slug.hasSuffix($0) && slug.utf8.count > $0.utf8.count + 2 }
    }

    /// Whether a name says that status and flags of figures stand below.
    static func isFlag(_ name: String) -> Bool { flags.contains(Slug.make(name)) }

    /// Whether a name says that remarks about a row stand below.
    static func isRemark(_ name: String) -> Bool { remarks.contains(Slug.make(name)) }

    /// Whether a name is that of something that tells each row from all others: hashes, addresses.
    static func isIdentifier(_ name: String) -> Bool { identifiers.contains(Slug.make(name)) }

    private static let identifiers: Set<String> = [
        "hash", "uid", "uuid", "guid", "url", "uri", "link", "key", "row-hash", "checksum", "md5", "sha1", "sha256",
        "vector",
        "coordinate", "",
    ]

    /// Whether programs write row numbers under such a name.
    static func isIndex(_ name: String) -> Bool {
        let slug = Slug.make(name)
        return indices.contains(slug) || slug.hasPrefix("unnamed-")
    }

    /// Whether a name says that the unit of the figures stands below.
    static func isUnit(_ name: String) -> Bool { units.contains(Slug.make(name)) }

    /// Whether two names mean the same column, in a definition and in a file.
    static func areSame(_ left: String, _ right: String) -> Bool {
        left == right || (!Slug.make(left).isEmpty && Slug.make(left) == Slug.make(right))
    }

    private static func words(_ slug: String) -> [String] { slug.split(separator: "-").map(String.init) }
}
