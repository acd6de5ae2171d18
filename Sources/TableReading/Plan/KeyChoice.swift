import Annals
import Definitions

/// Which columns are keys: the fewest that tell the rows apart, code-like ones first.
struct KeyChoice {
    private var table: RoleTable
    /// Columns that may still be keys.
    private var candidates: [Int] = []
    /// Those of the definition.
    private let keys: [DatasetDefinition.Columns.Key]
    private let isDefined: Bool

    /// - Parameters:
    ///   - table: Its open columns are considered.
    ///   - declared: The keys of a definition; where it says any, no other column becomes one.
    ///   - isDefined: Whether keys that are given already are a definition's, and not those of the dataset's latest file.
    /// - Throws: Where several columns may be the key that is missing, or one that the definition doesn't name.
    static func assign(
        _ table: inout RoleTable, declared: [DatasetDefinition.Columns.Key], isDefined: Bool
    ) throws(Reason) {
        var choice = KeyChoice(table: table, keys: declared, isDefined: isDefined)
        choice.collect()
        guard choice.candidates.count <= mostKeys else {
            throw Reason(
                "The file has more columns of text than a table has dimensions", line: table.headingLine,
                found: "\(choice.candidates.count) columns of text", expected: "at most \(mostKeys)",
                remedy: "Look whether the file is a table at all")
        }
        if table.rowCount > 1 {
            try choice.dropNearConstants()
            choice.joinLabels()
            choice.dropIdentifiers()
            choice.dropAttributes()
            try choice.addCrossingNumbers()
            choice.dropWhatTheRestTells()
        }
        try choice.refuseUnnamed()
        for column in choice.candidates { choice.table.assign(column, .key, choice.table.whyKey(column)) }
        table = choice.table
    }

    /// More dimensions than any table has; what looks for labels compares each with each.
    private static let mostKeys = 512

    private init(table: RoleTable, keys: [DatasetDefinition.Columns.Key], isDefined: Bool) {
        self.table = table
        self.keys = keys
        self.isDefined = isDefined
    }

    /// A key that the definition doesn't name, though it names others.
    private mutating func refuseUnnamed() throws(Reason) {
        guard !keys.isEmpty else { return }
        if isUnique([]) {
            for column in candidates { leaveBesideKeys(column, Self.besideDeclared) }
        }
        guard let first = candidates.first else { return }
        let title = table.columns[first].title
        let all = candidates.map { table.columns[$0].title }
        throw Reason(
            "The column `\(title)` would be a key, and is none of the definition's", line: table.headingLine,
            column: table.columns[first].place + 1, found: title,
            expected: keys.flatMap(\.columns).joined(separator: ", "),
            remedy: "Name it in the definition: `\(proposal(adding: all))`, or say by `columns:` what else it is")
    }

    /// The keys of the definition, or those found, with others.
    private func proposal(adding names: [String]) -> String {
        let kept = keys.isEmpty ? (declared + candidates).map { .init(columns: [table.columns[$0].title]) } : keys
        return DatasetDefinition.Columns(keys: kept + names.map { .init(columns: [$0]) }).line
    }

    private func texts(_ column: Int) -> KeyDictionary? { table.columns[column].texts }

    private var year: KeyDictionary? { table.places(.year).first.flatMap(texts) }

    private var declared: [Int] { table.places(.key) }

    /// How many rows may be exceptions to what all others say; more are no exceptions.
    private var mostExceptions: Int {
        table.rowCount < Self.fewestRows ? 0 : table.rowCount > Self.manyRows ? 0 : max(1, table.rowCount / 50)
    }

    private static let fewestRows = 4
    /// In shorter files a rare category looks like an exception.
    private static let fewestAlike = 6
    /// Longer files are asked for what holds in every row, which is told within a few of them.
    private static let manyRows = 500_000

