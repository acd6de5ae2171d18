/// A made-up table of 5.76 million cells as a CSV file of a line a cell: 400 regions, 2 sexes, 100 ages, 72 causes.
///
/// Figures as counts are: mostly small, larger where region, age and cause are large, with noise.
struct WideTable {
    static let name = "deaths-by-cause-2011.csv"
    private static let regions = 400
    private static let ages = 100
    private static let causes = 72

    /// The bytes of the file.
    ///
    /// - Parameter share: Of the regions; less for trying it out.
    /// - Returns: UTF-8, a heading and a line a cell.
    static func csv(share: Double = 1) -> [UInt8] {
        let payload = Payload(seed: 11)
        let noise = payload.figures(1 << 20, number: 0)
        var text: [UInt8] = []
        let count = max(2, Int(Double(regions) * share))
        text.reserveCapacity(count * 2 * ages * causes * 27)
        text += "region,sex,age,cause,deaths\n".utf8
        var cell = 0
        for region in 0..<count {
            // A few regions are large, most are small.
            let size = 4_000 / (region + 10)
            for sex in ["male", "female"] {
                for age in 0..<ages {
                    for cause in 0..<causes {
                        let expected = size * (age + 5) / (cause + 3)
                        let figure = expected * (500 + Int(noise[cell % noise.count] % 1_000)) / 60_000
                        text += "R\(padded(region)),\(sex),age\(padded(age)),C\(padded(cause)),\(figure)\n".utf8
                        cell += 1
                    }
                }
            }
        }
        return text
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "00\(number)" : number < 100 ? "0\(number)" : "\(number)"
    }
}
