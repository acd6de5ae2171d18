import Annals
import Definitions
import Testing

@testable import TableReading

/// What the columns of a dataset's latest file bind the next one to, and what they don't.
@Suite struct BoundRolesTests {
    private func next(_ first: String, _ second: String, dialect: String = "generic") throws(Reason) -> ReadDocument {
        var sidecar = Sidecar()
        sidecar.dialect = dialect
        let plan = try read(first, name: "figures-2010.csv", sidecar: sidecar).facts.plan
        return try TableReading.read(
            SourceDocument(name: "figures-2011.csv", bytes: Array(second.utf8), sidecar: sidecar),
            definitions: .builtIn, bound: plan)
    }

    private func refusal(_ first: String, _ second: String) -> Reason? {
        do throws(Reason) {
            _ = try next(first, second)
            return nil
        } catch {
            return error
        }
    }

    @Test func figuresInAColumnThatWasEmpty() throws {
        let read = try next(
            "county,births,moves,deaths\n01,1,,4\n02,2,,5\n03,3,,6\n",
            "county,births,moves,deaths\n01,1,7,4\n02,2,8,5\n03,3,9,6\n")
        #expect(read.tables[0].shown("02", "moves") == "8")
        #expect(read.tables[0].codes("measure") == ["births", "moves", "deaths"])
    }

    /// What was a part of a name stays one where the roles are known already.
    @Test func yearsInNamesOfFigures() throws {
        let file = "Year,Region,gdp_ppp_2017,Poverty (line of 2011)\n2009,North,1,3\n2010,North,2,4\n2011,North,3,5\n"
        #expect(try next(file, file).tables[0].measures.map(\.code) == ["gdp-ppp-2017", "poverty-line-of-2011"])
        let matrix = "from,1901,1902,1903\n1901,0,1,2\n1902,3,0,4\n1903,5,6,0\n"
        let read = try next(matrix, matrix)
        #expect(read.tables.map(\.period.year) == [2011])
        #expect(read.tables[0].shown("1902", "1903") == "4")
    }

    @Test func marksInAColumnThatWasEmpty() throws {
        let read = try next(
            "region,value,flag\nNorth,120,\nSouth,99,\nEast,45,\n",
            "region,value,flag\nNorth,121,\nSouth,98,p\nEast,47,\n", dialect: "eurostat")
        #expect(read.tables[0].shown("South") == "98 provisional")
        #expect(read.tables[0].shown("North") == "121")
    }

    @Test func figuresInAColumnThatCountedRows() throws {
        let read = try next(
            "region,rank,births\nNorth,1,120\nSouth,2,99\nEast,3,45\nWest,4,46\n",
            "region,rank,births\nNorth,12,120\nSouth,7,99\nEast,3,45\nWest,40,46\n")
        #expect(read.tables[0].shown("West", "rank") == "40")
    }

    @Test(arguments: [
        (
            "good,unit,amount\nIron,kg,120\nCoal,kg,99\nSalt,kg,45\n",
            "good,unit,amount\nIron,kg,121\nCoal,t,98\nSalt,kg,47\n"
        ),
        ("good,sex,amount\nIron,F,120\nCoal,F,99\nSalt,F,45\n", "good,sex,amount\nIron,F,121\nCoal,M,98\nSalt,F,47\n"),
        ("good,id,amount\nIron,1,120\nCoal,2,99\nSalt,3,45\n", "good,id,amount\nIron,12,1\nCoal,7,9\nSalt,3,4\n"),
        ("good,age,amount\nIron,,120\nCoal,,99\nSalt,,45\n", "good,age,amount\nIron,0-4,1\nCoal,5-9,9\nSalt,0-4,4\n"),
    ])
    func whatIsNoLongerTheSameThroughout(first: String, second: String) throws {
        let reason = try #require(refusal(first, second))
        #expect(reason.message.contains("ambiguous-dataset"))
        #expect(reason.remedy?.contains("columns: {ignore: [") == true)
    }

    @Test func theLineThatDiffersIsNamed() throws {
        let reason = try #require(
            refusal(
                "good,unit,amount\nIron,kg,120\nCoal,kg,99\nSalt,kg,45\n",
                "good,unit,amount\nIron,kg,121\nCoal,t,98\nSalt,kg,47\n"))
        #expect((reason.line, reason.column, reason.found, reason.expected) == (3, 2, "t", "kg"))
    }

    @Test(arguments: [
        // Dates and remarks differ from file to file.
        ("good,updated,amount\nIron,May 3,1\nCoal,May 3,9\n", "good,updated,amount\nIron,June 1,2\nCoal,June 7,8\n"),
        ("good,note,amount\nIron,,1\nCoal,,9\n", "good,note,amount\nIron,revised,2\nCoal,new mine,8\n"),
        // What was unknown of some goods was unknown of all.
        ("good,unit,amount\nIron,kg,1\nCoal,kg,9\n", "good,unit,amount\nIron,kg,2\nCoal,,8\n"),
    ])
    func whatMayDiffer(first: String, second: String) throws {
        #expect(refusal(first, second) == nil)
    }

    @Test func figuresThatAreLeftOutMayDiffer() throws {
        let read = try next(
            "region,2009,2010,Change\nNorth,1,2,1\nSouth,3,4,1\nEast,5,6,1\n",
            "region,2010,2011,Change\nNorth,2,7,5\nSouth,4,5,1\nEast,6,9,3\n")
        #expect(read.tables.map(\.cells.count) == [3, 3])
    }

    @Test func anotherUnitOfOneOfThem() throws {
        let reason = try #require(
            refusal(
                "code,good,unit,amount\n01,Iron,kg,120\n02,Coal,kg,99\n03,Salt,t,45\n04,Wood,t,45\n",
                "code,good,unit,amount\n01,Iron,kg,121\n02,Coal,t,98\n03,Salt,t,47\n04,Wood,t,45\n"))
        #expect((reason.line, reason.found, reason.expected) == (3, "t", "kg"))
    }

    @Test func aRegionThatFollowsIsNoKeyInAShorterFile() throws {
        let first = (0..<24).map { "Town \($0),Region \($0 / 4),\($0)\n" }.joined()
        let second = (0..<4).map { "Town \($0),Region \($0),\($0)\n" }.joined()
        let read = try next("town,region,persons\n" + first, "town,region,persons\n" + second)
        #expect(read.tables[0].dimensionIDs == ["town"])
    }
}
