import Annals
import Glibc

/// A column's name, folded once, and what it says about the column's role in the languages of the samples.
///
/// A name alone never makes a role where the content speaks against it; it decides between roles that the content allows.
struct ColumnName {
    /// The name as a slug: case, accents and punctuation folded.
    let slug: String
    /// What tells it from other names: what ``areSame(_:_:)`` compares.
    let comparable: String
    let words: [Substring]
    /// What it says of time.
    let time: YearHeading.Result
    /// Whether it says, its unit and its year aside, that the figures stand there.
    let isValue: Bool
    /// Whether it is the year of something else than the figures: of birth, of construction, of a model, of a source.
    private(set) var isOtherYear: Bool
    /// Whether it says that the unit of the figures stands below.
    private(set) var isUnit: Bool
    /// Whether a word in it is of times, whatever else it says.
    let speaksOfSomeTime: Bool
    private let speaksOfYears: Bool
    private let namesTime: Bool
    private let namesYear: Bool
    /// Whether it says that codes stand below: `county code`, `kommunenr`, `Country Code`.
    ///
    /// A number is one of something that is numbered: `Number` alone, or that of births, is a count.
    let isCode: Bool
    /// Whether it says that the words for something stand below: `county name`, `Country Label`.
    let isLabel: Bool

    init(_ name: String) {
        slug = Slug.make(name)
        comparable = Slug.isPlain(name) ? slug : Slug.name(name)
        words = Self.words(slug)
        time = YearHeading.parse(name)
        speaksOfYears =
            Self.holds(slug, anyOf: Self.yearStems) || slug.hasSuffix("ar")
            || words.contains { Self.years.contains(String($0)) }
        isLabelledStatus =
            name.utf8.contains(UInt8(ascii: ":"))
            && name.firstIndex(of: ":").map { Self.flags.contains(Slug.make(String(name[..<$0]))) } ?? false
        isWrittenByPrograms = slug.hasPrefix("unnamed-") || Self.programs.contains(name)
        isOtherYear =
            speaksOfYears && Self.holds(slug, anyOf: Self.otherYears)
            || words.contains { Self.yearsOfBeginning.contains(String($0)) }
        isUnit = Self.units.contains(slug)
        speaksOfSomeTime =
            Self.yearWords.contains(slug) || words.contains { Self.yearWords.contains(String($0)) }
            || Self.holds(slug, anyOf: Self.timeStems) || slug.hasSuffix("ar") && slug.utf8.count > 6
        namesTime = Self.namesTime(slug, words)
        namesYear = YearNames.isYear(name)
        isCode = Self.isCode(slug, words)
        isLabel = Self.isLabel(slug, words)
        isValue = Self.isValue(name, slug, words)
    }

    /// The words of a slug, which is of ASCII.
    private static func words(_ slug: String) -> [Substring] {
        slug.utf8.split(separator: UInt8(ascii: "-")).map(Substring.init)
    }

    private static func namesTime(_ slug: String, _ words: [Substring]) -> Bool {
        // `Year.1` is a second one of the name.
        let end = words.last { !$0.utf8.allSatisfy(NumberShape.isDigit) }.map(String.init) ?? ""
        return yearWords.contains(slug) || yearWords.contains(end) || slug.hasSuffix("ar") && slug.utf8.count > 6
            || timeEndings.contains { end.hasSuffix($0) }
            || words.count == 2 && yearWords.contains(String(words[0])) && ofTimes.contains(end)
    }

    /// Whether a name says, its unit and its year aside, that the figures stand there.
    static func isValue(_ name: String, _ slug: String, _ words: [Substring]) -> Bool {
        guard words.contains(where: { values.contains(String($0)) }) else { return values.contains(slug) }
        return values.contains(slug) || values.contains(Slug.make(MeasureHeading(name).name))
    }

    /// The year that it names; nil where it names none, or several.
    var year: YearHeading? { time.year }

