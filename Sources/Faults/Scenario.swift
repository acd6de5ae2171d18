import Annals
import Archive
import RecordLog
import Simulation

/// One archive on one disk against the ledger: what is asked of it, how it fails, and what must hold then.
struct Scenario {
    private(set) var station: Station
    /// What was acknowledged.
    private(set) var ledger = Ledger()
    /// As it would be with what was asked for last, where that failed and may be there all the same.
    private(set) var doubtful: Ledger?
    /// Nil while nothing runs.
    private(set) var opened: Station.Opened?
    /// A failure was final: nothing may be acknowledged until it is opened anew.
    private(set) var isStuck = false
    /// Where the history ended at the opening, if what it ends with couldn't be made certain.
    private var uncertainEnd: UInt64?
    private(set) var acknowledgedCount = 0
    /// For messages.
    private(set) var lastCrash = ""
    /// Something was damaged once, and repaired.
    private var hasScars = false
    private var maker: DropMaker

    init(on station: Station, maker: DropMaker) {
        self.station = station
        self.maker = maker
    }

    var disk: SimulatedDisk { station.disk }

    /// Something has gone wrong that excuses a refusal.
    private var isDisturbed: Bool { disk.faultCount > 0 || disk.capacityBytes != .max || disk.isOff }

    /// Goes on with a copy of the disk, as if in another world.
    func branch(seed: UInt64) -> Scenario {
        var branch = self
        branch.opened = nil
        branch.station = station.with(disk.copy(seed: seed), seed: seed)
        return branch
    }

    // MARK: Opening and ending

    /// Starts the archive, as a daemon does.
    mutating func open() throws(Violation) {
        do throws(ArchiveError) {
            opened = try station.open()
        } catch {
            opened = nil
            try ensure(isDisturbed, "it can't be opened: \(error)")
        }
        if let opened { try judge(opened) }
    }

    /// Starts it after something happened to its files, which excuses damage.
    mutating func startInjured() throws(Violation) {
        do throws(ArchiveError) {
            opened = try station.open()
            isStuck = false
            hasScars = true
        } catch {
            opened = nil
            throw Violation("it can't be opened: \(error)")
        }
    }

    private mutating func judge(_ opened: Station.Opened) throws(Violation) {
        let condition = opened.log.condition
        if case .damaged(let damage) = condition {
            // A repair that can't be made certain doesn't count, so what it repaired shows again.
            let isScar = hasScars && disk.faultCount > 0
            try ensure(isScar || disk.readFaultCount > 0 || disk.isOff, "a crash is taken for damage: \(damage)")
        }
        try ensure(isDisturbed || condition == .writable, "it opens \(condition)")
        try ensure(isDisturbed || opened.log.damage == [], "damage: \(opened.log.damage)")
        try ensure(isDisturbed || opened.archive.problems == [], "problems: \(opened.archive.problems)")
        isStuck = !condition.isOpenForMore
        let end = opened.archive.catalog.head.sequence
        uncertainEnd = isStuck && end == doubtful?.lastSequence ? end : nil
        if !isStuck { resolveDoubt(opened.archive) }
    }

    /// What failed before the crash is there or isn't; now it is certain.
    private mutating func resolveDoubt(_ archive: Archive) {
        if var doubtful, archive.catalog.head.sequence == doubtful.lastSequence,
            doubtful.lastSequence > ledger.lastSequence
        {
            doubtful.heads.append(archive.catalog.head)
            for entry in archive.catalog.drops(since: ledger.lastSequence) { doubtful.note(entry) }
            ledger = doubtful
        }
        doubtful = nil
    }

    /// The program ends without a word, or the power goes.
    mutating func crash(_ randomness: inout SeededRandomness) {
        opened = nil
        if !disk.isOff, randomness.once(in: 3) {
            let dropsCaches = randomness.once(in: 2)
            lastCrash = "the program died\(dropsCaches ? ", and the system forgot" : "")"
            disk.kill(dropsCaches: dropsCaches)
        } else {
            let survival = [Survival.nothing, .everything, .anySubset, .anySubset][randomness.below(4)]
            lastCrash = "the power went, keeping \(survival)"
            disk.restart(keeping: survival)
        }
    }

