import Annals

/// Words for years and for parts of them, in the languages of Europe, in Turkish, and in East Asia: the one list of them.
///
/// Words are kept as ``folded(_:)`` makes them, so capitals and accents don't matter. Languages without words of their own
/// here have those of a neighbour.
enum TimeWords {
    /// A word as it is looked up here: lower case, Latin letters without accents.
    static func folded(_ word: some StringProtocol) -> String {
        let text = String(word)
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        // Cyrillic and other letters would fall out of a slug: `сiчень` with a Latin letter in it is no `i`.
        let slug = Slug.label(text)
        return slug.isEmpty ? text.lowercased() : slug
    }

    /// What a word names that a year has several of.
    enum Part {
        case month, third, quarter, half, week

        /// How many a year has.
        var count: Int {
            switch self {
            case .month: 12
            case .third: 3
            case .quarter: 4
            case .half: 2
            case .week: 53
            }
        }
    }

    /// The part of a year that a folded word names; nil for any other.
    static func part(_ word: String) -> Part? { parts[word] }

    /// Whether a folded word stands for a first, a second … or a last one.
    static func isOrdinal(_ word: String) -> Bool {
        ordinals.contains(word) || ordinalStems.contains { word.hasPrefix($0) && word.utf8.count <= $0.utf8.count + 6 }
    }

    /// Whether a folded word stands for a number from two to eleven.
    static func isNumber(_ word: String) -> Bool { numbers.contains(word) }

    /// Whether a folded word means a year, `år`, `Jahr`, `год`, and nothing else.
    static func isYear(_ word: String) -> Bool { years.contains(word) }

    /// 1 to 12 of a folded Roman numeral; nil for any other word.
    static func roman(_ word: String) -> Int? {
        romans.firstIndex(of: word.replacing("і", with: "i").replacing("х", with: "x")).map { $0 + 1 }
    }

