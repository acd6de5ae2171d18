import Annals

/// A dimension in the codes of groups.
struct RegroupedAxis {
    let dimension: Dimension
    /// Where each category of the table's own dimension goes; nil for one that is left out.
    let places: [Int?]
    /// Whether the table lacks a code that the group should have.
    ///
    /// *Shape:* this and the next have one entry a category of ``dimension``.
    let isIncomplete: [Bool]
    /// Whether the group has several codes in either table.
    let isJoined: [Bool]

    /// A dimension that stays as it is.
    init(_ dimension: Dimension) {
        self.dimension = dimension
        places = dimension.categories.indices.map { $0 }
        isIncomplete = dimension.categories.map { _ in false }
        isJoined = isIncomplete
    }

    /// A dimension in the codes of groups, which come in the order of their first categories; sums of categories stay.
    ///
    /// - Parameters:
    ///   - dimension: The table's.
    ///   - groups: As the table sees them.
    ///   - idle: Codes that are left out, which are not in use.
    ///   - other: The codes that the other table has in use: what became of them, or what they were, should be here.
    ///   - untold: Codes of groups that are missing besides.
    init(
        _ dimension: Dimension, in groups: RegroupedCodes, leavingOut idle: Set<String>, other: Set<String>,
        alsoMissing untold: Set<String> = []
    ) {
        var regrouped = dimension
        regrouped.categories = []
        var placeByGroup: [Int: Int] = [:]
        var places: [Int?] = []
        var groupOfPlace: [Int?] = []
        let sums = SumCodes(dimension)
        for category in dimension.categories {
            // A sum that the concordance names goes where its links lead, like any other code.
            let isSum = sums.contains(category) && groups.place(of: category.code) == nil
            if !isSum, idle.contains(category.code) {
                places.append(nil)
                continue
            }
            let group = isSum ? nil : groups.place(of: category.code)
            if let group, let place = placeByGroup[group] {
                places.append(place)
                continue
            }
            if let group { placeByGroup[group] = regrouped.categories.count }
            places.append(regrouped.categories.count)
            groupOfPlace.append(group)
            regrouped.categories.append(group.map { groups.category($0, of: category) } ?? category)
        }
        self.places = places
        func groupCode(_ code: String) -> String { groups.place(of: code).map(groups.code) ?? code }
        regrouped.partsOfSums = Dictionary(
            dimension.partsOfSums.map { (groupCode($0.key), Set($0.value.map(groupCode))) },
            uniquingKeysWith: { $0.union($1) })
        let known = Set(dimension.categories.map(\.code)).subtracting(idle)
        isJoined = groupOfPlace.map { $0.map { groups.isJoined($0) } ?? false }
        isIncomplete = groupOfPlace.map { group in
            group.map { group in groups.members(of: group).contains { !known.contains($0) } } ?? false
        }
        // Where a group lacks a member, no combination says that it has all: not one either in which it has no cell.
        let partial = zip(regrouped.categories, isIncomplete).filter(\.1).map(\.0.code)
        let unknown = dimension.missingCodes.filter { groups.place(of: $0) == nil }
        // A sum that is missing is in no sum: its parts are.
        regrouped.missingCodes = groups.codes(withoutAnyOf: known, butIn: other).union(untold).union(partial).union(
            unknown
        )
        .subtracting(regrouped.partsOfSums.keys)
        self.dimension = regrouped
    }

    /// Whether every category goes where it is.
    var keepsPlaces: Bool { places.enumerated().allSatisfy { $0.offset == $0.element } && !isIncomplete.contains(true) }
}