    /// All that tells rows apart besides the columns that are asked for.
    private func isUnique(_ columns: [Int]) -> Bool {
        let keys = (declared + columns).compactMap(texts) + (year.map { [$0] } ?? [])
        return ColumnRelations.areUnique(keys, rowCount: table.rowCount)
    }

    // MARK: Candidates

    /// Words, codes, and numbers that look like codes.
    private mutating func collect() {
        candidates = table.open.filter { column in
            guard let texts = texts(column), texts.count > 1 || table.rowCount == 1 else { return false }
            return !table.columns[column].profile.isOfFigures || looksLikeCodes(column)
        }
    }

    /// Whether a column of numbers looks like one of codes: by its name, or by the label beside it.
    private func looksLikeCodes(_ column: Int) -> Bool {
        let entry = table.columns[column]
        // `1000 kr` is no figure with a mark.
        if entry.heading.isUnit { return true }
        guard entry.profile.isMostlyWhole else { return false }
        let isInFront = column == 0 || table.namesHaveYears
        if entry.heading.isKey || column == 0 && entry.name.isEmpty || isInFront && table.standsInHeadings(column) {
            return true
        }
        if table.isNamedElsewhere(column) || CodesInFront.areCodes(column, table) { return true }
        // Behind the words, `Nr` counts them.
        let neighbours = entry.heading.isBareNumber ? [column + 1] : [column + 1, column - 1]
        return neighbours.contains { neighbour in
            table.columns.indices.contains(neighbour) && table.role(neighbour) == nil && isLabel(neighbour, of: column)
        }
    }

    /// Whether a column of words is the label of the numbers beside it.
    private func isLabel(_ label: Int, of code: Int) -> Bool {
        guard abs(label - code) == 1, let words = texts(label), let codes = texts(code), words.count > 1,
            !table.columns[label].profile.isOfFigures
        else { return false }
        // A column of a matrix has the name of a row, and figures that may come again with the rows.
        let name = table.columns[code].name
        guard !words.strings.contains(name) else { return false }
        // Figures that all differ go together with any words; a number that comes again with them is their code.
        guard areRelated(label, code) || table.rowCount >= 2 * words.count else { return false }
        return ColumnRelations.areOneToOne(codes, words)
    }

    /// `county code` and `county name`, `kommunenr` and `kommune`, `county` and `name` behind it.
    private func areRelated(_ label: Int, _ code: Int) -> Bool {
        let (words, codes) = (table.columns[label].heading, table.columns[code].heading)
        if words.isLabel && label > code || codes.isCode || codes.isBareNumber && label > code { return true }
        return TwinColumns.haveOneName(table.columns[label], table.columns[code])
    }

    // MARK: What follows from a key

    /// A column that is the same throughout but for a row, and that no key needs.
    ///
    /// - Throws: Where its name is that of a dimension and one row alone is another: it may be a key or a slip.
    private mutating func dropNearConstants() throws(Reason) {
        for column in candidates where table.rowCount >= Self.fewestAlike && mostExceptions > 0 {
            guard let own = texts(column), own.count <= mostExceptions + 1,
                let rows = ColumnRelations.exceptions(toSameness: own, atMost: mostExceptions), let row = rows.first,
                isUnique(candidates.filter { $0 != column })
            else { continue }
            let (heading, profile) = (table.columns[column].heading, table.columns[column].profile)
            if heading.isDimension || !heading.changesByItself && !profile.isOfWholeNumbers {
                guard rows.count == 1 else { continue }
                throw keyOrSlip(column, own.string(own.index(ofRow: row)), line: table.lineOfRow(row))
            }
            candidates.removeAll { $0 == column }
            table.assign(column, .attribute, "is the same in nearly all rows")
            table.note(
                "column-nearly-same",
                "The column `\(table.columns[column].title)` is the same throughout but for line \(table.lineOfRow(row)), which has "
                    + "`\(own.string(own.index(ofRow: row)))`", line: table.lineOfRow(row))
        }
    }

