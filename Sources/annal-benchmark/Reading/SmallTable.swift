/// A made-up table of 225 cells as agencies publish them by the thousand: three columns of codes, the year, a figure.
///
/// 15 regions, 3 sexes of which one is the total, 5 ages.
struct SmallTable {
    static let name = "deaths-by-region.csv"
    private static let regions = 15
    private static let ages = ["0-14", "15-29", "30-49", "50-69", "70+"]

    /// The bytes of the file.
    ///
    /// - Parameter seed: Another one, other figures.
    /// - Returns: UTF-8, a heading and a line a cell.
    static func csv(seed: UInt64) -> [UInt8] {
        let noise = Payload(seed: seed).figures(regions * ages.count * 2, number: 0)
        var text = Array("region,sex,age,year,deaths\n".utf8)
        var place = 0
        for region in 1...regions {
            for age in ages {
                let (men, women) = (noise[place] % 2_000, noise[place + 1] % 2_000)
                place += 2
                for (sex, figure) in [("male", men), ("female", women), ("total", men + women)] {
                    text += "R\(region < 10 ? "0" : "")\(region),\(sex),\(age),2011,\(figure)\n".utf8
                }
            }
        }
        return text
    }
}
