/// What letters become in the slug of a name, beyond those that every slug folds.
enum SlugLetters {
    /// Nil for what is no letter of these alphabets; empty for a sign that is written and not read.
    static func latin(_ scalar: Unicode.Scalar) -> String? { letters[scalar] }

    private static let letters: [Unicode.Scalar: String] = {
        var letters: [Unicode.Scalar: String] = [:]
        for (latin, group) in marked { for scalar in group.unicodeScalars { letters[scalar] = latin } }
        for (latin, group) in alphabets { for scalar in group.unicodeScalars { letters[scalar] = latin } }
        return letters
    }()

    /// Latin letters with marks, by the letter that is marked.
    private static let marked = [
        ("a", "ǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"), ("ae", "ǣǽ"), ("b", "ḃḅḇ"), ("c", "ĉċḉ"), ("d", "ḋḍḏḑḓ"),
        ("e", "ĕȅȇȩḕḗḙḛḝẹẻẽếềểễệǝ"), ("f", "ḟ"), ("g", "ĝġģǧǵḡǥ"), ("h", "ĥȟḣḥḧḩḫẖħ"), ("i", "ĩĭǐȉȋḭḯỉị"), ("ij", "ĳ"),
        ("j", "ĵǰ"), ("k", "ķǩḱḳḵĸƙ"), ("l", "ļḷḹḻḽŀ"), ("m", "ḿṁṃ"), ("n", "ņǹṅṇṉṋŉ"),
        ("o", "ŏơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợǿ"), ("p", "ṕṗ"), ("r", "ŗȑȓṙṛṝṟ"), ("s", "ŝṡṣṥṧṩſ"), ("t", "ṫṭṯṱẗ"),
        ("u", "ũŭưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"), ("v", "ṽṿ"), ("w", "ŵẁẃẅẇẉẘ"), ("x", "ẋẍ"), ("y", "ŷȳẏẙỳỵỷỹƴ"), ("z", "ẑẓẕƶ"),
    ]

    /// Cyrillic and Greek, as they are written in Latin letters without marks.
    ///
    /// Source: ICAO Doc 9303-3, 8th edition, section 6 (Cyrillic), and ISO 843:1997 (Greek), `ё` and accents aside.
    private static let alphabets = [
        ("a", "аәά"), ("b", "б"), ("v", "в"), ("g", "гґғѓ"), ("d", "д"), ("e", "еёэѐ"), ("zh", "жҗ"), ("z", "з"),
        ("i", "иіѝӣ"), ("i", "йї"), ("k", "кқќҡ"), ("l", "л"), ("m", "м"), ("n", "нңҥ"), ("o", "оөӧ"), ("p", "п"),
        ("r", "р"), ("s", "сҫ"), ("t", "т"), ("u", "уұүўӯ"), ("f", "ф"), ("kh", "хҳ"), ("ts", "ц"), ("ch", "чҷ"),
        ("sh", "ш"), ("shch", "щ"), ("", "ъьʼ’"), ("y", "ы"), ("iu", "ю"), ("ia", "я"), ("ie", "є"), ("dj", "ђ"),
        ("dz", "ѕ"), ("j", "ј"), ("lj", "љ"), ("nj", "њ"), ("c", "ћ"), ("dzh", "џ"), ("h", "һ"),
        ("a", "α"), ("v", "β"), ("g", "γ"), ("d", "δ"), ("e", "εέ"), ("z", "ζ"), ("i", "ηήιίϊΐ"), ("th", "θ"),
        ("k", "κ"), ("l", "λ"), ("m", "μ"), ("n", "ν"), ("x", "ξ"), ("o", "οόωώ"), ("p", "π"), ("r", "ρ"), ("s", "σς"),
        ("t", "τ"), ("y", "υύϋΰ"), ("f", "φ"), ("ch", "χ"), ("ps", "ψ"),
    ]
}
