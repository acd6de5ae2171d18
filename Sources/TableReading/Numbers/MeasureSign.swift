import Annals

/// Whether a measure's figures can be below zero, by its kind or its name.
enum MeasureSign {
    /// Persons, births: never below zero.
    case count
    /// Net figures, changes: below zero as often as above.
    case net
    case unknown

    init(_ measure: Measure) {
        if measure.kind != nil {
            self = measure.canBeNegative ? .net : .count
            return
        }
        let words = Self.words(measure.label + " " + measure.code + " " + (measure.unit ?? ""))
        // `Net migration, persons` is net, whatever is counted.
        if words.contains(where: Self.netWords.contains) {
            self = .net
        } else {
            self = words.contains(where: Self.countWords.contains) ? .count : .unknown
        }
    }

    /// The words of a text, in lower case.
    private static func words(_ text: String) -> [String] {
        let text = text.lowercased()
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        return isPlain
            ? text.utf8.split { !FieldText.isLetter($0) }.compactMap { String($0) }
            : text.split { !$0.isLetter }.map(String.init)
    }

    private static let netWords: Set<String> = [
        "net", "minus", "netto", "nettoinnflytting", "nettoflytting", "change", "changes", "growth", "increase",
        "decrease",
        "surplus", "balance", "saldo", "difference", "diff", "excess", "gain", "loss", "natural", "endring", "tilvekst",
        "vekst", "økning", "overskudd", "differanse", "tilvækst", "ændring", "förändring", "ökning",
        "veränderung", "zunahme", "überschuss", "solde", "variation", "deviation", "adjustment", "correction",
        "residual", "temperature",
    ]

    private static let countWords: Set<String> = [
        "persons", "person", "people", "population", "inhabitants", "residents", "births", "deaths", "marriages",
        "divorces", "households", "families", "dwellings", "employees", "employed", "unemployed", "pupils", "students",
        "children", "women", "men", "males", "females", "immigrants", "emigrants", "arrivals", "departures", "count",
        "counts", "number", "returns", "exemptions", "visitors", "patients", "cases", "establishments", "enterprises",
        "personer", "folkemengde", "folketal", "befolkning", "innbyggere", "fødte", "døde", "fødsler", "dødsfall",
        "antall", "antal", "husholdninger", "barn", "elever", "studenter", "sysselsatte", "invånare", "personen",
        "einwohner", "bevölkerung", "geburten", "anzahl", "haushalte", "bestand", "personnes", "naissances", "nombre",
    ]
}