    private static let romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map { folded($0) })
    }

    private static let parts: [String: Part] = {
        var parts: [String: Part] = [:]
        for (part, text) in [
            (.month, months), (.third, thirds), (.quarter, quarters), (.half, halves), (.week, weeks),
        ] as [(Part, String)] {
            for word in words(text) { parts[word] = part }
        }
        return parts
    }()

    private static let quarters = """
        quarter quarters qtr qtrs quartal quartals quartale quartalen vierteljahr vierteljahrs vierteljahres vierteljahre vj
        vjhr kwartaal kwartalen kvartal kvartalet kvartaler kvartals kvt kv ársfjórðungur ársfjórðungi ársfjórðungs
        fjórðungur ársfjórðingur neljännes neljänneksen neljänneksellä neljännekset neljänneksiä vuosineljännes
        vuosineljänneksen vuosineljänneksellä nelj kvartali kvartalis kvartalil kvartalid ceturksnis ceturksnī ceturkšņa
        ceturkšņi cet ketvirtis ketvirtį ketvirčio ketvirčiai ketv kwartał kwartale kwartału kwartały kwartałach kw kwart
        čtvrtletí čtvrtl ctvrtl štvrťrok štvrťroku štvrťroka štvrťroky kvartál kvartálu kvartály negyedév negyedéve
        negyedévben negyedévi negyedévek trimestrul trimestru trimestrului trimestre trimestres trim trimester trimestri
        trimestral тримесечие тримесечието тримесечия трим тромјесечје тромјесечја тромесечје тромесечја тромесечју
        тромесечјето tromjesečje tromjesečja tromjesečju tromesečje tromesečja tromesečju tromj četrtletje četrtletja
        četrtletju trimesečje trimesečja kvartala kvartalu tremujori tremujor tremujorin τρίμηνο τριμήνου τρίμηνου τρίμηνα
        τριμήνων τριμ çeyrek çeyreği çeyreğinde çeyreğin çeyrekler квартал квартала квартале кварталы кварталов кварталу
        кварталі кварталів кварталот кварталам кв hiruhileko hiruhilekoa kwart kwarti ráithe chwarter
        """
    private static let halves = """
        half halves halfyear semester semestre semestres semestri halbjahr halbjahrs halbjahres halbjahre hj hjhr halfjaar
        helft halvår halvåret halvårs halvdel halvdelen hälft hälften misseri helmingur puolivuosi puolivuotta vuosipuolisko
        vuosipuoliskon vuosipuoliskolla poolaasta poolaastal pusgads pusgadā pusgada pusmetis pusmetį pusmečio półrocze
        półrocza półroczu półr pololetí pololeti polrok polroku polroka polroky félév félévben félévi semestrul semestru
        semestrului полугодие полугодието полугодия полугодии полуг шестмесечие полугодиште полугодишта полугодишту полугође
        polugodište polugodišta polugodištu polugođe polugođa polugodje polletje polletja polletju gjashtëmujori
        gjashtëmujor εξάμηνο εξαμήνου εξάμηνα yarıyıl yarıyılı yarısı yarısında піврічча піврiччя півріччя півріччі паўгоддзе
        паўгоддзя паўгоддзі moitié mitad meitat metà metade nofs seihileko seihilekoa
        """
    private static let thirds = """
        tertial tertialet tertialer tertiale tertiali tertiaali cuatrimestre cuatrimestres quadrimestre quadrimestri
        quadrimestrul quadrimestres quadrimester terciál tercial τετράμηνο τετραμήνου
        """
    private static let months = """
        month months mth mths monat monate monaten monats maand maanden måned måneder månedene måneden mdr mnd månad månader
        månaderna mánuður mánuðir mánuði kuukausi kuukautta kuukauden kuukaudet kk kuu kuud mēnesis mēneši mēnešos mēnešu
        mėnuo mėnesiai mėnesių mėnesį miesiąc miesiące miesięcy mies měsíc měsíce měsíců mesiac mesiace mesiacov hónap
        hónapja hónapjai luna lună luni lunile месец месеца месеци mjesec mjeseca mjeseci mesec meseca meseci mesecev muaj
        muaji muajt μήνας μήνες μηνών μήνα ay ayı aylar aylık месяц месяца месяцев месяцы мес місяць місяці місяців місяця
        месяцаў mois mes meses mese mesi mês mesos hilabete hilabeteak xahar xhur
        """
    private static let weeks = """
        week weeks wk wks woche wochen kalenderwoche weken uke uker ukene uge uger ugerne vecka veckor veckorna vika vikur
        viikko viikot viikkoa viikon vko nädal nädalad nedēļa nedēļas savaitė savaitės tydzień tygodnie tygodni tygodniu týden
        týdny týdnů týdne týždeň týždne týždňov hét hetek săptămâna săptămâni săptămânile седмица седмици седмиця tjedan
        tjedni tjedna недеља недеље недела недели nedelja nedelje sedmica sedmice teden tedni tedna javë java javët εβδομάδα
        εβδομάδες hafta haftası haftalar неделя недель тиждень тижні тижня тижнів тыдзень тыдні semaine semaines semana
        semanas settimana settimane setmana setmanes aste ġimgħa seachtain wythnos
        """

    private static let ordinals = words(
        """
        last final ostatni ostatnie ostatnich son primo prima prim parë dytë tretë katërt ilk α β γ δ toi eka toka ail
        """)
    /// Beginnings: endings differ by gender and case.
    private static let ordinalStems = Array(
        words(
            """
            first second third fourth erst zweit dritt viert letzt eerst tweed derde vierd laatst først første anden andet andre
            annen tredj fjerd fjärd först sist sidst fyrst annar annað önnur þriðj fjórð ensimm toinen toise kolma neljä viimei
            esime teine teise kolmas neljas neljanda viima pirm otra otr treš ceturt antr trečia treči ketvirta pierwsz drug
            trzeci czwart první prvn druh třet třetí čtvrt čtvrtém posled prv tret štvrt posledn első második harmadik negyedik
            utolsó primul primel doilea doua treilea treia patrulea patra întâi ultim първ втор трет четвърт послед прв друг трећ
            четврт drugo treć trec četvrt cetvrt poslj zadnj tretj četrt parë fundit πρώτ δεύτερ τρίτ τέταρτ
            τελευτα ilk birinci ikinci üçüncü dördüncü перв четверт четвёрт перш останн трэц чацвёрт чацверт апошн premi deuxi
            second troisi quatri derni primer segund tercer tercera cuart terz quart primeir terceir últim segon lehen bigarren
            hirugarren laugarren ewwel tieni tielet raba céad dara tríú ceathrú cyntaf trydydd pedwerydd
            """))
    private static let numbers = words(
        """
        two three four five six seven eight nine ten eleven zwei drei vier fünf sechs sieben acht neun zehn elf twee drie vijf
        zes zeven negen tien to tre fire fem seks sju syv otte åtte ni ti elleve två fyra sex åtta nio tio elva tveir þrír
        þrjá fjórir sex níu kaksi kolme neljä kuusi yhdeksän kaks kolm kuus üheksa divi trīs seši sešu deviņi deviņu du trys
        tris šeši šešių devyni devynių dwa trzy cztery sześć sześciu dziewięć dziewięciu dva tři čtyři šest devět šesť deväť
        két három négy hat kilenc doi două trei patru șase nouă две два три четири шест девет две три четыре шесть девять двох
        трьох шість шести дев'ять девяти трёх трех dvije tri četiri devet dvije dve štiri šest dy tri gjashtë nëntë δύο τρία
        τρεις τέσσερα έξι εννέα iki üç dört altı dokuz deux trois quatre cinq sept huit neuf dix dos tres cuatro seis nueve
        due quattro sei nove dois duas três quatro sis nou
        """)

    private static let years = words(
        """
        year years yr jahr jahre jahres jahren jaar år året årstal årtal árið ár vuosi vuonna vuoden vuodet aasta aastal gads
        gadā gada metai metais metų rok roku roce roky lat év évi évben éve an ani anul anului année années ano anos año años
        anno anni any godina godine godini god година године години год год. гг год года году годы годов г рік року роки р
        leto leta letu viti vitit έτος έτους έτη χρονιά yıl yılı yılında yıllar urte urtea sena bliain blwyddyn
        """)

    /// What is counted from the beginning of a year and says no end, in lower case.
    static let toDate = [
        "year to date", "year-to-date", "hittil i år", "så langt i år", "hidtil i år", "år til dato", "hittills i år",
        "seit jahresbeginn", "jahr bis heute", "tot nu toe", "vuoden alusta", "od początku roku", "narastająco",
        "od začátku roku", "od začiatku roka", "az év elejétől", "de la începutul anului", "от началото на годината",
        "od početka godine", "од почетка године", "od začetka leta", "yılbaşından", "с начала года", "з початку року",
        "depuis le début de l'année", "en lo que va de año", "dall'inizio dell'anno", "desde o início do ano",
        "από την αρχή του έτους", "年初来", "연초",
    ]
}
