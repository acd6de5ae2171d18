import Annals
import Archive
import RecordLog
import Simulation

// Damage and repair: what must hold when something happens to the files of a log while nobody looks.
extension Scenario {
    /// Opens an injured log, looks at what is left, and has it repaired.
    ///
    /// - Parameters:
    ///   - injuries: What was done to it, for messages.
    ///   - isCertain: A second copy of everything is left, so nothing may be lost.
    ///   - randomness: Draws what is read.
    /// - Returns: Whether anything was lost, so that the ledger doesn't hold any more.
    /// - Throws: What doesn't hold.
    mutating func heal(
        _ injuries: [Injury], isCertain: Bool, _ randomness: inout SeededRandomness
    ) throws(Violation) -> Bool {
        do throws(Violation) {
            try startInjured()
            guard let opened else { throw Violation("it can't be opened") }
            let check = LedgerCheck(ledger: ledger, archive: opened.archive)
            if isCertain {
                try check.checkCatalog()
                try check.checkTables(nil, &randomness)
            } else {
                try check.checkNothingInvented()
            }
            if case .damaged = opened.log.condition { try ensureRefused(opened, &randomness) }
            return try repair(
                opened, isCertain: isCertain, mayEndEarly: Injury.hitBothCopies(injuries), &randomness)
        } catch {
            throw Violation("after \(injuries): \(error)\(state)")
        }
    }

    /// What the log says of itself, for messages.
    private var state: String {
        guard let opened else { return "" }
        return "; the log is \(opened.log.condition), repaired is \(opened.log.repaired), "
            + "the archive's problems are \(opened.archive.problems)"
    }

    /// Opens a log with one injury, in which nothing may be missing and nothing changed.
    ///
    /// - Parameters:
    ///   - injury: What was done to it, for messages.
    ///   - randomness: Draws what is read.
    /// - Throws: What doesn't hold.
    mutating func look(_ injury: Injury, _ randomness: inout SeededRandomness) throws(Violation) {
        do throws(Violation) {
            try startInjured()
            guard let opened else { throw Violation("it can't be opened") }
            let check = LedgerCheck(ledger: ledger, archive: opened.archive)
            try check.checkCatalog()
            try check.checkTables(nil, &randomness)
        } catch {
            throw Violation("after \(injury): \(error)")
        }
    }

    private func ensureRefused(
        _ opened: Station.Opened, _ randomness: inout SeededRandomness
    ) throws(Violation) {
        var maker = DropMaker(largestSourceBytes: 100, drawsExtremes: false)
        let head = opened.log.head
        do throws(ArchiveError) {
            _ = try opened.archive.commit(maker.next(after: Ledger(), &randomness).examined())
        } catch {
            try ensure(opened.log.head == head, "a damaged log has taken something")
            return
        }
        throw Violation("a damaged log takes drops")
    }

    private mutating func repair(
        _ opened: Station.Opened, isCertain: Bool, mayEndEarly: Bool, _ randomness: inout SeededRandomness
    ) throws(Violation) -> Bool {
        do throws(ArchiveError) {
            var report = try opened.archive.repair(acceptLoss: false)
            var isLossy = !report.isRepaired
            if isLossy {
                if isCertain { throw .invalid("not repaired: \(report)") }
                report = try opened.archive.repair(acceptLoss: true)
            }
            isLossy = isLossy || !report.lostDrops.isEmpty || !report.lostVintages.isEmpty
            if !report.isRepaired { throw .invalid("not repaired though losses were accepted: \(report)") }
            let verified = try opened.archive.verify()
            if !verified.isSound { throw .invalid("repaired, it isn't sound: \(verified)") }
            if opened.log.condition != .writable { throw .invalid("repaired, it is \(opened.log.condition)") }
            if isLossy {
                try checkLosses(report, opened.archive, mayEndEarly: mayEndEarly)
                return true
            }
        } catch {
            throw Violation("\(error)")
        }
        let check = LedgerCheck(ledger: ledger, archive: opened.archive)
        if mayEndEarly, opened.archive.catalog.head.sequence < ledger.lastSequence {
            // The last segment and its index are gone: that looks like a log that ends earlier.
            try check.checkNothingInvented()
            return true
        }
        try check.checkCatalog()
        try check.checkTables(3, &randomness)
        return false
    }

    /// What isn't named as lost must be there whole.
    private func checkLosses(
        _ report: RepairReport, _ archive: Archive, mayEndEarly: Bool
    ) throws(ArchiveError) {
        let lost = Set(
            report.lostVintages.map { [$0.name.dataset.description, "\($0.name.year)", "\($0.name.version)"] })
        do throws(Violation) {
            try LedgerCheck(ledger: ledger, archive: archive).checkAllBut(
                lost: lost, lostDrops: report.lostDrops,
                end: mayEndEarly ? archive.catalog.head.sequence : ledger.lastSequence)
        } catch {
            throw .invalid(error.message)
        }
    }
}

extension LedgerCheck {
    /// Whatever is there is as it was acknowledged.
    func checkNothingInvented() throws(Violation) {
        for entry in archive.catalog.drops() {
            let index = Int(entry.sequence) - 1
            try ensure(
                ledger.lines.indices.contains(index) && ledger.lines[index] == Ledger.Line(entry),
                "entry \(entry) was never acknowledged")
        }
        for (key, editions) in ledger.editions {
            for vintage in archive.catalog.vintages(key.dataset, key.year) {
                let name = "\(key.dataset) \(key.year) version \(vintage.version)"
                try ensure(vintage.version <= editions.count, "\(name) was never acknowledged")
                // Lost content is an error that says so; wrong content is none.
                guard let table = try? archive.table(vintage) else { continue }
                try ensure(table == editions[vintage.version - 1].table, "\(name) has other figures")
            }
        }
    }

    /// Everything is there but what a repair named as lost.
    ///
    /// - Parameters:
    ///   - lost: Vintages: dataset, year, version.
    ///   - lostDrops: Numbers of entries.
    ///   - end: The last entry that must be there.
    /// - Throws: What is gone and wasn't named.
    func checkAllBut(lost: Set<[String]>, lostDrops: [ClosedRange<UInt64>], end: UInt64) throws(Violation) {
        try checkNothingInvented()
        for (key, editions) in ledger.editions {
            for (index, edition) in editions.enumerated() where edition.sequence <= end {
                let name = [key.dataset.description, "\(key.year)", "\(index + 1)"]
                guard !lost.contains(name), !lostDrops.contains(where: { $0.contains(edition.sequence) }) else {
                    continue
                }
                guard let vintage = archive.catalog.vintage(key.dataset, key.year, version: index + 1) else {
                    throw Violation("\(name) is gone, and no repair said so")
                }
                let table: Table
                do throws(ArchiveError) { table = try archive.table(vintage) } catch {
                    throw Violation("\(name) can't be read, and no repair said so: \(error)")
                }
                try ensure(table == edition.table, "\(name) has other figures")
            }
        }
    }
}
