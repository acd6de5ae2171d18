import Annals
import TestSupport

/// Questions about a history drawn at random, each with the answer by the rules.
struct HistoryQuestions {
    struct Question {
        /// Behind the dataset's name.
        var target: String
        var expected: Result<ExactJSON, PlainProblem>
    }

    typealias Limits = PlainHistory.Limits

    let history: PlainHistory
    let drops: RandomDrops
    var generator: SeededNumbers

    init(_ history: PlainHistory, _ drops: RandomDrops, _ generator: SeededNumbers) {
        self.history = history
        self.drops = drops
        self.generator = generator
    }

    /// One of each kind a round.
    mutating func drawn(rounds: Int) -> [Question] {
        (0..<rounds).flatMap { _ in
            [
                years(), vintages(), table(), delta(byYear: true), delta(byYear: true), delta(byYear: false),
                explained(), triangle(), series(),
            ]
        }
    }

    // MARK: What is drawn

    mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &generator) == 0 }

    mutating func limits(_ query: inout Query) -> Limits {
        var limits = Limits()
        if chance(3) {
            let day = Int.random(in: 1...7, using: &generator)
            let asOf =
                chance(2)
                ? PlainHistory.Moment(endOfDay: day)
                : PlainHistory.Moment(day: day, hour: [0, 11, 12].randomElement(using: &generator)!)
            limits.asOf = asOf
            query.add("as_of", asOf.text)
        }
        if chance(3) {
            let knownAt = Int.random(in: 0...history.head, using: &generator)
            limits.knownAt = knownAt
            query.add("known_at", "\(knownAt)")
        }
        return limits
    }

    mutating func year() -> Int { drops.years.randomElement(using: &generator)! }

    /// Codes that some table of the dataset has, now and then several.
    private mutating func codes(of id: String) -> [String] {
        let all = Set(history.years.values.joined().flatMap { $0.table.dimension(id).codes }).sorted()
        var codes = [all.randomElement(using: &generator)!]
        if chance(3) { codes.append(all.randomElement(using: &generator)!) }
        return codes
    }

    /// By id of dimension, the text of `where`.
    mutating func selection(of ids: [String], one: Int, _ query: inout Query) -> [String: String] {
        var texts: [String: String] = [:]
        for id in ids where chance(one) { texts[id] = codes(of: id).joined(separator: ",") }
        query.add(texts)
        return texts
    }

    /// The codes in a text: of those that hold commas the longest that there is.
    static func resolved(_ text: String, among known: [String]) throws(PlainProblem) -> [String] {
        if known.contains(text) { return [text] }
        var found: [String] = []
        var parts = text.split(separator: ",", omittingEmptySubsequences: false)[...]
        while !parts.isEmpty {
            let lengths = (1...parts.count).reversed()
            guard let length = lengths.first(where: { known.contains(parts.prefix($0).joined(separator: ",")) }) else {
                throw PlainProblem("wrong-parameter")
            }
            found.append(parts.prefix(length).joined(separator: ","))
            parts = parts.dropFirst(length)
        }
        return found
    }

    var dimensionIDs: [String] { history.years.values.first![0].table.dimensions.map(\.id) }

    func question(_ target: String, _ answer: () throws(PlainProblem) -> ExactJSON) -> Question {
        Question(target: target, expected: Result(catching: answer))
    }
}

extension HistoryQuestions {
    // MARK: The catalog

    private mutating func years() -> Question {
        var query = Query("years")
        let limits = limits(&query)
        return question(query.target) { () throws(PlainProblem) in
            try history.checkIsKnown(limits)
            var years: [ExactJSON] = []
            for year in history.years(limits) {
                let current = try history.current(year, limits)
                years.append(
                    .object([
                        "year": .integer(year), "version": .integer(current.version),
                        "published": .string(current.publishedText),
                        "vintages": .integer(history.vintages(year, limits).count),
                    ]))
            }
            return .object(["years": .array(years)])
        }
    }

    private mutating func vintages() -> Question {
        let year = year()
        var query = Query("years/\(year)/vintages")
        let limits = limits(&query)
        return question(query.target) { () throws(PlainProblem) in
            let current = try history.current(year, limits)
            let released = history.releases(year, limits)
            var entries: [ExactJSON] = []
            for vintage in history.vintages(year, limits) {
                let place = released.firstIndex { $0.version == vintage.version }!
                // The version before by number, also where it was published later.
                let before = vintage.version > 1 ? history.years[year]![vintage.version - 2] : nil
                let publishedBefore = place > 0 ? released[place - 1] : nil
                entries.append(
                    .object([
                        "version": .integer(vintage.version), "current": .bool(vintage.version == current.version),
                        "published": .string(vintage.publishedText), "outcome": .string(vintage.outcome),
                        "seq": .integer(vintage.sequence), "kind": vintage.kind.map(ExactJSON.string) ?? .missing,
                        "reverts_to": vintage.revertsTo.map(ExactJSON.integer) ?? .missing,
                        "against": before.map { .integer($0.version) } ?? .missing,
                        "changed": before.map { Self.changed($0.table, vintage.table) } ?? .null,
                        "by_published": publishedBefore.map { before in
                            .object([
                                "against": .integer(before.version),
                                "changed": Self.changed(before.table, vintage.table),
                            ])
                        } ?? .missing,
                    ]))
            }
            return .object(["vintages": .array(entries)])
        }
    }