    private static let years: Set<String> = [
        "year", "years", "yr", "yrs", "ar", "aar", "aarstall", "arstall", "time", "tid", "time-period", "period",
        "periode",
        "jahr", "annee", "anno", "ano", "ref-year", "refyear", "reference-year", "ref-date", "vuosi", "rok", "jaar",
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
    private static let codeWords: Set<String> = ["code", "kode", "id", "key", "fips"]
    /// Words that number things, or count them: `county number`, and `births, number`.
    private static let numberWords: Set<String> = ["nr", "no", "number", "nummer", "num"]
    /// Things that lists number, classifications aside.
    private static let numbered: Set<String> = [
        "serial", "reg", "registration", "org", "organisation", "organization", "account", "case", "id", "item",
        "order",
        "record", "row", "line", "table", "area", "unit", "school", "vat", "lfd", "lope", "nuts", "stats",
    ]
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
        "observation-status", "quality", "kvalitet", "qualitat", "confidentiality-status", "footnotes-flag",
        "status-flag", "obs-conf",
    ]
    /// Names that say so where no figures stand below.
    private static let weakFlags: Set<String> = [
        "q", "f", "fl", "flg", "sym", "mark", "marks", "marker", "markers", "marking", "data-marking", "statut",
        "data-status", "datastatus", "tegn", "zeichen", "suppression", "suppressed", "suppress", "disclosure",
        "disclosure-code", "disclosure-flag", "suppression-flag", "annotation",
    ]
    private static let remarks: Set<String> = [
        "note", "notes", "remark", "remarks", "comment", "comments", "footnote", "footnotes", "merknad", "merknader",
        "anm",
        "anmerkung", "bemerkung", "kommentar", "fotnote", "observations", "last-update", "last-updated", "updated",
        "source",
        "kilde", "quelle",
    ]
    private static let indices: Set<String> = [
        "", "index", "idx", "unnamed-0", "x", "x1", "v1", "row", "rownum", "rowid", "row-id", "row-number", "rownames",
        "no",
        "nr",
        "lopenr", "lopnr", "lnr", "id", "line", "lfd-nr", "objectid", "object-id", "fid", "gid", "ogc-fid", "rank",
        "rang",
        "rangering", "case", "seq", "sequence", "record", "recno", "recnum", "observation-id", "pos", "position",
        "obs-id", "obs", "sl-no", "s-no", "sno", "serial-no", "record-offset",
    ]
    private static let units: Set<String> = [
        "unit", "units", "uom", "unit-of-measure", "einheit", "enhet", "unite", "unit-mea", "unit-measure", "maleenhet",
        "unit-label", "unidad", "eenheid", "yksikko", "measure-unit",
    ]

    var isYear: Bool { Self.isYear(slug) || namesYear }

    static func isYear(_ slug: String) -> Bool { years.contains(slug) }

    /// Whether it is the year of what the figures were taken from: nothing that they could be told apart by.
    var isYearOfSource: Bool { isOtherYear && Self.holds(slug, anyOf: Self.sources) }

    private static let sources = ["source", "publi", "release", "base"]

    private static let yearStems = ["year", "jahr", "annee", "aar", "jaar", "vuosi", "yob", "arsmod"]
    /// Names of the year in which something began, without a word for a year in them.
    private static let yearsOfBeginning: Set<String> = [
        "cohort", "cohorts", "cohorte", "kohorte", "kull", "arskull", "born", "founded", "built", "construction",
        "vintage", "jahrgang", "argang", "fodt", "foedt", "erstzulassung", "baujahr", "geboren", "model-year",
    ]
    private static let otherYears = [
        "birth", "born", "constr", "built", "building", "model", "arrival", "immigr", "entry", "marriage", "graduat",
        "establish", "found", "manufact", "source", "base", "publi", "release", "fods", "fodt", "fodelse", "geburt",
        "bauj", "bygge", "byggn", "ankomst", "innvandring", "naissance", "geboorte", "bouw", "syntyma", "yob", "foeds",
        "purchase", "zulass", "urodz", "constru", "rakenn", "nascim", "nascit", "nacim", "arsmod", "arskull",
    ]

    /// What it says above whole numbers that are neither years nor powers of ten: `Born` and `Units` are counted then.
    ///
    /// - Parameter numbers: Different texts below it, digits all of them.
    /// - Returns: The same name where it speaks of years by a word for them, or of nothing of the kind.
    func above(wholeNumbers numbers: @autoclosure () -> [Int]) -> ColumnName {
        guard isUnit || isOtherYear && words.contains(where: { Self.yearsOfBeginning.contains(String($0)) }) else {
            return self
        }
        var name = self
        let numbers = numbers()
        if isUnit, numbers.contains(where: { !Self.powersOfTen.contains($0) }) { name.isUnit = false }
        if isOtherYear, !speaksOfYears, numbers.contains(where: { !Self.yearsOfThings.contains($0) }) {
            name.isOtherYear = false
        }
        return name
    }

