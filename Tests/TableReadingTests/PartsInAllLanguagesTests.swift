import Annals
import Testing

@testable import TableReading

/// Parts of years in titles, headings, columns and file names, in whatever language: never the whole year.
@Suite struct PartsInAllLanguagesTests {
    @Test(arguments: [
        "Geburten im 1. Vierteljahr 2011", "Geburten, I/2011", "Urodzenia w I kwartale 2011",
        "Narození v 1. čtvrtletí 2011",
        "Births (first three quarters of 2011)", "Births, weeks 1-26, 2011", "Рождаемость за 9 месяцев 2011 года",
        "出生数 2011年第1四半期", "Születések, 2011. I. negyedév", "Rođeni u 2. tromjesečju 2011", "Γεννήσεις, α τρίμηνο 2011",
        "Doğumlar, 2011 birinci çeyrek", "Nașteri, trimestrul I 2011", "Syntyneet, 2. neljännes 2011", "출생 2011년 1분기",
        "Народжені, січень-червень 2011", "Gimimai 2011, I ketvirtis", "Dzimušie 2011, 1. pusgads", "Births, 1/4 2011",
        "Født hittil i år, 2011", "2011年1～6月 出生数", "Naissances, 2e semestre 2011",
        "Nacimientos, 3.er trimestre de 2011", "Urodzenia w październiku 2011",
    ])
    func titles(text: String) {
        let mentions = YearMentions(in: text)
        #expect(mentions.years.isEmpty && !mentions.partsOfYears.isEmpty, "\(mentions.years)")
    }

    @Test(arguments: [
        "Births by quarter, 2011", "Births, quarters 1-4, 2011",
        "Land, 1 кв. м, 2011",
        "Naissances par trimestre, 2011", "Births, weeks 1-52, 2011", "Henrik IV, 2011", "2011年1～12月 出生数",
        "Power (5 kW), 2011", "31.XII.2011", "stan na 31 XII 2011", "Two quarters and more, 2011",
        "Children of 9 months, 2011",
    ])
    func wholeYears(text: String) { #expect(YearMentions(in: text).years.map(\.year) == [2011], "\(text)") }

    @Test(arguments: [
        "births-jan-2011.csv", "births_1kv2011.csv", "births_mar2011.csv", "births_ytd_2011.csv",
        "births-2011-gruodis.csv",
        "births-květen-2011.csv",
    ])
    func fileNames(name: String) {
        #expect(FileName(name).mentions.years.isEmpty, "\(name)")
        #expect(refusal(of: "Region;Births\nN;1\nS;2\n", name: name)?.message.contains("part of a year") == true)
    }

    @Test(arguments: ["births-31-dec-2011.csv", "x-2011.csv", "marriages-2011.csv", "births_2011-12-31.csv"])
    func fileNamesOfYears(name: String) { #expect(FileName(name).mentions.years.map(\.year) == [2011]) }

    @Test(arguments: [
        "I/2011;II/2011", "1. Vj. 2011;2. Vj. 2011", "1. čtvrtletí 2011;2. čtvrtletí 2011", "I kw. 2011;II kw. 2011",
        "2011年1-3月;2011年4-6月", "2011.1/4;2011.2/4", "2011C1;2011C2", "2011Č1;2011Č2", "Ocak 2011;Şubat 2011",
        "2011. január;2011. február", "1º trimestre de 2011;2º trimestre de 2011",
        "Trimestrul I 2011;Trimestrul II 2011",
        "2011年1月;2011年2月", "siječanj 2011;veljača 2011", "2011/I;2011/II", "sausis 2011;vasaris 2011",
    ])
    func headings(names: String) {
        #expect(
            refusal(of: "Region;\(names)\nN;1998;2\nS;3;4\n", name: "f-2011.csv")?.message.contains("quarters") == true)
    }

    @Test(arguments: [
        "2010 г.;2011 г.", "2010. év;2011. év", "Anul 2010;Anul 2011", "2010 yılı;2011 yılı", "2010 m.;2011 m.",
        "Fødte i 2010;Fødte i 2011", "births of 256i 2010;births of 256i 2011", "2010 r.;2011 r.",
        "2010¹,²;2011", "2010 1), 2);2011", "2010 [note 1, note 2];2011", "2010 (1,2);2011",
        "2010 (Actual);2011 (Budget Estimate)", "CY 2010;CY 2011", "1er janvier 2010;1er janvier 2011",
        "2010년;2011년",
    ])
    func headingsOfYears(names: String) throws {
        let tables = try read("Region;\(names)\nN;1998;2\nS;3;4\n", name: "f.csv").tables
        #expect(tables.map(\.period.year) == [2010, 2011] && tables.allSatisfy { $0.measures.count == 1 })
        #expect(tables[1].shown("n") == "2" || tables[1].shown("N") == "2", "\(tables[1].shown("N"))")
    }

    @Test(arguments: [
        "Год;2008 г.;2009 г.", "Godina;2008.;2009.", "Metai;2008 m.;2009 m.", "Year;2008-A1;2009-A1",
        "Year;CY 2008;CY 2009",
        "Time;2008A;2009A", "Év;2008. év;2009. év",
    ])
    func columnsOfYears(texts: String) throws {
        let parts = texts.split(separator: ";")
        let text = "\(parts[0]);Region;n\n\(parts[1]);N;5\n\(parts[1]);S;6\n\(parts[2]);N;7\n\(parts[2]);S;8\n"
        #expect(try read(text, name: "f-2011.csv").tables.map(\.period.year) == [2008, 2009])
    }

    @Test(arguments: [
        ("Month", "2010-11", "2011-02"), ("Monat", "11.2010", "12.2010"), ("Месяц", "ноябрь 2010", "декабрь 2010"),
        ("Mois", "déc.-10", "janv.-11"), ("Tertial", "2. tertial 2010", "3. tertial 2010"),
        ("x", "2010 tj.", "2011 tj."),
        ("Luna", "noiembrie 2010", "decembrie 2010"),
    ])
    func columnsOfParts(heading: String, first: String, second: String) {
        let text = "Region;\(heading);n\nN;\(first);5\nS;\(first);6\nN;\(second);7\nS;\(second);8\n"
        #expect(refusal(of: text, name: "f-2011.csv") != nil)
    }

    @Test(arguments: [
        ("Quarter", "Q4"), ("Month", "December"), ("Vierteljahr", "IV"), ("Halbjahr", "1. Halbjahr"),
        ("Trimestre", "T4"),
        ("Week", "26"), ("FREQ", "Q"), ("Month", "2011-12"), ("Monat", "Dez 2011"), ("Период", "январь-июнь 2011"),
        ("Ay", "Aralık 2011"), ("Ketvirtis", "2"),
    ])
    func columnsThatSayOnePart(heading: String, text: String) {
        let rows = ["N;5", "S;6", "W;7"].map { "\(text);\($0)\n" }.joined()
        let reason = refusal(of: "\(heading);Region;n\n" + rows, name: "f-2011.csv")
        #expect(reason?.message.contains("part of a year") == true, "\(reason?.message ?? "")")
    }
}
