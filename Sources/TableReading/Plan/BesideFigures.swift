/// What a column's name says of figures that stand beside it: how they are written, and where they come from.
extension ColumnName {
    /// Whether it says that the power of ten stands below that figures are to be taken times.
    var isMultiplier: Bool { ["unit-mult", "unit-multiplier", "unitmult", "multiplier"].contains(slug) }

    /// Whether the OECD's or Statistics Canada's codes for powers of ten stand below.
    var isPowerCode: Bool { ["powercode-code", "scalar-id"].contains(slug) }

    /// Whether it says that numbers of decimals stand below, as SDMX has them beside the figures.
    var isDecimals: Bool { ["decimals", "decimal-places"].contains(slug) }

    /// Whether numbers stand below that say where figures are in the publisher's database: `1.2` of Statistics Canada.
    var isCoordinate: Bool { slug == "coordinate" }
}
