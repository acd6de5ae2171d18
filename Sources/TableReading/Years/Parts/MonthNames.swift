/// Names of months in the languages of ``TimeWords``, with their endings and the usual short forms.
enum MonthNames {
    /// 1 to 12 of a folded word; nil for any other.
    ///
    /// A name of two months in two languages (`listopad`) is the one that more people call so.
    static func number(_ word: String) -> Int? { numbers[word] }

    private static let numbers: [String: Int] = {
        var numbers: [String: Int] = [:]
        for (index, words) in names.enumerated() {
            for word in words.split(whereSeparator: \.isWhitespace) { numbers[TimeWords.folded(word)] = index + 1 }
        }
        return numbers
    }()

    private static let names = [
        """
        jan january januar januara januaru januari janúar janúara janúári janvier janv enero ene gennaio gen janeiro xaneiro
        gener styczeń stycznia styczniu sty tammikuu tammikuussa leden ledna lednu jaanuar jaanuaris janvāris janvārī janvāra
        sausis sausio sausį ianuarie ian siječanj siječnja siječnju janar ocak oca urtarrila jannar eanáir ionawr január
        januárban januárja январь января январе янв січень січня січні сiчень януари януару студзень студзеня јануар јануара
        јануару јануари ιανουάριος ιανουαρίου ιαν
        """,
        """
        feb february februar februara februaru februari febrúar febrúara február februára februári februárban febr février
        fevrier févr fevr febrero febbraio fevereiro febreiro febrer fev luty lutego lutym lut helmikuu helmikuussa únor února
        únoru veebruar veebruaris februāris februārī februāra vasaris vasario vasarį februarie veljača veljače veljači shkurt
        şubat şub otsaila frar feabhra chwefror февраль февраля феврале фев лютий лютого лютому лютому февруари люты лютага
        фебруар фебруара фебруару февруари φεβρουάριος φεβρουαρίου φεβ
        """,
        """
        mar march mars marts märz marz mrz march marzo março marco maart marzec marca marcu marec maaliskuu maaliskuussa
        březen března březnu märts märtsis marts martā marta kovas kovo kovą martie ožujak ožujka ožujku mart martu március
        márc márciusban mart martxoa marzu márta mawrth març март марта марте мар березень березня березні сакавік
        сакавіка марту μάρτιος μαρτίου μαρ
        """,
        """
        apr april aprila aprilu avril avr abril abr aprile apríl apríla apríli április áprilisban ápr kwiecień kwietnia
        kwietniu kwi huhtikuu huhtikuussa duben dubna dubnu aprill aprillis aprīlis aprīlī aprīļa balandis balandžio balandį
        aprilie travanj travnja travnju prill nisan nis apirila aibreán ebrill апрель апреля апреле апр квітень квітня квітні
        април априла априлу красавік красавіка απρίλιος απριλίου απρ
        """,
        """
        may mai maj maja maju majs mayo maggio mag maio mei máj mája máji május májusban maí toukokuu toukokuussa květen
        května květnu maijs maijā maija gegužė gegužės gegužę svibanj svibnja svibnju mayıs maiatza mejju bealtaine maig май мая
        мае травень травня травні мај маја мају μάιος μαΐου μαϊ
        """,
        """
        jun june juni junij junija juniju juin junio giugno giu junho xuño juny czerwiec czerwca czerwcu cze kesäkuu
        kesäkuussa červen června červnu juuni juunis jūnijs jūnijā jūnija birželis birželio birželį iunie iun lipanj lipnja
        lipnju qershor haziran haz ekaina ġunju meitheamh mehefin jún júna júni június júniusban juna junu июнь июня июне июн
        червень червня червні юни чэрвень чэрвеня јун јуна јуни јуну ιούνιος ιουνίου ιουν
        """,
        """
        jul july juli julij julija juliju juillet juil julio luglio lug julho xullo juliol lipiec lipca lipcu lip heinäkuu
        heinäkuussa červenec července červenci juuli juulis jūlijs jūlijā jūlija liepa liepos liepą iulie iul srpanj srpnja
        srpnju korrik temmuz uztaila lulju iúil gorffennaf júl júla júlí júli július júliusban jula julu июль июля июле июл
        липень липня липні юли ліпень ліпеня јул јула јули јулу ιούλιος ιουλίου ιουλ
        """,
        """
        aug august augusta augustu augusti août aout agosto ago augustus ágúst augusztus augusztusban sierpień sierpnia
        sierpniu sie elokuu elokuussa srpen srpna srpnu augustis augusts augustā rugpjūtis rugpjūčio rugpjūtį kolovoz kolovoza
        kolovozu avgust avgusta avgustu gusht ağustos ağu abuztua awwissu lúnasa agost август августа августе авг серпень
        серпня серпні жнівень жніўня августу αύγουστος αυγούστου αυγ
        """,
        """
        sep sept september septembra septembru septembri septembre septiembre settembre setembro setembre wrzesień września
        wrześniu wrz syyskuu syyskuussa září zari septembris septembrī szeptember szeptemberben szept rugsėjis rugsėjo rugsėjį
        septembrie rujan rujna rujnu septembar shtator eylül iraila settembru сентябрь сентября сентябре сен
        сент вересень вересня вересні септември верасень верасня септембар септембра септембру σεπτέμβριος σεπτεμβρίου σεπ
        """,
        """
        oct october okt oktober oktobra oktobru októbra októbri október októberben octobre octubre ottobre ott outubro
        październik października październiku paź paz lokakuu lokakuussa říjen října říjnu oktoober oktoobris oktobris oktobrī
        spalis spalio spalį octombrie oktobar tetor ekim urria ottubru hydref октябрь октября октябре окт жовтень жовтня
        жовтні октомври кастрычнік кастрычніка октобар октобра октобру οκτώβριος οκτωβρίου οκτ
        """,
        """
        nov november novembra novembru novembri novembre noviembre novembro nóvember listopad listopada listopadu listopadzie
        marraskuu marraskuussa novembris novembrī lapkritis lapkričio lapkritį noiembrie noi studeni studenog studenoga
        studenom novembar nëntor nentor kasım azaroa novembru samhain tachwedd novemberben ноябрь ноября ноябре ноя нояб
        листопад листопада листопаді ноември лістапад лістапада новембар новембра новембру νοέμβριος νοεμβρίου νοε
        """,
        """
        dec december decembra decembru decembri des desember dez dezember décembre decembre déc diciembre dic dicembre
        dezembro decembro desembre grudzień grudnia grudniu gru joulukuu joulukuussa prosinec prosince prosinci detsember
        detsembris decembris decembrī gruodis gruodžio gruodį decembrie prosinac prosinca prosincu decembar dhjetor aralık
        abendua diċembru nollaig rhagfyr decemberben декабрь декабря декабре дек грудень грудня грудні декември снежань
        снежня децембар децембра децембру δεκέμβριος δεκεμβρίου δεκ
        """,
    ]
}