    private func keyOrSlip(_ column: Int, _ text: String, line: Int) -> Reason {
        let name = table.columns[column].title
        let others = (declared + candidates).filter { $0 != column }
            .map { DatasetDefinition.Columns.Key(columns: [table.columns[$0].title]) }
        let asKey = DatasetDefinition.Columns(keys: (keys.isEmpty ? others : keys) + [.init(columns: [name])])
        return Reason(
            "`\(name)` is the same in all rows but this one, and no key needs it", line: line,
            column: table.columns[column].place + 1, found: text, expected: "the same text as in the other rows",
            remedy: "Correct the row; or say in a definition what the column is: `\(asKey.line)` or "
                + "`\(DatasetDefinition.Columns(attributes: [name]).line)`")
    }

    /// Whether two columns say the same, a few rows aside that are named.
    private mutating func sayTheSame(_ first: Int, _ other: Int) -> Bool {
        guard let codes = texts(first), let words = texts(other) else { return false }
        if ColumnRelations.areOneToOne(codes, words) { return true }
        guard mostExceptions > 0, abs(codes.count - words.count) <= mostExceptions,
            table.rowCount >= 2 * min(codes.count, words.count) || areRelated(first, other) || areRelated(other, first),
            let one = ColumnRelations.exceptions(codes, words, atMost: mostExceptions),
            let two = ColumnRelations.exceptions(words, codes, atMost: mostExceptions),
            let row = (one + two).min()
        else { return false }
        table.note(
            "label-differs",
            "`\(codes.string(codes.index(ofRow: row)))` and `\(words.string(words.index(ofRow: row)))` stand together in "
                + "line \(table.lineOfRow(row)) and nowhere else, in `\(table.columns[first].title)` and "
                + "`\(table.columns[other].title)`", line: table.lineOfRow(row))
        return true
    }

    /// Whether each code has a label of its own, what a few rows say aside.
    private func names(_ key: Int, by label: Int) -> Bool {
        guard let codes = texts(key), let words = texts(label), !table.leavesOutOften(label) else { return false }
        return Set(ColumnRelations.leaders(codes, words)).count == codes.count
    }

    /// Of columns that say the same, one is the code, one its label, and the others are attributes.
    private mutating func joinLabels() {
        for first in declared + candidates {
            guard table.role(first) == .key || candidates.contains(first), let codes = texts(first) else { continue }
            var same = [first]
            for other in candidates where other != first {
                guard let words = texts(other),
                    ColumnRelations.areIdentical(codes, words)
                        || isEvident(first, other, count: codes.count) && !ColumnRelations.share(codes, words)
                            && sayTheSame(first, other)
                else { continue }
                same.append(other)
            }
            guard same.count > 1 else { continue }
            let key = same.first { table.role($0) == .key } ?? table.mostCodeLike(same) ?? first
            let others = same.filter { $0 != key }
            let label = others.max { table.isLessLabelLike($0, $1) }
            for other in others {
                candidates.removeAll { $0 == other }
                let heading = table.columns[other].heading
                let isLabel = other == label && !heading.isUnit && !heading.isOtherYear && names(key, by: other)
                take(other, as: isLabel ? .label : .attribute, of: key)
            }
        }
    }

    /// Whether it is no accident of a short table that two columns go together: `North, F` and `South, M`.
    ///
    /// Any two columns whose texts differ in every row go together; it is repetition that tells.
    private func isEvident(_ first: Int, _ other: Int, count: Int) -> Bool {
        if areRelated(first, other) || areRelated(other, first) { return true }
        if TwinColumns.areAlike(table.columns[first], table.columns[other]) { return true }
        if count >= Self.manyDifferent || count >= Self.fewDifferent && table.rowCount >= 2 * count { return true }
        let areOfTheirOwn = [first, other].contains { table.columns[$0].heading.isOfItsOwn }
        let isRepeated = count > 1 && table.rowCount >= 2 * count
        return (count >= Self.fewDifferent || isRepeated) && !areOfTheirOwn
            && abs(table.codeScore(first) - table.codeScore(other)) >= 3
    }

