import Annals
import TestSupport

extension HistoryQuestions {
    /// How the tables of two sides are compared.
    private struct Way {
        var texts: [String: String] = [:]
        var top: Int?
        var totals: String?
        var by: String?
        var minor: Concordance.Minor?
        var explained: (from: [PlainHistory.Vintage], to: [PlainHistory.Vintage])?
    }

    /// Nil where the concordance is switched off.
    mutating func minor(_ query: inout Query) -> Concordance.Minor? {
        guard drops.concordance != nil else { return nil }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
            query.add("concordance", "none")
            return nil
        case 1:
            query.add("minor", "ignore")
            return .ignore
        default: return .merge
        }
    }

    private mutating func way(_ query: inout Query, isByYear: Bool) -> Way {
        var way = Way()
        way.minor = isByYear ? minor(&query) : nil
        way.texts = selection(of: dimensionIDs, one: 4, &query)
        if chance(4) {
            way.top = Int.random(in: 1...5, using: &generator)
            query.add("top", "\(way.top!)")
        }
        if chance(3) {
            way.totals = ["include", "only", "exclude"].randomElement(using: &generator)
            query.add("totals", way.totals!)
        }
        if chance(3) {
            way.by = dimensionIDs.randomElement(using: &generator)
            query.add("by", way.by!)
        }
        return way
    }

    mutating func delta(byYear isByYear: Bool) -> Question {
        var query = Query("delta")
        let limits = limits(&query)
        if isByYear {
            let (from, to) = twoYears(&query)
            let way = way(&query, isByYear: true)
            return question(query.target) { () throws(PlainProblem) in
                let sides = (try history.current(from, limits), try history.current(to, limits))
                return try answer("year", sides.0, sides.1, way, limits)
            }
        }
        let year = year()
        let versions = (0..<2).map { _ in Int.random(in: 1...3, using: &generator) }
        query.add("year", "\(year)")
        query.add("from_version", "\(versions[0])")
        query.add("to_version", "\(versions[1])")
        let way = way(&query, isByYear: false)
        return question(query.target) { () throws(PlainProblem) in
            try answer(
                "vintage", history.vintage(year, version: versions[0], limits),
                history.vintage(year, version: versions[1], limits), way, limits)
        }
    }

    mutating func explained() -> Question {
        var query = Query("delta")
        query.add("explain", "true")
        let limits = limits(&query)
        let (from, to) = twoYears(&query)
        var way = way(&query, isByYear: true)
        way.explained = (history.releases(from, limits), history.releases(to, limits))
        return question(query.target) { () throws(PlainProblem) in
            let sides = (try history.current(from, limits), try history.current(to, limits))
            return try answer("year", sides.0, sides.1, way, limits)
        }
    }

    private mutating func twoYears(_ query: inout Query) -> (Int, Int) {
        let years = drops.years.shuffled(using: &generator).prefix(2)
        query.add("from", "\(years[0])")
        query.add("to", "\(years[1])")
        return (years[0], years[1])
    }

    // MARK: The answer

    private func answer(
        _ axis: String, _ first: PlainHistory.Vintage, _ second: PlainHistory.Vintage, _ way: Way,
        _ limits: Limits
    ) throws(PlainProblem) -> ExactJSON {
        let sides = way.minor.flatMap { minor in drops.concordance?.sides(from: first.table, to: second.table, minor) }
        func grouped(_ table: PlainTable, isFirst: Bool) -> PlainTable {
            sides?.regrouped(table, isFirst: isFirst) ?? table
        }
        let (from, to) = (grouped(first.table, isFirst: true), grouped(second.table, isFirst: false))
        var delta = PlainDelta(from: from, to: to, wanted: [:])
        var refusals = delta.refusals
        if let sides {
            let measures = first.table.measureDimension.flatMap { way.texts[$0] }?.split(separator: ",").map(
                String.init)
            let selected = way.texts.mapValues { $0.split(separator: ",").map(String.init) }
            refusals.formUnion(
                sides.refusals([first.table, second.table], measures: measures.map(Set.init), selected))
        }
        let wanted: [String: Set<String>]
        do throws(PlainProblem) {
            wanted = try self.wanted(way.texts, delta, sides)
        } catch {
            throw PlainProblem(kinds: error.kinds.union(refusals))
        }
        let sums = way.by.map { PlainSums(dimension: $0, wanted: wanted) }
        func compared(_ table: PlainTable) -> PlainTable { sums?.sums(of: table) ?? table }
        if let sums {
            refusals.formUnion(sums.refusals([from, to]))
            delta = PlainDelta(
                from: compared(from), to: compared(to),
                wanted: wanted.filter { id, _ in compared(from).dimensions.contains { $0.id == id } })
        } else {
            delta = PlainDelta(from: from, to: to, wanted: wanted, totals: way.totals)
        }
        if way.top != nil { refusals.formUnion(delta.rankingRefusals) }
        if !refusals.isEmpty { throw PlainProblem(kinds: refusals) }

        let rows = delta.rows
        let counted = delta.counted(rows)
        var listed = way.totals == nil || sums != nil ? rows : rows.filter(delta.takesTotals)
        if let top = way.top { listed = delta.top(top, of: counted) }
        let explanation = way.explained.map { releases in
            PlainExplanation(
                from: releases.from.map { ($0, compared(grouped($0.table, isFirst: true))) },
                to: releases.to.map { ($0, compared(grouped($0.table, isFirst: false))) })
        }
        var summary = PlainDelta.summary(of: counted)
        if let explanation {
            let compared = counted.filter { $0.comparison == "compared" }
            let count = compared.count { explanation.parts(of: $0) != nil }
            summary["explained"] = .integer(count)
            summary["unexplained"] = .integer(compared.count - count)
        }
        let between = try axis == "year" ? tablesBetween(first.table.year, second.table.year, limits) : []
        let flags = between.map { table in
            compared(sides?.flags(of: table, between: [first.table, second.table], way.minor ?? .merge) ?? table)
        }
        func isAcrossBreak(_ row: PlainDelta.Row) -> Bool {
            let later = first.table.year > second.table.year ? row.earlier : row.later
            return axis == "year"
                && ([later] + flags.map { $0.cells[row.at] }).contains {
                    $0?.flags.contains("break") ?? false
                }
        }
        summary["across_break"] = axis == "year" ? .integer(counted.count(where: isAcrossBreak)) : .missing
        return .object([
            "axis": .string(axis), "from": Self.side(first), "to": Self.side(second), "summary": .object(summary),
            "concordance": axis == "vintage" ? .null : sides?.json ?? .null,
            "cells": .array(
                listed.map { row in
                    var json = row.json
                    json["contribution"] =
                        sums.map { PlainNumbers.json($0.contribution(row, from: from, to: to), 6) } ?? .missing
                    json["across_break"] = isAcrossBreak(row) ? .bool(true) : .missing
                    json["explain"] = explanation.map { $0.parts(of: row) ?? .null } ?? .missing
                    return .object(json)
                }),
        ])
    }

    private func tablesBetween(_ first: Int, _ second: Int, _ limits: Limits) throws(PlainProblem) -> [PlainTable] {
        var tables: [PlainTable] = []
        for year in history.years(limits) where min(first, second) < year && year < max(first, second) {
            tables.append(try history.current(year, limits).table)
        }
        return tables
    }

    /// What `where` names, in the codes that are compared.
    private func wanted(
        _ texts: [String: String], _ delta: PlainDelta, _ sides: PlainConcordance.Sides?
    ) throws(PlainProblem) -> [String: Set<String>] {
        var wanted: [String: Set<String>] = [:]
        for (id, text) in texts {
            let known = delta.codes(id)
            guard let sides, sides.concordance.dimensions.contains(id) else {
                wanted[id] = Set(try Self.resolved(text, among: known))
                continue
            }
            let groups = text.split(separator: ",").map { sides.group(of: String($0)) }
            guard groups.allSatisfy(known.contains) else { throw PlainProblem("wrong-parameter") }
            wanted[id] = Set(groups)
        }
        return wanted
    }

    private static func side(_ vintage: PlainHistory.Vintage) -> ExactJSON {
        .object([
            "year": .integer(vintage.table.year), "version": .integer(vintage.version),
            "published": .string(vintage.publishedText),
        ])
    }
}
