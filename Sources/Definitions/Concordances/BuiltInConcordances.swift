extension Definitions {
    /// Copies of `Config/concordances/*.csv`, so that a definition that names one of them holds wherever it lies.
    ///
    /// A test holds them against the files, byte for byte.
    static let builtInConcordances: [Source] = [
        Source(
            path: "concordances/no-county.csv",
            text: #"""
                # title: Counties of Norway, 1972–2024
                # source: Statistics Norway, Klass, classification 104, and the changes of municipalities, CC BY 4.0
                # dimension: [county, counterpart]
                # # size: how many municipalities went that way. A link to itself says that the code goes on.
                valid_from,from_code,to_code,scope,size
                1972-01-01,13,12,whole,1
                2002-01-01,12,11,part,1
                2002-01-01,12,12,part,
                2018-01-01,16,50,whole,25
                2018-01-01,17,50,whole,23
                2019-01-01,15,50,part,1
                2019-01-01,15,15,part,
                2020-01-01,01,30,whole,18
                2020-01-01,02,30,whole,22
                2020-01-01,06,30,whole,21
                2020-01-01,07,30,part,1
                2020-01-01,05,30,part,2
                2020-01-01,04,34,whole,22
                2020-01-01,05,34,part,24
                2020-01-01,07,38,part,8
                2020-01-01,08,38,whole,18
                2020-01-01,09,42,whole,15
                2020-01-01,10,42,whole,15
                2020-01-01,12,46,whole,33
                2020-01-01,14,46,part,25
                2020-01-01,14,15,part,1
                2020-01-01,15,50,part,1
                2020-01-01,15,15,part,
                2020-01-01,18,54,part,1
                2020-01-01,18,18,part,
                2020-01-01,19,54,whole,24
                2020-01-01,20,54,whole,19
                2024-01-01,30,31,split,12
                2024-01-01,30,32,split,21
                2024-01-01,30,33,split,18
                2024-01-01,38,39,split,6
                2024-01-01,38,40,split,17
                2024-01-01,54,55,split,21
                2024-01-01,54,56,split,18

                """#)
    ]
}