    private static let powersOfTen: Set<Int> = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 1_000_000_000]
    /// Years in which something that still counts may have begun.
    private static let yearsOfThings = 1200...2199

    /// Whether it is the name of a time: `Berichtsjahr`, `year code`; not `time use`, `persons per year`.
    var speaksOfTime: Bool {
        !isOtherYear && namesTime && !words.contains { ["per", "pr", "par", "je", "by"].contains(String($0)) }
    }

    /// The same of a text that mostly isn't one.
    static func speaksOfTime(_ name: String) -> Bool {
        let slug = Slug.make(name)
        return namesTime(slug, words(slug)) && ColumnName(name).speaksOfTime
    }

    private static let timeEndings = [
        "jahr", "jahre", "jahren", "year", "years", "annee", "annees", "aar", "jaar", "jaren", "vuosi", "period",
        "periods", "periode", "perioden", "perioder", "millesime", "stichtag", "tidspunkt", "peildatum",
    ]
    /// Second words of names of times.
    private static let ofTimes: Set<String> = ["code", "id", "key", "label", "ending", "ended", "end", "name", "start"]

    /// Whether it is called a day: `date`, `Stichtag`.
    var isDay: Bool { words.last.map { ["date", "day", "dato", "datum", "stichtag"].contains(String($0)) } ?? false }

    /// Whether months may stand below it as numbers, `201112`.
    var isMonth: Bool { namesTime || Self.months.contains(slug) }

    private static let months: Set<String> = [
        "month", "maned", "monat", "mois", "yyyymm", "yearmonth", "year-month", "yearmon", "ym",
    ]

    /// Parts of words that speak of years: `Berichtsjahr`, `statistikår`, `Millésime`, `Perioden`.
    private static let timeStems = [
        "jahr", "year", "annee", "aar", "vuosi", "vuot", "jaar", "period", "millesime", "stichtag", "peil", "tidspunkt",
    ]

    /// Whether a name leaves open what is counted.
    static func isGenericMeasure(_ name: String) -> Bool { genericMeasures.contains(Slug.make(name)) }

    /// Whether numbers under this name are codes or ages, and no figures.
    var isKey: Bool {
        if Self.keys.contains(slug) || isOfItsOwn || isCode || isOtherYear || Self.classifications.contains(slug) {
            return true
        }
        return words.count == 2 && Self.classifications.contains(String(words[1]))
            && !Self.ofWholes.contains(String(words[0]))
    }

    /// First words of names that count or sum something up: `All districts`, `Total region`.
    private static let ofWholes: Set<String> = [
        "all", "total", "number", "no", "sum", "antall", "anzahl", "per", "mean",
    ]

    /// Whether it is the name of a dimension that says nothing of another.
    var isOfItsOwn: Bool { Self.isOfItsOwn(slug) }

    static func isOfItsOwn(_ slug: String) -> Bool { ofTheirOwn.contains(slug) }

    /// Whether it is the name of a classification, whose codes may have points in them: `NACE` above `01.1`.
    var isClassification: Bool { Self.classifications.contains(slug) }

    /// Whether it is the name of a classification, or of what crosses with all of them.
    var isDimension: Bool { Self.keys.contains(slug) || Self.classifications.contains(slug) }

    /// Whether it is the name of a column that says what is counted: `Indicator`, `measure`, `Variable`.
    var saysWhatIsCounted: Bool { Self.contents.contains(slug) || Self.contents.contains(numberless) }

    private static let contents: Set<String> = [
        "indicator", "indicators", "indikator", "measure", "measures", "variable", "variables", "variabel", "statistic",
        "statistics", "series", "contents", "contentscode", "statistikkvariabel", "subject", "item", "element", "indic",
    ]

    private static func isCode(_ slug: String, _ words: [Substring]) -> Bool {
        let last = words.last.map(String.init) ?? ""
        if codeWords.contains(last) { return true }
        if numberWords.contains(last), words.count > 1 {
            let what = String(words[words.count - 2])
            return classifications.contains(what) || numbered.contains(what)
        }
        return ends(slug, inAnyOf: ["nr", "kode", "code", "fips"])
    }

    /// What a name of codes or of words for them is of: `y2-county` of `y2_countyfips` and of `y2_countyname`; nil for others.
    var subject: Substring? {
        guard isCode || isLabel else { return nil }
        let found = Self.subjectEndings.first { slug.hasSuffix($0) && slug.utf8.count > $0.utf8.count + 2 }
        return found.map { slug.dropLast($0.count) }.map { $0.hasSuffix("-") ? $0.dropLast() : $0 }
    }

    private static let subjectEndings = [
        "code", "kode", "fips", "id", "nr", "no", "number", "name", "navn", "namn", "label",
    ]

    private static func isLabel(_ slug: String, _ words: [Substring]) -> Bool {
        words.contains { labelWords.contains(String($0)) } || ends(slug, inAnyOf: ["navn", "name", "label"])
    }

    /// Whether a slug is some text with something in front of it.
    private static func ends(_ slug: String, inAnyOf ends: [String]) -> Bool {
        ends.contains { slug.hasSuffix($0) && slug.utf8.count > $0.utf8.count + 2 }
    }

    /// Whether it is no more than a word for numbers, which number what stands beside them where they come first: `Nr`.
    var isBareNumber: Bool { words.count == 1 && ["nr", "no", "nummer"].contains(slug) }

    /// Whether it says that status and flags of figures stand below.
    var isFlag: Bool {
        Self.flags.contains(slug) || Self.flags.contains(numberless) || isLabelledStatus
            || [words.first, words.last].contains { $0.map { Self.marks.contains(String($0)) } ?? false }
    }

    /// Whether it says so where no figures stand below: `F` may be women as well.
    var mayBeFlag: Bool { isFlag || Self.weakFlags.contains(numberless) }

    /// Whether such a name of marks may be that of a dimension: marital status, the quality of roads.
    var mayBeDimension: Bool { ["status", "quality", "symbol", "f", "q"].contains(slug) }

    /// The slug without the number that tells it from another of the same name: `flag` of `flag.1` and of `flag1`.
    var numberless: String {
        let end = slug.utf8.reversed().prefix(while: NumberShape.isDigit).count
        let stem = slug.dropLast(end)
        return end == 0 || stem.isEmpty ? slug : String(stem.hasSuffix("-") ? stem.dropLast() : stem)
    }

    /// Whether it is the heading of an SDMX file with labels: `OBS_STATUS: Observation status`, above `P: Provisional`.
    let isLabelledStatus: Bool

    private static let marks: Set<String> = ["flag", "flags", "flagg", "symbol", "symbols"]

    /// What a name of marks says they belong to: `births` of `Births_flag` and of `flag births`; nil for other names.
    var flagged: String? {
        guard words.count > 1 else { return nil }
        if let last = words.last, Self.flagWords.contains(String(last)) {
            return words.dropLast().joined(separator: "-")
        }
        return Self.flagWords.contains(String(words[0])) ? words.dropFirst().joined(separator: "-") : nil
    }

    private static let flagWords: Set<String> = [
        "flag", "flags", "status", "symbol", "symbols", "flagg", "mark", "obs-status", "quality",
    ]

    /// Whether it says that remarks about a row stand below.
    var isRemark: Bool { Self.remarks.contains(slug) || isOfNotes }

    /// Whether it says that footnotes stand below, or their numbers: `Value Footnotes`.
    var isOfNotes: Bool { words.last.map { Self.notes.contains(String($0)) } ?? false }

    private static let notes: Set<String> = [
        "footnote", "footnotes", "fotnote", "fotnoter", "note", "notes", "merknad", "merknader", "anm", "anmerkung",
        "remark", "remarks", "comment", "comments",
    ]

    /// Whether it is the name of something that tells each row from all others: hashes, addresses.
    var isIdentifier: Bool { Self.identifiers.contains(slug) }

    private static let identifiers: Set<String> = [
        "hash", "uid", "uuid", "guid", "url", "uri", "link", "key", "row-hash", "checksum", "md5", "sha1", "sha256",
        "vector", "coordinate", "",
    ]

    /// Whether programs write row numbers under such a name.
    var isIndex: Bool { Self.indices.contains(slug) || isWrittenByPrograms }

    /// Whether programs alone write such a name, and row numbers below it: pandas, R, Stata.
    let isWrittenByPrograms: Bool

    private static let programs: Set<String> = ["...1", "_n", "level_0", "row.names", "rownames", "rowname", ".index"]

    /// Whether row numbers in any order stand under such a name where it is the first of a table.
    var isInFront: Bool { Self.inFront.contains(slug) }

    private static let inFront: Set<String> = ["", "index", "idx", "x", "x1", "v1"]

    /// Whether it is what programs call the numbers that they gave to rows, whichever of these are left: `idx`.
    var isIndexAlone: Bool { slug == "idx" }

    /// Whether nothing but row numbers stands under such a name, from whatever number they begin.
    var isRowNumber: Bool { Self.rowNumbers.contains(slug) }

    private static let rowNumbers: Set<String> = [
        "objectid", "object-id", "fid", "gid", "ogc-fid", "rowid", "row-id", "row-number", "rownum", "lopenr", "lopnr",
        "lfd-nr", "serial-no", "recno", "recnum", "observation-id", "obs-id", "record-offset",
    ]

    /// Whether a slug has one of some texts in it.
    private static func holds(_ slug: String, anyOf stems: [String]) -> Bool {
        // Searching strings for strings is slow, and slugs are ASCII.
        slug.withCString { slug in stems.contains { stem in stem.withCString { strstr(slug, $0) != nil } } }
    }

    /// Whether two names mean the same column, in a definition and in a file.
    static func areSame(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        let slug = Slug.name(left)
        return !slug.isEmpty && slug == Slug.name(right)
    }
}