    private static let (fewDifferent, manyDifferent) = (3, 20)

    private mutating func take(_ column: Int, as role: ReadingPlan.Role, of key: Int) {
        let (name, owner) = (table.columns[column].title, table.columns[key].title)
        if role == .label {
            table.assign(column, .label, of: key, "says in words what `\(owner)` says")
            table.note("column-is-label", "The column `\(name)` holds the labels of `\(owner)`")
        } else {
            table.assign(column, .attribute, of: key, "follows from `\(owner)`")
            table.note("column-follows", "The column `\(name)` follows from `\(owner)` and is no key")
        }
    }

    /// A number for each row or each combination of the other keys: `VECTOR`, `COORDINATE`, a hash.
    private mutating func dropIdentifiers() {
        for column in candidates where !table.isOfOffices(column) {
            guard let own = texts(column) else { continue }
            let others = candidates.filter { $0 != column }
            if let year, year.count > 1, own.count > year.count, ColumnRelations.determines(own, year), !others.isEmpty,
                isUnique(others)
            {
                leave(column, "is different in every row")
                continue
            }
            let told = (others + declared).filter { other in
                texts(other).map { $0.count > 1 && ColumnRelations.determines(own, $0) } ?? false
            }
            let parts = told.compactMap(texts)
            guard parts.count > 1, ColumnRelations.cross(parts, rowCount: table.rowCount),
                ColumnRelations.combinations(parts, rowCount: table.rowCount) == own.count
            else { continue }
            leave(column, "says the same as \(told.map { "`\(table.columns[$0].title)`" }.joined(separator: " and "))")
        }
    }

    private mutating func leave(_ column: Int, _ why: String) {
        candidates.removeAll { $0 == column }
        table.assign(column, .attribute, why)
        table.note("column-follows", "The column `\(table.columns[column].title)` \(why) and is no key")
    }

    private mutating func leaveBesideKeys(_ column: Int, _ why: String) {
        leave(column, why)
        table.noteBesideKeys(column)
    }

    /// What is the same wherever a key is the same: the region of a municipality, the day of a release in a year.
    private mutating func dropAttributes() {
        let ascending = candidates.sorted { (texts($0)?.count ?? 0, $0) < (texts($1)?.count ?? 0, $1) }
        for column in ascending {
            guard let own = texts(column) else { continue }
            let owners = (declared + candidates).filter { $0 != column && (texts($0)?.count ?? 0) >= own.count }
                .sorted { (texts($0)?.count ?? 0, $0) < (texts($1)?.count ?? 0, $1) }
            if let owner = owners.first(where: { owner in
                texts(owner).map {
                    (isEvident(owner, column, count: $0.count) || isEnough(owner, without: column))
                        && !ColumnRelations.share($0, own)
                        && (ColumnRelations.determines($0, own) || nearlyDetermines(owner, column))
                } ?? false
            }) {
                noteException(owner, column)
                candidates.removeAll { $0 == column }
                take(column, as: mayBeLabel(column, of: owner) ? .label : .attribute, of: owner)
            } else if let year, year.count > 1, ColumnRelations.determines(year, own), ColumnRelations.speakOfDays(own)
            {
                candidates.removeAll { $0 == column }
                if let place = table.places(.year).first { take(column, as: .attribute, of: place) }
            }
        }
    }

    /// Whether one key tells all rows apart, and another column comes again under several of its texts: the region of a
    /// municipality, in a table of six of them as in one of hundreds.
    private func isEnough(_ owner: Int, without column: Int) -> Bool {
        guard let own = texts(column), let codes = texts(owner), own.count > 1,
            own.count < codes.count || owner < column && own.count == table.rowCount && isOfTheFirst(column)
        else { return false }
        return ![owner, column].contains { table.columns[$0].heading.isOfItsOwn } && isUnique([owner])
    }