    /// A certain crash: nil for the end of the program alone, whereupon the system reads from the disk again.
    mutating func crash(_ survival: Survival?) {
        opened = nil
        if let survival { disk.restart(keeping: survival) } else { disk.kill(dropsCaches: true) }
    }

    /// The program ends without a word; the next begins at once.
    mutating func end() {
        opened = nil
        disk.kill()
    }

    /// Closes the log in order.
    mutating func close() throws(Violation) {
        guard let opened else { return }
        self.opened = nil
        do throws(RecordLogError) { try opened.log.close() } catch {
            try ensure(isDisturbed || isStuck, "it can't be closed: \(error)")
        }
    }

    // MARK: What is asked of it

    /// One of everything that a daemon does with its archive.
    mutating func act(_ randomness: inout SeededRandomness) throws(Violation) {
        guard let opened else { return }
        switch randomness.below(14) {
        case 0...7: try commit(1, to: opened, &randomness)
        case 8, 9: try commit(2 + randomness.below(2), to: opened, &randomness)
        case 10: try discard(from: opened, &randomness)
        case 11: try verify(opened)
        case 12: try read(opened, &randomness)
        default:
            try close()
            try open()
        }
    }

    /// Commits one drop.
    mutating func commit(_ randomness: inout SeededRandomness) throws(Violation) {
        if let opened { try commit(1, to: opened, &randomness) }
    }

    private mutating func commit(
        _ count: Int, to opened: Station.Opened, _ randomness: inout SeededRandomness
    ) throws(Violation) {
        var expected = ledger
        var drops: [Drop] = []
        var lines: [[Ledger.Line]] = []
        for _ in 0..<count {
            drops.append(maker.next(after: expected, &randomness))
            station.copies.keep(drops[drops.count - 1])
            lines.append(expected.enter(drops[drops.count - 1]))
        }
        do throws(ArchiveError) {
            let prepared = try drops.map { (drop) throws(ArchiveError) in try drop.examined() }
            let entries = try opened.archive.commit(prepared)
            try acknowledge(expected, opened.archive)
            for entry in entries.joined() { ledger.note(entry) }
            let found = entries.map { $0.map(Ledger.Line.init) }
            if found != lines { throw ArchiveError.invalid("entries are \(found), not \(lines)") }
        } catch {
            try judge(error, expected, opened)
        }
    }

    private mutating func discard(
        from opened: Station.Opened, _ randomness: inout SeededRandomness
    ) throws(Violation) {
        let waiting = ledger.quarantined.sorted()
        guard !waiting.isEmpty, opened.archive.catalog.head.sequence == ledger.lastSequence else { return }
        let sequence = waiting[randomness.below(waiting.count)]
        guard let id = opened.archive.catalog.drop(sequence)?.quarantineID else {
            throw Violation("entry \(sequence) isn't in quarantine")
        }
        var expected = ledger
        expected.release(sequence)
        do throws(ArchiveError) {
            try opened.archive.discard(quarantineID: id)
            try acknowledge(expected, opened.archive)
        } catch {
            try judge(error, expected, opened)
        }
    }

    private mutating func acknowledge(_ expected: Ledger, _ archive: Archive) throws(ArchiveError) {
        if isStuck { throw .invalid("acknowledged after a failure that is final") }
        ledger = expected
        ledger.heads.append(archive.catalog.head)
        doubtful = nil
        acknowledgedCount += 1
    }

    /// A refusal: excused where something went wrong; final where the log says so.
    private mutating func judge(
        _ error: ArchiveError, _ expected: Ledger, _ opened: Station.Opened
    ) throws(Violation) {
        if case .invalid = error { throw Violation("\(error)") }
        try ensure(isDisturbed || isStuck, "refused: \(error)")
        let condition = opened.log.condition
        if case .damaged(let damage) = condition {
            // As in judging an opening.
            try ensure(
                hasScars || disk.readFaultCount > 0 || disk.isOff, "a failure is taken for damage: \(damage)")
        }
        if !isStuck, !condition.isOpenForMore {
            isStuck = true
            doubtful = expected
        }
        try ensure(
            opened.archive.catalog.head.sequence <= max(ledger.lastSequence, uncertainEnd ?? 0),
            "what was refused can be read: \(error)")
    }