    private static func changed(_ before: PlainTable, _ after: PlainTable) -> ExactJSON {
        let delta = PlainDelta(from: before, to: after, wanted: [:])
        return delta.refusals.isEmpty ? .object(PlainDelta.summary(of: delta.counted(delta.rows))) : .null
    }

    private mutating func table() -> Question {
        let year = year()
        var query = Query("years/\(year)")
        let limits = limits(&query)
        let version = chance(3) ? Int.random(in: 1...3, using: &generator) : nil
        if let version { query.add("version", "\(version)") }
        let texts = selection(of: dimensionIDs, one: 4, &query)
        return question(query.target) { () throws(PlainProblem) in
            let vintage: PlainHistory.Vintage
            if let version {
                vintage = try history.vintage(year, version: version, limits)
            } else {
                vintage = try history.current(year, limits)
            }
            let table = vintage.table
            var wanted: [String: [String]] = [:]
            for (id, text) in texts { wanted[id] = try Self.resolved(text, among: table.dimension(id).codes) }
            let keys = table.keys.filter { key in
                zip(key, table.dimensions).allSatisfy { wanted[$1.id]?.contains($0) ?? true }
            }
            return .object([
                "year": .integer(year), "version": .integer(vintage.version),
                "published": .string(vintage.publishedText),
                "cells": .array(
                    keys.map { key in
                        let cell = table.cells[key]!
                        return .object([
                            "at": .strings(key), "status": .string(cell.status),
                            "value": PlainNumbers.json(cell.number, table.measure(at: key)!.decimals),
                            "flags": .unordered(cell.flags.map(ExactJSON.string)),
                        ])
                    }),
            ])
        }
    }

    // MARK: One figure

    private mutating func triangle() -> Question {
        var query = Query("triangle")
        let limits = limits(&query)
        let texts = selection(of: dimensionIDs, one: chance(2) ? 1 : 2, &query)
        let kind = chance(5) ? "benchmark" : nil
        let stage = chance(5) ? "provisional" : nil
        let nth = chance(4) ? 2 : nil
        if let kind { query.add("kind", kind) }
        if let stage { query.add("stage", stage) }
        if let nth { query.add("n", "\(nth)") }
        return question(query.target) { () throws(PlainProblem) in
            try history.checkIsKnown(limits)
            let all = history.years(limits).flatMap { history.releases($0, limits) }
            guard let last = all.last else { throw PlainProblem("no-such-year") }
            var wanted: [String: Set<String>] = [:]
            var at: [String] = []
            for dimension in last.table.dimensions {
                var known = dimension.codes
                for release in all.reversed() {
                    known += release.table.dimension(dimension.id).codes.filter { !known.contains($0) }
                }
                var chosen = known
                if let text = texts[dimension.id] {
                    chosen = try Self.resolved(text, among: known)
                    wanted[dimension.id] = Set(chosen)
                }
                if Set(chosen).count == 1 { at.append(chosen[0]) }
                if Set(chosen).count > 1, dimension.id == last.table.measureDimension {
                    throw PlainProblem("wrong-parameter", "delta-refused")
                }
            }
            let releases = all.filter { (kind == nil || $0.kind == kind) && (stage == nil || $0.stage == stage) }
            let isCell = at.count == last.table.dimensions.count
            let triangle = PlainTriangle(releases: releases, wanted: wanted, at: isCell ? at : nil)
            if !isCell, releases.contains(where: { triangle.measure(of: $0.table)?.addsUp == false }) {
                throw PlainProblem("delta-refused")
            }
            return .object(triangle.json(nth: nth))
        }
    }

    private mutating func series() -> Question {
        var query = Query("series")
        let limits = limits(&query)
        let ids = dimensionIDs
        let texts = ids.map { codes(of: $0)[0] }
        query.add(Dictionary(uniqueKeysWithValues: zip(ids, texts)))
        let minor = minor(&query)
        return question(query.target) { () throws(PlainProblem) in
            try history.checkIsKnown(limits)
            var currents: [PlainHistory.Vintage] = []
            for year in history.years(limits) { currents.append(try history.current(year, limits)) }
            guard !currents.isEmpty else { return .object(["points": .array([])]) }
            let series = PlainSeries(
                tables: currents.map(\.table), concordance: minor.map { _ in drops.concordance } ?? nil,
                minor: minor ?? .merge)
            let answer = series.answer(texts)
            let (points, isConcorded) = (answer.points, answer.isConcorded)
            for (id, text) in zip(ids, texts) where !isConcorded {
                let isKnown = currents.contains { $0.table.dimension(id).codes.contains(text) }
                if !isKnown { throw PlainProblem("wrong-parameter") }
            }
            if !answer.refusals.isEmpty { throw PlainProblem("delta-refused") }
            let concordance = ExactJSON.object([
                "name": .string("regions"), "approximate": .bool(answer.isApproximate),
            ])
            return .object([
                "at": .strings(answer.at), "concordance": isConcorded ? concordance : .missing,
                "points": .array(
                    zip(currents, points).map { current, point in
                        .object([
                            "year": .integer(current.table.year), "version": .integer(current.version),
                            "value": point.json, "status": .string(point.status),
                            "flags": .unordered(point.flags.map(ExactJSON.string)),
                        ])
                    }),
            ])
        }
    }
}