    /// `Constituency;Winner;Votes`: in three or four rows the first column is enough, whatever else differs in each.
    private func isOfTheFirst(_ column: Int) -> Bool {
        (3...4).contains(table.rowCount) && !table.columns[column].heading.isDimension
    }

    /// Whether a key determines a column but for a row, and nothing needs the column.
    private func nearlyDetermines(_ owner: Int, _ column: Int) -> Bool {
        guard let codes = texts(owner), let own = texts(column), mostExceptions > 0, table.rowCount >= 2 * codes.count,
            ColumnRelations.exceptions(codes, own, atMost: mostExceptions) != nil
        else { return false }
        return isUnique(candidates.filter { $0 != column })
    }

    private mutating func noteException(_ owner: Int, _ column: Int) {
        guard let codes = texts(owner), let own = texts(column), mostExceptions > 0,
            let row = ColumnRelations.exceptions(codes, own, atMost: mostExceptions)?.first
        else { return }
        table.note(
            "column-nearly-follows",
            "`\(table.columns[column].title)` follows from `\(table.columns[owner].title)` but for line "
                + "\(table.lineOfRow(row)), which has `\(own.string(own.index(ofRow: row)))` beside "
                + "`\(codes.string(codes.index(ofRow: row)))`", line: table.lineOfRow(row))
    }

    /// Two counties may have one name: it is their label all the same, where nothing else is.
    private func mayBeLabel(_ column: Int, of owner: Int) -> Bool {
        let isLabelled = table.places(.label).contains { table.owner($0) == owner }
        return !isLabelled && table.columns[column].heading.isLabel
            && table.codeScore(owner) > table.codeScore(column)
    }

    // MARK: What else tells rows apart

    /// Whole numbers that cross with the other keys, where these don't tell the rows apart.
    private mutating func addCrossingNumbers() throws(Reason) {
        guard table.rowCount > 1, !isUnique(candidates) else { return }
        let numbers = CrossingNumbers(table: table, keys: declared + candidates, year: year)
        let crossing = numbers.alone
        guard crossing.count <= 1 else { throw undecided(crossing) }
        candidates = (candidates + (crossing.isEmpty ? numbers.together : crossing)).sorted()
    }

    private func undecided(_ columns: [Int]) -> Reason {
        let names = columns.map { table.columns[$0].title }
        let proposals = names.map { "`\(proposal(adding: [$0]))`" }
        return Reason(
            "More than one column of numbers may tell the rows apart: \(names.map { "`\($0)`" }.joined(separator: ", "))",
            line: table.headingLine, column: table.columns[columns[1]].place + 1, found: names.joined(separator: ", "),
            expected: "one of them as a key",
            remedy: "Say which in a definition: \(proposals.joined(separator: " or "))")
    }

    /// Days and texts with gaps that no key needs.
    private mutating func dropWhatTheRestTells() {
        for column in candidates {
            guard let own = texts(column) else { continue }
            let hasBlanks = table.columns[column].profile.hasBlanks
            let heading = table.columns[column].heading
            let isOfFigures =
                heading.isFlag || heading.isIdentifier && own.count * 2 > table.rowCount
            guard
                hasBlanks || isOfFigures || ColumnRelations.speakOfDays(own) && !table.columns[column].profile.isOfCodes
            else {
                continue
            }
            let others = candidates.filter { $0 != column }
            guard !(others + declared).isEmpty || year != nil, isUnique(others) else { continue }
            leave(column, "is needed to tell no rows apart")
        }
        guard !declared.isEmpty, isUnique([]) else { return }
        for column in candidates { leaveBesideKeys(column, isDefined ? Self.besideDeclared : Self.besideKnown) }
    }

    /// Why a column is no key that could be one.
    private static let besideDeclared = "is not among the keys of the definition"
    private static let besideKnown = "is not among the keys that the dataset's latest file had"
}