    private func verify(_ opened: Station.Opened) throws(Violation) {
        do throws(ArchiveError) {
            let report = try opened.archive.verify(against: ledger.heads.suffix(3))
            try ensureSound(report)
        } catch {
            try ensure(isDisturbed, "it can't be verified: \(error)")
        }
    }

    private func ensureSound(_ report: VerifyReport) throws(ArchiveError) {
        if !report.isSound, !isDisturbed, !isStuck { throw .invalid("\(report.problems)") }
    }

    private func read(_ opened: Station.Opened, _ randomness: inout SeededRandomness) throws(Violation) {
        guard opened.archive.catalog.head.sequence == ledger.lastSequence else { return }
        do throws(Violation) {
            try LedgerCheck(ledger: ledger, archive: opened.archive).checkTables(1, &randomness)
        } catch {
            if !isDisturbed { throw error }
        }
    }

    // MARK: What must hold

    /// Opens it with nothing in its way, and holds everything against the ledger.
    ///
    /// - Parameters:
    ///   - tables: How many vintages are read, drawn at random; nil for all.
    ///   - randomness: Draws them.
    /// - Throws: What doesn't hold.
    mutating func check(tables: Int?, _ randomness: inout SeededRandomness) throws(Violation) {
        try open()
        guard let opened else { throw Violation("it can't be opened") }
        let check = LedgerCheck(ledger: ledger, archive: opened.archive)
        do throws(Violation) {
            try check.checkCatalog()
            try check.checkTables(tables, &randomness)
            try verify(opened)
        } catch {
            throw Violation("\(error); \(lastCrash), opening found \(opened.log.recovery)")
        }
    }

    /// Opens it once more after another crash: what was answered is certain, so nothing may change.
    mutating func checkAgain(_ randomness: inout SeededRandomness) throws(Violation) {
        let head = opened?.log.head
        crash(&randomness)
        try open()
        guard let opened else { throw Violation("it can't be opened a second time") }
        try ensure(opened.log.head == head, "opened again it ends at \(opened.log.head), not \(head ?? 0)")
        try ensure(opened.log.recovery.tornTail == nil, "opened again it has a torn tail")
        try LedgerCheck(ledger: ledger, archive: opened.archive).checkCatalog()
    }

    /// Closed in order, it is opened and closed without a byte being changed, and all there is to know is on the disk.
    mutating func checkRest() throws(Violation) {
        try close()
        let files = disk.files
        try open()
        try close()
        try ensureSame(files, "a log that was closed in order changes when it is opened and closed")
        disk.restart(keeping: .nothing)
        var world = branch(seed: ledger.lastSequence)
        do throws(Violation) {
            try world.open()
            guard let opened = world.opened else { throw Violation("it can't be opened") }
            try ensure(opened.log.recovery.tornTail == nil, "it has a torn tail")
            let check = LedgerCheck(ledger: ledger, archive: opened.archive)
            try check.checkCatalog()
            // All of them, so nothing is drawn.
            var unused = SeededRandomness(seed: 0)
            try check.checkTables(nil, &unused)
        } catch {
            throw Violation("a log that was closed in order isn't durable: \(error)")
        }
    }

    private func ensureSame(_ files: [String: [UInt8]], _ what: String) throws(Violation) {
        let found = disk.files
        let names = Set(files.keys).union(found.keys).filter { files[$0] != found[$0] }.sorted()
        try ensure(names.isEmpty, "\(what): \(names.joined(separator: ", "))")
    }
}

extension LogCondition {
    /// Whether an append may be tried.
    var isOpenForMore: Bool {
        switch self {
        case .writable, .full: true
        case .readOnly, .damaged: false
        }
    }
}
